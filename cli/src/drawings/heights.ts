// Colours of heights, the same in light and dark, and when they go by powers of ten.

import type { LossSurface } from "neurite/inspect";

/** How heights are drawn: by their value, or by their logarithm. */
export interface HeightScale {
  readonly isLog: boolean;
  /** The number that is drawn: the height or its logarithm; NaN where there is none. */
  of(height: number): number;
  /** From 0 at the least height to 1 at the largest. */
  share(height: number): number;
  readonly color: (share: number) => string;
  /** Round heights within the range. */
  readonly ticks: readonly number[];
}

/** From low to high: each lighter than the one before, for those too who do not see all colours. */
export const HEIGHT_COLORS = ["#440154", "#414487", "#2a788e", "#22a884", "#7ad151", "#fde725"];

/** The largest height is drawn by its logarithm where it is so many times the middle one. */
const EXPLODED = 30;

export function heightScale(surface: LossSurface): HeightScale {
  const { least, largest, values } = surface;
  const finite = values.flat().filter(Number.isFinite);
  const middle = finite.sort((a, b) => a - b)[Math.floor(finite.length / 2)] ?? Number.NaN;
  const isLog = least > 0 && largest / middle > EXPLODED;
  const of = (height: number) => {
    if (!Number.isFinite(height)) return Number.NaN;
    return isLog ? Math.log10(height) : height;
  };
  const [low, high] = [of(least), of(largest)];
  const share = (height: number) => (high === low ? 0 : (of(height) - low) / (high - low));
  const ticks = isLog ? powers(low, high) : rounds(low, high);
  return { isLog, of, share, color: heightColor, ticks };
}

/** A colour between those of the list. */
export function heightColor(share: number): string {
  const at = Math.min(1, Math.max(0, share)) * (HEIGHT_COLORS.length - 1);
  const k = Math.min(HEIGHT_COLORS.length - 2, Math.floor(at));
  const channels = [1, 3, 5].map((i) => {
    const [a, b] = [HEIGHT_COLORS[k]!, HEIGHT_COLORS[k + 1]!].map((hex) =>
      Number.parseInt(hex.slice(i, i + 2), 16),
    ) as [number, number];
    return Math.round(a + (b - a) * (at - k));
  });
  return `#${channels.map((channel) => channel.toString(16).padStart(2, "0")).join("")}`;
}

function powers(low: number, high: number): number[] {
  const exponents: number[] = [];
  for (let e = Math.ceil(low - 1e-9); e <= high + 1e-9; e++) exponents.push(e);
  const step = Math.ceil(exponents.length / 6);
  return exponents.filter((_, i) => i % step === 0).map((e) => 10 ** e);
}

function rounds(low: number, high: number): number[] {
  if (!(high > low)) return Number.isFinite(low) ? [low] : [];
  const rough = (high - low) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((m) => m * power).find((s) => s >= rough)!;
  const ticks: number[] = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + 1e-9 * step; k++)
    ticks.push(k * step);
  return ticks;
}

/** A number in a few figures. */
export function short(x: number): string {
  if (x === 0 || !Number.isFinite(x)) return String(x);
  const size = Math.abs(x);
  return size >= 1e4 || size < 1e-3
    ? x.toExponential(1).replace(/\.0e/, "e")
    : String(Number(x.toPrecision(3)));
}

/** What is left out of a picture, in a sentence; empty where nothing is. */
export function leftOut({ notFinite, u, v }: LossSurface): string {
  if (notFinite === 0) return "";
  const are = notFinite === 1 ? "height is" : "heights are";
  return `${notFinite} of ${u.length * v.length} ${are} not finite and left out.`;
}
