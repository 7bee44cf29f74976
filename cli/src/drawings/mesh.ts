// A surface in three dimensions: quadrangles from back to front, as SVG without a script.

import type { LossSurface, SurfacePath } from "neurite/inspect";
import { escapeHtml } from "../report/svg.ts";
import { PATH_COLORS } from "./contour.ts";
import { type HeightScale, heightScale, short } from "./heights.ts";

/** Where one looks from, in degrees. */
export interface ViewAngles {
  /** Turned about the upright axis. */
  readonly turn: number;
  /** Above the ground: 90 is from above. */
  readonly tilt: number;
}

const WIDTH = 420;
const HEIGHT = 400;
const MOST_CELLS = 36;
/** Half of the ground's side, and of the height, in a box around 0. */
const UP = 0.68;

interface Point3 {
  readonly x: number;
  readonly y: number;
  /** Towards the eye. */
  readonly depth: number;
}

type Project = (a: number, b: number, c: number) => Point3;

/** A surface as SVG text; u goes to the right and v to the back before it is turned. */
export function meshDrawing(
  title: string,
  surface: LossSurface,
  paths: readonly SurfacePath[] = [],
  view: ViewAngles = { turn: 35, tilt: 28 },
): string {
  const scale = heightScale(surface);
  const { u, v, names } = surface;
  const project = projection(view);
  const along = (axis: readonly number[], x: number) =>
    -1 + (2 * (x - axis[0]!)) / (axis.at(-1)! - axis[0]!);
  const up = (height: number) => (2 * scale.share(height) - 1) * UP;
  const at = (x: number, y: number, height: number) =>
    project(along(u, x), along(v, y), up(height));
  const lines = paths.map(({ points }, k) => {
    const shown = points.filter(
      (p) =>
        Number.isFinite(p.height) && Math.abs(along(u, p.u)) <= 1 && Math.abs(along(v, p.v)) <= 1,
    );
    const d = shown
      .map((p, i) => `${i === 0 ? "M" : "L"}${place(at(p.u, p.v, p.height))}`)
      .join("");
    if (shown.length === 0) return "";
    const color = PATH_COLORS[k % PATH_COLORS.length];
    const start = at(shown[0]!.u, shown[0]!.v, shown[0]!.height);
    return `<path d="${d}" fill="none" stroke="#000" stroke-width="3.6" stroke-linejoin="round"/>
<path d="${d}" fill="none" stroke="${color}" stroke-width="2" stroke-linejoin="round"/>
<circle cx="${start.x.toFixed(1)}" cy="${start.y.toFixed(1)}" r="4.5" fill="${color}" stroke="#000"/>`;
  });
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeHtml(title)}" data-generator="neurite" font-size="13" fill="currentColor">
${frame(project)}
<g stroke="#000" stroke-opacity=".28" stroke-width=".4" stroke-linejoin="round">
${quads(surface, scale, at).join("\n")}
</g>
${lines.join("\n")}
${labels(surface, scale, project, names).join("\n")}
</svg>`;
}

function projection({ turn, tilt }: ViewAngles): Project {
  const [ct, st] = [Math.cos((turn * Math.PI) / 180), Math.sin((turn * Math.PI) / 180)];
  const [ci, si] = [Math.cos((tilt * Math.PI) / 180), Math.sin((tilt * Math.PI) / 180)];
  const size = WIDTH / 3.5;
  return (a, b, c) => {
    const [right, back] = [a * ct + b * st, -a * st + b * ct];
    return {
      x: WIDTH / 2 - 14 + size * right,
      y: HEIGHT / 2 - size * (back * si + c * ci),
      depth: -back * ci + c * si,
    };
  };
}

function place({ x, y }: Point3): string {
  return `${x.toFixed(1)} ${y.toFixed(1)}`;
}

/** Cells from back to front, thinned where there are more than one can see. */
function quads(
  { u, v, values }: LossSurface,
  scale: HeightScale,
  at: (x: number, y: number, height: number) => Point3,
): string[] {
  const [is, js] = [thinned(u.length), thinned(v.length)];
  const cells: { readonly depth: number; readonly svg: string }[] = [];
  for (let a = 0; a + 1 < is.length; a++) {
    for (let b = 0; b + 1 < js.length; b++) {
      const corners = [
        [a, b],
        [a + 1, b],
        [a + 1, b + 1],
        [a, b + 1],
      ].map(([p, q]) => {
        const [i, j] = [is[p!]!, js[q!]!];
        return { i, j, height: values[i]![j]! };
      });
      if (!corners.every(({ height }) => Number.isFinite(height))) continue;
      const points = corners.map(({ i, j, height }) => at(u[i]!, v[j]!, height));
      const share = corners.reduce((sum, { height }) => sum + scale.share(height), 0) / 4;
      const d = points.map(place).join("L");
      cells.push({
        depth: points.reduce((sum, { depth }) => sum + depth, 0),
        svg: `<path d="M${d}Z" fill="${scale.color(share)}"/>`,
      });
    }
  }
  return cells.sort((a, b) => a.depth - b.depth).map(({ svg }) => svg);
}

function thinned(count: number): number[] {
  const step = Math.ceil((count - 1) / MOST_CELLS);
  const kept = Array.from({ length: Math.ceil((count - 1) / step) }, (_, k) => k * step);
  return [...kept, count - 1];
}

/** The ground and the two walls behind. */
function frame(project: Project): string {
  const corner = (a: number, b: number, c: number) => place(project(a, b, c * UP));
  const paths = [
    [corner(-1, -1, -1), corner(1, -1, -1), corner(1, 1, -1), corner(-1, 1, -1)],
    [corner(-1, 1, -1), corner(1, 1, -1), corner(1, 1, 1), corner(-1, 1, 1)],
    [corner(-1, 1, -1), corner(-1, -1, -1), corner(-1, -1, 1), corner(-1, 1, 1)],
  ].map((points) => `<path d="M${points.join("L")}Z"/>`);
  return `<g fill="none" stroke="currentColor" stroke-opacity=".35">${paths.join("")}</g>`;
}

/** Names and ends of the ground's axes at the edges in front, heights at the right. */
function labels(
  { u, v }: LossSurface,
  { ticks, share }: HeightScale,
  project: Project,
  [nameU, nameV]: readonly [string, string],
): string[] {
  const text = ({ x, y }: Point3, dx: number, dy: number, anchor: string, what: string) =>
    `<text x="${(x + dx).toFixed(1)}" y="${(y + dy).toFixed(1)}" text-anchor="${anchor}">${escapeHtml(what)}</text>`;
  const ground = (a: number, b: number) => project(a, b, -UP);
  const wall = ticks.map((tick) => {
    const c = (2 * share(tick) - 1) * UP;
    return text(project(1, 1, c), 6, 4, "start", short(tick));
  });
  return [
    text(ground(-1, -1), 2, 18, "middle", short(u[0]!)),
    text(ground(1, -1), -12, 16, "end", short(u.at(-1)!)),
    text(ground(0, -1), -10, 20, "end", nameU),
    text(ground(1, -1), 12, 16, "start", short(v[0]!)),
    text(ground(1, 1), 2, 18, "middle", short(v.at(-1)!)),
    text(ground(1, 0), 10, 20, "start", nameV),
    ...wall,
  ];
}
