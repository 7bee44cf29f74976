// Inside of the layers: how long their gradients are, over the whole run, and which units are saturated or dead.

import { useMemo, useState } from "preact/hooks";
import { useText, useViews } from "../../../app/index.ts";
import type { Training } from "../../../client/index.ts";
import type { ViewRequest } from "../../../protocol/index.ts";
import { formatNumber, formatPercent } from "../../../text/numbers.ts";
import { Plot, useCalmFrame } from "../../../widgets/index.ts";
import { useFlowHistory } from "./use-flow-history.ts";

const VIEWS: Readonly<Record<string, ViewRequest>> = { flow: { view: "flow" } };

export function Inside({ training }: { readonly training: Training }) {
  const text = useText("network");
  const [isOpen, setOpen] = useState(false);
  return (
    <details class="inside" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary data-what="vanishingGradient">{text.inside}</summary>
      {isOpen && <Flow training={training} />}
    </details>
  );
}

function Flow({ training }: { readonly training: Training }) {
  const text = useText("network");
  const words = useText("widgets");
  useViews(training, VIEWS);
  const rows = useFlowHistory(training.frames);
  const [isLog, setLog] = useState(true);
  const frame = useCalmFrame(training.frames, 150);
  const view = frame?.views["flow"];
  const series = useMemo(() => {
    const names = view?.view === "flow" ? view.layers.map(({ name }) => name) : [];
    return names.map((name) => ({
      name,
      x: rows.current.map(({ epoch }) => epoch),
      y: rows.current.map(({ norms }) => norms[name] ?? Number.NaN),
    }));
  }, [view, rows]);
  if (view?.view !== "flow") return null;
  return (
    <>
      <table class="flow-table">
        <caption>{text.flowCaption(view.examples)}</caption>
        <thead>
          <tr>
            <th scope="col">{text.layer}</th>
            <th scope="col">{text.gradientNorm}</th>
            <th scope="col">{text.saturated}</th>
            <th scope="col">{text.dead}</th>
          </tr>
        </thead>
        <tbody>
          {view.layers.map(({ name, norm, saturated, dead }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{formatNumber(norm)}</td>
              <td>{formatPercent(saturated)}</td>
              <td>{dead.length === 0 ? text.none : dead.map((unit) => unit + 1).join(", ")}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Plot
        label={text.flowCurve}
        what="vanishingGradient"
        series={series}
        xLabel={words.epoch}
        yLabel={text.gradientNorm}
        yLog={isLog}
        onYLog={setLog}
        mark={frame?.epoch ?? null}
        height={190}
      />
    </>
  );
}
