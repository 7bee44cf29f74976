// The curves of losses and those of their slopes.

import { useMemo } from "preact/hooks";
import { useText } from "../../../app/index.ts";
import type { Jobs } from "../../../protocol/index.ts";
import { formatGiven, formatNumber } from "../../../text/numbers.ts";
import { CurvePlot } from "../../../widgets/curve/index.ts";
import { TableAlternative } from "../../../widgets/index.ts";
import { type LossKey, type LossMode, MODES, X_NAMES } from "./entries.ts";

type Gives = Jobs["loss"]["gives"];

export interface ShownLoss {
  readonly key: LossKey;
  readonly name: string;
  readonly look: string;
  readonly curve: Gives;
  readonly point: Gives | null;
}

interface PlotsProps {
  readonly shown: readonly ShownLoss[];
  readonly mode: LossMode;
  readonly x: number;
  readonly onMove: (x: number) => void;
}

export function LossPlots({ shown, mode, x, onMove }: PlotsProps) {
  const text = useText("curves");
  const { from, to, step, highest, steepest } = MODES[mode];
  const curves = shown.map(({ curve }) => curve);
  const lines = (which: "loss" | "slope") =>
    shown.map(({ name, look, curve }) => ({ name, look, x: curve.x, y: curve[which] }));
  const losses = useMemo(() => lines("loss"), curves);
  const slopes = useMemo(() => lines("slope"), curves);
  const points = (which: "loss" | "slope") =>
    shown.flatMap(({ name, look, point }) => {
      if (!point) return [];
      const slope = which === "loss" ? point.slope[0]! : null;
      return [{ name, look, y: point[which][0]!, slope }];
    });
  const xName = X_NAMES[mode];
  const names = shown.map(({ name }) => name).join(", ");
  const common = { xLabel: xName, xDomain: ends(from, to), at: x, onMove, step };
  return (
    <div class="curves-plots">
      <div>
        <h2>{text.lossTitle}</h2>
        <CurvePlot
          {...common}
          label={text.lossLabel(names, xName)}
          what="loss"
          lines={losses}
          yLabel=""
          yDomain={[0, mostOf(losses, highest)]}
          points={points("loss")}
        />
      </div>
      <div>
        <h2>{text.lossSlopeTitle(xName)}</h2>
        <CurvePlot
          {...common}
          label={text.lossSlopeLabel(names, xName)}
          what="slope"
          lines={slopes}
          yLabel=""
          yDomain={[-mostOf(slopes, steepest, -1), mostOf(slopes, steepest)]}
          points={points("slope")}
        />
      </div>
      <TableAlternative
        caption={text.tableOf(names)}
        columns={[xName, ...shown.flatMap(({ name }) => [`L: ${name}`, `∂L/∂${xName}: ${name}`])]}
        rows={() => tableRows(shown)}
      />
    </div>
  );
}

/** Whole ends: 0 and 1, not just inside of them. */
function ends(from: number, to: number): readonly [number, number] {
  return [Math.round(from), Math.round(to)];
}

/** The largest number, with room, but no more than what can be told apart. */
function mostOf(lines: readonly { readonly y: readonly number[] }[], most: number, sign = 1) {
  const finite = lines.flatMap(({ y }) => y.map((value) => sign * value)).filter(Number.isFinite);
  return Math.min(1.08 * Math.max(...finite, 0.25), most);
}

const ROWS = 20;

function tableRows(shown: readonly ShownLoss[]): string[][] {
  const x = shown[0]?.curve.x ?? [];
  const every = Math.max(Math.floor((x.length - 1) / ROWS), 1);
  return x.flatMap((at, i) => {
    if (i % every !== 0) return [];
    const numbers = shown.flatMap(({ curve }) => [curve.loss[i], curve.slope[i]]);
    return [[formatGiven(at), ...numbers.map((value) => formatNumber(value))]];
  });
}
