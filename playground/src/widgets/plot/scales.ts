// Axes of plots: linear or logarithmic, with ticks, and the path of a line.

import { type ScaleContinuousNumeric, scaleLinear, scaleLog } from "d3-scale";

/** One line of a plot. Where y is no number, the line is broken. */
export interface Series {
  readonly name: string;
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  /** A class of the style sheet, as in "series-0"; by place if not given. */
  readonly look?: string;
  /** Drawn faint and dashed: a prediction, a book's curve. */
  readonly isGhost?: boolean;
}

export type Scale = ScaleContinuousNumeric<number, number>;

export interface Axis {
  readonly isLog: boolean;
  /** Ends that hold whatever the numbers; null follows the numbers. */
  readonly domain?: readonly [low: number | null, high: number | null] | undefined;
}

export function scaleOf(
  numbers: Iterable<number>,
  { isLog, domain = [null, null] }: Axis,
  range: readonly [number, number],
): Scale {
  let [low, high] = [Infinity, -Infinity];
  for (const value of numbers) {
    if (!Number.isFinite(value) || (isLog && value <= 0)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) [low, high] = isLog ? [1, 10] : [0, 1];
  low = domain[0] ?? low;
  high = domain[1] ?? high;
  if (low === high) {
    // An end that holds is an end.
    const around = domain[0] === null ? [low - 0.5, high + 0.5] : [low, low + 1];
    [low = 0, high = 1] = isLog ? [low / 2, high * 2] : around;
  }
  if (isLog && low <= 0) low = high / 1e6;
  const scale = isLog ? scaleLog() : scaleLinear();
  return scale.domain([low, high]).range(range);
}

export interface Tick {
  readonly at: number;
  readonly text: string;
}

export function ticksOf(scale: Scale, isLog: boolean, most: number): Tick[] {
  const all = scale.ticks(most);
  const decades = all.filter((value) => Number.isInteger(Math.log10(value)));
  const shown = isLog && decades.length >= 2 ? decades : all;
  const every = Math.ceil(shown.length / (most + 1));
  return shown
    .filter((_, i) => i % every === 0)
    .map((value) => ({ at: scale(value), text: tickText(value, isLog) }));
}

function tickText(value: number, isLog: boolean): string {
  const size = Math.abs(value);
  if (isLog && (size < 0.001 || size >= 1e4)) {
    const power = String(Math.round(Math.log10(size)));
    return `10${raised(power)}`;
  }
  if (size >= 1e6) {
    const [digits = "", power = ""] = value.toExponential().split("e+");
    return `${digits.replace("-", "−")}·10${raised(power)}`;
  }
  return String(Number(value.toPrecision(6))).replaceAll("-", "−");
}

function raised(power: string): string {
  return [...power].map((digit) => SUPERSCRIPTS[digit]).join("");
}

const SUPERSCRIPTS: Readonly<Record<string, string>> = Object.fromEntries(
  [..."-0123456789"].map((digit, i) => [digit, [..."⁻⁰¹²³⁴⁵⁶⁷⁸⁹"][i]!]),
);

/**
 * A line as an SVG path with at most four points a column of pixels: the first, the lowest, the highest, the
 * last. Nothing that can be seen is lost, however long the run.
 */
export function pathOf({ x, y }: Series, sx: Scale, sy: Scale): string {
  const parts: string[] = [];
  let isDown = false;
  let column: Column | null = null;
  const flush = () => {
    if (!column) return;
    for (const [px, py] of column.points()) {
      parts.push(`${isDown ? "L" : "M"}${px.toFixed(1)} ${py.toFixed(1)}`);
      isDown = true;
    }
    column = null;
  };
  for (let i = 0; i < x.length; i++) {
    const [px, py] = [sx(x[i]!), sy(y[i]!)];
    if (!Number.isFinite(px) || !Number.isFinite(py)) {
      flush();
      isDown = false;
      continue;
    }
    if (column && (column as Column).key !== Math.floor(px)) flush();
    column ??= new Column(Math.floor(px));
    column.add(px, py);
  }
  flush();
  // One point would be no line: it is a short one.
  return parts.length === 1 ? `${parts[0]}m-2 0h4` : parts.join("");
}

type Point = readonly [number, number];

class Column {
  readonly key: number;
  #first: Point | null = null;
  #low: Point | null = null;
  #high: Point | null = null;
  #last: Point | null = null;

  constructor(key: number) {
    this.key = key;
  }

  add(x: number, y: number): void {
    const point: Point = [x, y];
    this.#first ??= point;
    if (!this.#low || y < this.#low[1]) this.#low = point;
    if (!this.#high || y > this.#high[1]) this.#high = point;
    this.#last = point;
  }

  points(): Point[] {
    const all = [this.#first!, this.#low!, this.#high!, this.#last!];
    return [...new Set(all)].sort((a, b) => a[0] - b[0]);
  }
}

/** The place in a series whose x is nearest. */
export function nearestIndex(x: ArrayLike<number>, value: number): number {
  let best = 0;
  for (let i = 1; i < x.length; i++) {
    if (Math.abs(x[i]! - value) < Math.abs(x[best]! - value)) best = i;
  }
  return best;
}
