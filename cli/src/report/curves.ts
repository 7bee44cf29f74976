// Figures over the epochs, training and test in one picture.

import type { EpochLogs } from "neurite/train";
import { percent } from "../terminal/names.ts";
import { figure, figureName, words } from "../terminal/progress.ts";
import { epochTicks } from "./epoch-ticks.ts";
import { signedAxis, tickText } from "./signed-axis.ts";
import { COLORS, drawPlot, escapeHtml, Plot } from "./svg.ts";

interface Point {
  readonly epoch: number;
  readonly value: number;
}

/** One figure for the loss and one for each metric. */
export function curves(rows: readonly EpochLogs[]): string {
  const names = Object.keys(rows[0] ?? {}).filter((name) =>
    rows.some((row) => `test${capital(name)}` in row),
  );
  return names.map((name) => curve(rows, name)).join("\n");
}

function curve(rows: readonly EpochLogs[], name: string): string {
  const isShare = /accuracy/i.test(name);
  const series = (key: string): Point[] =>
    rows.flatMap((row) => {
      const value = row[key];
      return value === undefined
        ? []
        : [{ epoch: row.epoch + 1, value: isShare ? 100 * value : value }];
    });
  const [train, test] = [series(name), series(`test${capital(name)}`)];
  const line = (points: Point[], stroke: string, dash: string) => [
    Plot.lineY(points, { x: "epoch", y: "value", stroke, strokeWidth: 2.5, strokeDasharray: dash }),
    ...(points.length < 30
      ? [Plot.dot(points, { x: "epoch", y: "value", fill: stroke, r: 3.5 })]
      : []),
  ];
  const y = valueAxis(isShare ? "%" : null, [...train, ...test]);
  const last = (points: Point[]) => points.at(-1)?.value ?? Number.NaN;
  const shown = (value: number) => (isShare ? percent(value / 100) : figure(name, value));
  const said =
    `${words(name)} over ${rows.length} epochs: at the end ${shown(last(train))} in training ` +
    `and ${shown(last(test))} on the test set`;
  const svg = drawPlot(said, {
    width: 520,
    height: 300,
    marginLeft: y.margin,
    marginBottom: 38,
    x: {
      label: "epoch",
      ticks: epochTicks(1, rows.length),
      tickFormat: String,
    },
    y: y.scale,
    marks: [...line(train, COLORS.first, ""), ...line(test, COLORS.second, "6 4")],
  });
  return `<figure>
<figcaption><strong>${escapeHtml(capital(figureName(name)))}</strong>
<span class="key first">training ${shown(last(train))}</span>
<span class="key second">test ${shown(last(test))}</span></figcaption>
${svg}${y.note}
</figure>`;
}

const LOG_NOTE =
  '\n<p class="hint">The axis is logarithmic: each tick is as many times the one below it.</p>';

/** Figures that span more than this are drawn on a logarithmic axis, else one peak flattens the rest. */
const LINEAR_SPAN = 100;
/** About how many ticks an axis has. */
const TICKS = 10;

/** The axis of values, with room for its longest number. */
function valueAxis(label: string | null, points: readonly Point[]) {
  const values = points.map(({ value }) => value).filter(Number.isFinite);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const isLog = label === null && low > 0 && high / low > LINEAR_SPAN;
  // Figures that explode below 0, as R² does.
  const signed = label === null ? signedAxis(low, high) : null;
  const isShort = isLog || signed !== null;
  const decimals = Math.max(0, -Math.floor(Math.log10((high - low) / TICKS || 1)));
  const written = (value: number) => (isShort ? tickText(value) : groups(value, decimals));
  const longest = Math.max(...[low, high].map((value) => written(value).length));
  return {
    note: (isLog ? LOG_NOTE : "") + (signed ? `\n<p class="hint">${signed.note}</p>` : ""),
    margin: Math.max(52, 20 + 8 * longest),
    scale: {
      label,
      grid: true,
      nice: true,
      ...(isLog && { type: "log" as const, ticks: 6 }),
      ...(isLog && { tickFormat: tickText }),
      ...signed?.scale,
    },
  };
}

/** 30,000,000 or 0.4545: as ticks between two such values are written. */
function groups(value: number, decimals: number): string {
  return value.toLocaleString("en-US", {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
}

function capital(text: string): string {
  return text[0]!.toUpperCase() + text.slice(1);
}
