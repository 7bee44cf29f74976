// Curves of an answer on common axes.

import { useMemo } from "preact/hooks";
import { Plot } from "../../../widgets/index.ts";
import type { ViewProps } from "./view.ts";

export function CurvesView({ view, answer, words, isVeiled }: ViewProps<"curves">) {
  const series = useMemo(
    () =>
      view.of.flatMap((name) => {
        const curve = answer.curves?.[name];
        return curve && !isVeiled ? [{ name: words.names[name]!, x: curve.x, y: curve.y }] : [];
      }),
    [view, answer, words, isVeiled],
  );
  const named = view.of.map((name) => words.names[name]).join(", ");
  return (
    <Plot
      label={named}
      series={series}
      xLabel={words.names[view.x]!}
      yLabel={words.names[view.y]!}
      xLog={view.xLog ?? false}
      yLog={view.yLog ?? false}
      xDomain={view.xDomain}
      yDomain={view.yDomain}
      mark={view.mark && !isVeiled ? (answer.numbers[view.mark] ?? null) : null}
    />
  );
}
