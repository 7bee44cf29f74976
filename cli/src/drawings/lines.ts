// Several curves over the epochs of a training, as of its layers; logarithmic where they span much.

import { epochTicks } from "../report/epoch-ticks.ts";
import { escapeHtml } from "../report/escape.ts";
import { signedAxis } from "../report/signed-axis.ts";
import { drawPlot, Plot } from "../report/svg.ts";
import { plural } from "../terminal/names.ts";

/** A named curve. Points that are not finite are left out, and counted. */
export interface Series {
  readonly name: string;
  /** An epoch, which may be halfway through, and the value there. */
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface LinesDrawing {
  readonly title: string;
  readonly series: readonly Series[];
  /** Whether the axis may be logarithmic: it is where all are above 0 and span more than a hundred. */
  readonly log?: boolean;
  /** True for shares: the axis then goes from 0 to 1. */
  readonly share?: boolean;
}

/** Middle tones, which are read on white and on black. */
const COLORS = [
  "#3b82f6",
  "#ea580c",
  "#16a34a",
  "#a855f7",
  "#db2777",
  "#0891b2",
  "#ca8a04",
  "#6b7280",
] as const;
const DASHES = ["", "7 4", "2 4"] as const;

/** The colour and the dash of a curve by its number. */
function styleOf(i: number): { readonly stroke: string; readonly dash: string } {
  const dash = DASHES[Math.floor(i / COLORS.length) % DASHES.length]!;
  return { stroke: COLORS[i % COLORS.length]!, dash };
}

/** A figure with its legend; a sentence where nothing finite is left to draw. */
export function linesFigure({ title, series, log = false, share = false }: LinesDrawing): string {
  const finite = series.map(({ name, points }) => ({
    name,
    points: points.filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y)),
  }));
  const left = count(series) - count(finite);
  const values = finite.flatMap(({ points }) => points.map(([, y]) => y));
  const above = values.filter((y) => y > 0);
  const isLog = log && above.length > 0 && Math.max(...above) / Math.min(...above) > 100;
  const shown = isLog
    ? finite.map(({ name, points }) => ({ name, points: points.filter(([, y]) => y > 0) }))
    : finite;
  const signed = share || isLog ? null : signedAxis(Math.min(...values), Math.max(...values));
  const zeros = count(finite) - count(shown);
  const notes = [
    ...(left > 0 ? [`Left out, since it is not finite: ${plural(left, "value")}.`] : []),
    ...(isLog ? ["The axis is logarithmic: each tick is as many times the one below it."] : []),
    ...(zeros > 0 ? [`Not drawn, since such an axis has no 0: ${plural(zeros, "value")}.`] : []),
    ...(signed ? [signed.note] : []),
  ];
  const note = notes.length === 0 ? "" : `\n<p class="hint">${notes.join(" ")}</p>`;
  const keys = series.map(({ name }, i) => {
    const { stroke } = styleOf(i);
    return `<span style="white-space:nowrap;margin-right:.8rem"><span style="display:inline-block;width:1.1rem;border-top:3px solid ${stroke};vertical-align:.25rem;margin-right:.3rem"></span>${escapeHtml(name)}</span>`;
  });
  const caption = `<figcaption><strong>${escapeHtml(title)}</strong><br>${keys.join(" ")}</figcaption>`;
  if (count(shown) === 0)
    return `<figure>${caption}<p class="hint">There is nothing to draw.</p>${note}</figure>`;
  const epochs = shown.flatMap(({ points }) => points.map(([x]) => x));
  const ticks = epochTicks(Math.min(...epochs), Math.max(...epochs));
  const svg = drawPlot(`${title}, ${series.map(({ name }) => name).join(", ")}`, {
    width: 520,
    height: 260,
    marginLeft: 62,
    marginBottom: 38,
    x: { label: "epoch", ticks, tickFormat: String },
    y: {
      label: null,
      grid: true,
      nice: true,
      ...(share ? { domain: [0, 1] } : {}),
      ...(isLog ? { type: "log" as const, ticks: 5, tickFormat: "~e" } : {}),
      ...signed?.scale,
    },
    marks: shown.flatMap(({ points }, i) => {
      const { stroke, dash } = styleOf(i);
      const at = points.map(([x, y]) => ({ x, y }));
      return [
        Plot.lineY(at, { x: "x", y: "y", stroke, strokeWidth: 2, strokeDasharray: dash }),
        ...(at.length < 30 ? [Plot.dot(at, { x: "x", y: "y", fill: stroke, r: 2.6 })] : []),
      ];
    }),
  });
  return `<figure>${caption}\n${svg}${note}</figure>`;
}

function count(series: readonly Series[]): number {
  return series.reduce((sum, { points }) => sum + points.length, 0);
}
