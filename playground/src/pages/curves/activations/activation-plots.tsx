// The curves of activation functions and those of their derivatives, over the same net inputs, and their table.

import { useMemo } from "preact/hooks";
import { useText } from "../../../app/index.ts";
import type { Jobs } from "../../../protocol/index.ts";
import { formatGiven, formatNumber } from "../../../text/numbers.ts";
import { type CurveBand, type CurveMark, CurvePlot } from "../../../widgets/curve/index.ts";
import { type Series, TableAlternative } from "../../../widgets/index.ts";
import type { Chosen } from "./entries.ts";

export interface Shown {
  readonly chosen: Chosen;
  readonly name: string;
  readonly curve: Jobs["activation"]["gives"];
  readonly point: { readonly a: number; readonly slope: number } | null;
}

interface PlotsProps {
  readonly shown: readonly Shown[];
  readonly z: number;
  readonly onMove: (z: number) => void;
}

const STEP = 0.05;

export function ActivationPlots({ shown, z, onMove }: PlotsProps) {
  const text = useText("curves");
  const curves = shown.map(({ curve }) => curve);
  const values = useMemo(() => shown.flatMap(valueLines), curves);
  const slopes = useMemo(() => shown.flatMap(slopeLines), curves);
  const first = shown[0];
  if (!first) return <p class="loading">{text.computing}</p>;
  const common = { xLabel: "z", xDomain: endsOf(first), at: z, onMove, step: STEP };
  const points = (which: "a" | "slope") =>
    shown.flatMap(({ name, point }, i) => {
      if (!point) return [];
      const slope = which === "a" ? point.slope : null;
      return [{ name, y: point[which], slope, look: lookOf(i) }];
    });
  return (
    <div class="curves-plots">
      <div>
        <h2>{text.valueTitle}</h2>
        <CurvePlot
          {...common}
          label={text.valueLabel(shown.map(({ name }) => name).join(", "))}
          what="activationFunction"
          lines={values}
          yLabel=""
          yDomain={[...within(values, -3, 6)]}
          points={points("a")}
          bands={shown.flatMap(bandsOf)}
          marks={shown.flatMap((one) => cornersOf(one, text.kinkSays))}
        />
      </div>
      <div>
        <h2>{text.slopeTitle}</h2>
        <CurvePlot
          {...common}
          label={text.slopeLabel(shown.map(({ name }) => name).join(", "))}
          what="slope"
          lines={slopes}
          yLabel=""
          yDomain={[...within(slopes, -1, 2.5)]}
          points={points("slope")}
          bands={shown.flatMap(bandsOf)}
        />
      </div>
      <TableAlternative
        caption={text.tableOf(shown.map(({ name }) => name).join(", "))}
        columns={["z", ...shown.flatMap(({ name }) => [`f(z): ${name}`, `f′(z): ${name}`])]}
        rows={() => tableRows(shown)}
      />
    </div>
  );
}

function lookOf(i: number): string {
  return `series-${i}`;
}

function endsOf({ curve }: Shown): readonly [number, number] {
  return [curve.z[0]!, curve.z.at(-1)!];
}

function bandsOf({ curve }: Shown, i: number, all: readonly Shown[]): CurveBand[] {
  const saturated = curve.marks?.saturated ?? [];
  return saturated.map(([from, to]) => ({
    from,
    to,
    look: lookOf(i),
    isShaded: all.length === 1,
  }));
}

function valueLines({ name, curve }: Shown, i: number): Series[] {
  const pieces = curve.pieces.map((y, k) => ({
    name: `${name} ${k + 1}`,
    x: curve.z,
    y,
    look: "series-4",
    isGhost: true,
  }));
  return [...pieces, { name, x: curve.z, y: broken(curve.a, curve), look: lookOf(i) }];
}

function slopeLines({ name, curve }: Shown, i: number): Series[] {
  return [{ name, x: curve.z, y: broken(curve.slope, curve), look: lookOf(i) }];
}

/** A line is broken where the function or its slope jumps: nothing is there between the two sides. */
function broken(y: readonly number[], { z, marks }: Shown["curve"]): number[] {
  const jumps = marks?.kinks ?? [];
  return y.map((value, i) => {
    const isBetween = jumps.some((kink) => Math.abs(kink.z - z[i]!) < 1e-9);
    const change = Math.abs((y[i + 1] ?? value) - (y[i - 1] ?? value));
    return isBetween && change > 0.1 ? Number.NaN : value;
  });
}

/** The range of the numbers, but no more than what can be told apart. */
function within(lines: readonly Series[], low: number, high: number): readonly [number, number] {
  const all = lines.filter(({ isGhost }) => !isGhost).flatMap(({ y }) => Array.from(y));
  const finite = all.filter(Number.isFinite);
  const [least, largest] = [Math.min(...finite, 0), Math.max(...finite, 0.2)];
  const room = 0.06 * (Math.min(largest, high) - Math.max(least, low));
  return [Math.max(least, low) - room, Math.min(largest, high) + room];
}

function cornersOf(
  { name, curve }: Shown,
  says: (name: string, z: string, isJump: boolean) => string,
): CurveMark[] {
  return (curve.marks?.kinks ?? []).map(({ z, kind }) => {
    const near = curve.z.findIndex((at) => at >= z - 1e-9);
    const y = curve.a[near] ?? 0;
    return { x: z, y, says: says(name, formatGiven(z), kind === "jump") };
  });
}

function tableRows(shown: readonly Shown[]): string[][] {
  const z = shown[0]!.curve.z;
  return z.flatMap((at, i) => {
    // Every half is enough to read.
    if (Math.abs(at * 2 - Math.round(at * 2)) > 1e-9) return [];
    const numbers = shown.flatMap(({ curve }) => [curve.a[i], curve.slope[i]]);
    return [[formatGiven(at), ...numbers.map((x) => formatNumber(x))]];
  });
}
