// A function and the networks that approximate it: as curves, or side by side as surfaces.

import type { Approximation, DeviationOfPieces, LossSurface } from "neurite/inspect";
import { page } from "../report/page.ts";
import { drawPlot, escapeHtml, Plot } from "../report/svg.ts";
import { short } from "./heights.ts";
import { meshDrawing } from "./mesh.ts";

/** A curve's name, numbers, colour and dashes. */
interface Curve {
  readonly name: string;
  readonly values: readonly number[];
  readonly stroke: string;
  readonly dash: string;
  readonly width: number;
}

function curvesOf({ values, built, trained, scratch }: Approximation): Curve[] {
  const curve = (
    name: string,
    list: readonly number[],
    stroke: string,
    dash: string,
    width = 2.2,
  ) => ({
    name,
    values: list,
    stroke,
    dash,
    width,
  });
  return [
    curve("the function", values, "currentColor", "", 5),
    curve("built", built.outputs, "var(--first)", ""),
    ...(trained ? [curve("trained from there", trained.outputs, "var(--second)", "7 4")] : []),
    ...(scratch ? [curve("trained from scratch", scratch.outputs, "var(--wrong)", "2 3")] : []),
  ];
}

/** Function, construction and trained networks over x, as SVG text. */
export function approximationCurves(found: Approximation): string {
  const x = found.points.map(([at]) => at!);
  const marks = curvesOf(found).map(({ values, stroke, dash, width, name }) =>
    Plot.line(
      x.map((at, i) => [at, values[i]!] as [number, number]).filter(([, y]) => Number.isFinite(y)),
      {
        stroke,
        strokeWidth: width,
        strokeDasharray: dash,
        strokeOpacity: name === "the function" ? 0.35 : 1,
      },
    ),
  );
  const svg = drawPlot("The function, and what networks make of it", {
    width: 420,
    height: 320,
    marginLeft: 44,
    x: { label: "x" },
    y: { label: null, grid: true, nice: true },
    marks,
  });
  return `<figure class="plane">${svg}
<figcaption>${curvesOf(found).map(legend).join(" ")}</figcaption></figure>`;
}

function legend({ name, stroke, dash, width }: Curve): string {
  const opacity = name === "the function" ? ' stroke-opacity=".35"' : "";
  return `<span class="said"><svg viewBox="0 0 28 8" style="display:inline-block;width:1.8rem;vertical-align:.1em"><path d="M0 4H28" stroke="${stroke}" stroke-width="${width}" stroke-dasharray="${dash}"${opacity}/></svg> ${escapeHtml(name)}</span>`;
}

/** The same over two inputs: a mesh each, all by the function's heights. */
export function approximationMeshes(found: Approximation): string {
  const figures = curvesOf(found).map(({ name, values }) => {
    return `<figure>${meshDrawing(name, surfaceOf(found, values), [], VIEW)}
<figcaption>${escapeHtml(name)}</figcaption></figure>`;
  });
  return `<div class="pair">\n${figures.join("\n")}\n</div>`;
}

const VIEW = { turn: 35, tilt: 35 };

function surfaceOf(found: Approximation, heights: readonly number[]): LossSurface {
  const side = Math.round(Math.sqrt(found.points.length));
  const axis = found.points.slice(0, side).map(([, y]) => y!);
  const all = curvesOf(found).flatMap(({ values }) => values.filter(Number.isFinite));
  return {
    names: ["x", "y"],
    u: axis,
    v: axis,
    values: axis.map((_, i) => heights.slice(i * side, (i + 1) * side)),
    least: Math.min(...all),
    largest: Math.max(...all),
    notFinite: heights.filter((height) => !Number.isFinite(height)).length,
    here: [0, 0],
  };
}

/** The error over the number of hidden units, both by powers of ten. */
export function deviationGrowth(growth: readonly DeviationOfPieces[]): string {
  const rows = growth.filter(({ overRange }) => overRange > 0);
  if (rows.length < 2) return "";
  const svg = drawPlot("Average deviation by hidden units", {
    width: 420,
    height: 250,
    marginLeft: 56,
    marginBottom: 42,
    x: {
      type: "log",
      label: "hidden units",
      labelAnchor: "center",
      ticks: rows.map(({ units }) => units),
      tickFormat: String,
    },
    y: { type: "log", label: "average deviation", grid: true, ticks: 4, tickFormat: short },
    marks: [
      Plot.line(rows, { x: "units", y: "overRange", stroke: "var(--first)", strokeWidth: 2.2 }),
      Plot.dot(rows, { x: "units", y: "overRange", fill: "var(--first)", r: 3.5 }),
    ],
  });
  return `<figure class="plane">${svg}</figure>`;
}

/** All of it as a page of its own. @param lines what the terminal shows */
export function approximationPage(
  text: string,
  found: Approximation,
  growth: readonly DeviationOfPieces[],
  lines: readonly string[],
): string {
  const isPlane = found.construction.of === "towers";
  return page({
    title: text.length <= 30 ? `A network for ${text}` : "A network for a function",
    lead: `<pre>${escapeHtml(lines.join("\n"))}</pre>`,
    sections: [
      {
        title: "Function, construction, training",
        html: isPlane ? approximationMeshes(found) : approximationCurves(found),
      },
      { title: "The error as units grow", html: deviationGrowth(growth) },
    ],
  });
}
