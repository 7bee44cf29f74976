// The curves of an experiment as a figure: ours as lines, the book's points as marks.

import type { CurveSeries, Curves } from "neurite/books";
import { escapeHtml } from "../report/escape.ts";
import { signedAxis, tickText } from "../report/signed-axis.ts";
import { drawPlot, Plot } from "../report/svg.ts";
import { plural } from "../terminal/names.ts";

/** Middle tones, which are read on white and on black; a dash each, so that colour is not all there is. */
const LINES = [
  { color: "#3b82f6", dash: "" },
  { color: "#ea580c", dash: "8 4" },
  { color: "#16a34a", dash: "2 3" },
  { color: "#a855f7", dash: "10 3 2 3" },
  { color: "#db2777", dash: "5 3" },
  { color: "#0891b2", dash: "14 4" },
  { color: "#ca8a04", dash: "4 2 1 2" },
  { color: "#6b7280", dash: "1 5" },
] as const;

/** The shapes of the book's points. */
const MARKS = ["diamond", "square", "triangle", "star"] as const;

/** Lines of fewer points have each of them marked. */
const FEW = 13;

interface Drawn extends CurveSeries {
  readonly color: string;
  readonly dash: string;
  readonly mark: (typeof MARKS)[number] | null;
}

/** A figure with its legend, drawn for a wide page and for a narrow one. */
export function curvesFigure({ title, x, y, series }: Curves): string {
  let [lines, marks, left] = [0, 0, 0];
  const drawn = series.map((one): Drawn => {
    const points = one.points.filter(([a, b]) => isShown(a, x.log) && isShown(b, y.log));
    left += one.points.length - points.length;
    if (one.book)
      return {
        ...one,
        points,
        color: "currentColor",
        dash: "",
        mark: MARKS[marks++ % MARKS.length]!,
      };
    return { ...one, points, ...LINES[lines++ % LINES.length]!, mark: null };
  });
  const keys = drawn.map(
    (one) => `<span class="curve-key">${keyOf(one)}${escapeHtml(one.name)}</span>`,
  );
  const caption = `<figcaption><strong>${escapeHtml(title)}</strong><br>${keys.join(" ")}</figcaption>`;
  const values = drawn.flatMap(({ points }) => points.map(([, b]) => b));
  const places = drawn.flatMap(({ points }) => points.map(([a]) => a));
  if (values.length === 0) {
    return `<figure>${caption}\n<p class="hint">There is nothing to draw.</p></figure>`;
  }
  const signed = y.log ? null : signedAxis(Math.min(...values), Math.max(...values));
  const notes = [
    ...(signed ? [signed.note] : []),
    ...(left > 0
      ? [`Left out, since such an axis has no place for it: ${plural(left, "value")}.`]
      : []),
  ];
  const plot = (width: number, height: number) =>
    drawPlot(`${title}: ${y.label} by ${x.label}, ${series.map(({ name }) => name).join(", ")}`, {
      width,
      height,
      marginLeft: 62,
      marginRight: 22,
      marginTop: 30,
      marginBottom: 40,
      x: {
        label: x.label,
        ...(width < 400 ? { ticks: 4 } : {}),
        ...(x.log ? logAxis(places) : wholeAxis(places)),
      },
      y: {
        label: y.label,
        grid: true,
        nice: true,
        ...(y.log ? logAxis(values) : {}),
        ...signed?.scale,
      },
      marks: drawn.flatMap(marksOf),
    });
  const note = notes.length > 0 ? `\n<p class="hint">${notes.join(" ")}</p>` : "";
  return `<figure class="plane">${caption}
<div class="on-wide">${plot(560, 300)}</div>
<div class="on-narrow">${plot(330, 260)}</div>${note}</figure>`;
}

/** A logarithmic axis: powers of ten where it spans several, a few of them where it spans many. */
function logAxis(values: readonly number[]) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const [from, to] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
  const step = Math.max(1, Math.ceil((to - from) / 6));
  const count = Math.floor((to - from) / step) + 1;
  const powers = Array.from({ length: count }, (_, i) => 10 ** (from + i * step));
  return { type: "log", tickFormat: tickText, ticks: high / low < 100 ? 5 : powers } as const;
}

/** An axis of a few whole numbers, as of layers, has no ticks between them. */
function wholeAxis(values: readonly number[]) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  if (high - low > 10 || !values.every(Number.isInteger)) return { nice: true };
  const ticks = Array.from({ length: high - low + 1 }, (_, i) => low + i);
  return { ticks, tickFormat: String };
}

function isShown(value: number, log: boolean | undefined): boolean {
  return Number.isFinite(value) && (!log || value > 0);
}

function marksOf({ points, color, dash, mark }: Drawn): Plot.Markish[] {
  const at = points.map(([a, b]) => ({ a, b }));
  if (mark) {
    const look = { stroke: color, strokeWidth: 2, symbol: mark, r: 6, fill: "var(--card)" };
    return [Plot.dot(at, { x: "a", y: "b", ...look })];
  }
  const line = Plot.line(at, {
    x: "a",
    y: "b",
    stroke: color,
    strokeWidth: 2,
    strokeDasharray: dash,
  });
  return points.length < FEW ? [line, Plot.dot(at, { x: "a", y: "b", fill: color, r: 3 })] : [line];
}

/** The sample of a line or a mark in the legend. */
function keyOf({ color, dash, mark }: Drawn): string {
  const path = mark
    ? `<path transform="translate(15 7)" d="${SHAPES[mark]}" fill="none" stroke="${color}" stroke-width="2"/>`
    : `<path d="M1 7H29" stroke="${color}" stroke-width="2.5" stroke-dasharray="${dash}"/>`;
  return `<svg class="sample" viewBox="0 0 30 14" aria-hidden="true">${path}</svg>`;
}

const SHAPES = {
  diamond: "M0-6L4 0L0 6L-4 0Z",
  square: "M-4.5-4.5H4.5V4.5H-4.5Z",
  triangle: "M0-6L5.5 4H-5.5Z",
  star: "M0-6L1.5-2L5.7-1.9L2.4.8L3.5 4.9L0 2.5L-3.5 4.9L-2.4.8L-5.7-1.9L-1.5-2Z",
} as const;
