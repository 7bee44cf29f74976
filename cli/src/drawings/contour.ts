// A surface from above: filled contours, with paths and critical points on them.

import type { CriticalPoint, LossSurface, SurfacePath } from "neurite/inspect";
import { drawPlot, Plot } from "../report/svg.ts";
import { HEIGHT_COLORS, heightScale, short } from "./heights.ts";

/** What is drawn on a surface. */
export interface SurfaceMarks {
  readonly paths?: readonly SurfacePath[];
  /** Of the two numbers of the surface. */
  readonly critical?: readonly Pick<CriticalPoint, "point" | "bend">[];
  /** Whether to mark where the model is. */
  readonly isHereShown?: boolean;
}

const SIZE = 420;
const LEVELS = 16;

/** Of paths on a surface, in their order. */
export const PATH_COLORS = ["#ffffff", "#ff9f40", "#ff5fa8", "#7fe3ff", "#d0ff5f"];

const SYMBOLS = {
  minimum: "circle",
  maximum: "triangle",
  saddle: "times",
  flat: "diamond",
} as const;

/** Contours as SVG text, u to the right and v upwards. */
export function contourDrawing(
  title: string,
  surface: LossSurface,
  { paths = [], critical = [], isHereShown = false }: SurfaceMarks = {},
): string {
  const { u, v, values, names, here } = surface;
  const scale = heightScale(surface);
  const [x1, x2] = [u[0]!, u.at(-1)!];
  const [y1, y2] = [v[0]!, v.at(-1)!];
  // Row by row of v, as images are; a contour goes through the middles of its cells.
  const heights = v.flatMap((_, j) => u.map((__, i) => scale.of(values[i]![j]!)));
  const half = [(x2 - x1) / (u.length - 1) / 2, (y2 - y1) / (v.length - 1) / 2] as const;
  const [low, high] = [scale.of(surface.least), scale.of(surface.largest)];
  const levels = Array.from({ length: LEVELS }, (_, k) => low + ((high - low) * k) / LEVELS);
  const isInside = (x: number, y: number) => x >= x1 && x <= x2 && y >= y1 && y <= y2;
  const isDrawn = Number.isFinite(low) && high > low;
  return drawPlot(title, {
    width: SIZE,
    height: SIZE,
    marginLeft: 50,
    marginBottom: 40,
    marginRight: 12,
    marginTop: 26,
    x: { domain: [x1, x2], label: names[0], labelAnchor: "center" },
    y: { domain: [y1, y2], label: names[1] },
    color: { type: "linear", domain: spread(low, high), range: HEIGHT_COLORS, interpolate: "rgb" },
    marks: [
      ...(isDrawn
        ? [
            Plot.contour(heights, {
              width: u.length,
              height: v.length,
              x1: x1 - half[0],
              x2: x2 + half[0],
              y1: y1 - half[1],
              y2: y2 + half[1],
              fill: Plot.identity as never,
              thresholds: levels as never,
              stroke: "#000",
              strokeOpacity: 0.25,
              strokeWidth: 0.6,
              clip: true,
            }),
          ]
        : []),
      Plot.frame({ stroke: "currentColor", strokeOpacity: 0.4 }),
      ...paths.flatMap((path, k) => pathMarks(path, PATH_COLORS[k % PATH_COLORS.length]!)),
      Plot.dot(
        critical.filter(({ point }) => isInside(point[0]!, point[1]!)),
        {
          x: (c: CriticalPoint) => c.point[0]!,
          y: (c: CriticalPoint) => c.point[1]!,
          symbol: ((c: CriticalPoint) => SYMBOLS[c.bend]) as never,
          r: 6,
          fill: ((c: CriticalPoint) => (c.bend === "saddle" ? "none" : "#fff")) as never,
          stroke: ((c: CriticalPoint) => (c.bend === "saddle" ? "#fff" : "#000")) as never,
          strokeWidth: 2,
        },
      ),
      ...(isHereShown
        ? [Plot.dot([here], { r: 5, fill: "#ff3b30", stroke: "#fff", strokeWidth: 1.5 })]
        : []),
    ],
  });
}

/** A line with a dark edge, so that it is seen on every colour, and a dot where it starts. */
function pathMarks({ points }: SurfacePath, color: string): Plot.Markish[] {
  const at = points
    .filter(({ u, v }) => Number.isFinite(u) && Number.isFinite(v))
    .map(({ u, v }) => [u, v] as [number, number]);
  const line = (stroke: string, strokeWidth: number) =>
    Plot.line(at, { stroke, strokeWidth, strokeLinejoin: "round", clip: true });
  const few =
    at.length <= 120
      ? [Plot.dot(at, { r: 1.8, fill: color, stroke: "#000", strokeWidth: 0.4, clip: true })]
      : [];
  return [
    line("#000", 3.6),
    line(color, 2),
    ...few,
    Plot.dot(at.slice(0, 1), { r: 4.5, fill: color, stroke: "#000", clip: true }),
  ];
}

function spread(low: number, high: number): number[] {
  const last = HEIGHT_COLORS.length - 1;
  return HEIGHT_COLORS.map((_, k) => low + ((high - low) * k) / last);
}

/** The bar of colours with its heights, as SVG text. */
export function heightLegend(surface: LossSurface): string {
  const { isLog, share, ticks } = heightScale(surface);
  const [left, width] = [12, SIZE - 24];
  const stops = HEIGHT_COLORS.map(
    (color, k) => `<stop offset="${k / (HEIGHT_COLORS.length - 1)}" stop-color="${color}"/>`,
  );
  const marks = ticks.map((tick) => {
    const x = (left + share(tick) * width).toFixed(1);
    return `<path d="M${x} 12v5" stroke="currentColor"/><text x="${x}" y="30" text-anchor="middle">${short(tick)}</text>`;
  });
  return `<svg viewBox="0 0 ${SIZE} 34" role="img" aria-label="colours of heights${isLog ? ", by powers of ten" : ""}" font-size="13" fill="currentColor">
<defs><linearGradient id="heights">${stops.join("")}</linearGradient></defs>
<rect x="${left}" width="${width}" height="12" fill="url(#heights)"/>${marks.join("")}</svg>`;
}
