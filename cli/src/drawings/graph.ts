// A graph as SVG, laid out by dagre: boxes for what computes, and on every edge the value above and the
// gradient below. For expressions, and for any graph of the library.

import dagre from "@dagrejs/dagre";
import { escapeHtml } from "../report/escape.ts";

export interface DrawnNode {
  readonly id: string;
  /** One line above the other; the first is the name. */
  readonly lines: readonly string[];
  readonly kind: "input" | "constant" | "operation" | "output";
}

export interface DrawnEdge {
  readonly from: string;
  readonly to: string;
  readonly value?: string;
  readonly gradient?: string;
}

/** What a drawing is made of: plain data. */
export interface GraphDrawing {
  /** What a screen reader says. */
  readonly title: string;
  readonly nodes: readonly DrawnNode[];
  readonly edges: readonly DrawnEdge[];
}

/** From left to right, for wide pages, or from top to bottom, for narrow ones. */
export type DrawingDirection = "right" | "down";

const FONT = 13;
const SMALL = 12;
/** The width of a character of a monospaced font, as a share of its size. */
const WIDTH = 0.61;
const LINE = 17;
const MARGIN = 8;

interface Point {
  readonly x: number;
  readonly y: number;
}

interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/** Layers that all edges cross together. Laying them out takes more than in proportion: here some seconds. */
const MOST_CROSSED = 4000;

/**
 * Whether a drawing can be laid out in some seconds: a long chain that reads one value again and again cannot.
 * @param drawing its nodes in the order of evaluation, but for constants
 */
export function isDrawable({ nodes, edges }: GraphDrawing): boolean {
  const sources = new Map<string, string[]>(nodes.map(({ id }) => [id, []]));
  for (const { from, to } of edges) sources.get(to)!.push(from);
  const layers = new Map<string, number>();
  let crossed = 0;
  for (const { id, kind } of nodes) {
    if (kind === "constant") continue;
    const from = sources.get(id)!.flatMap((source) => layers.get(source) ?? []);
    const layer = 1 + Math.max(0, ...from);
    layers.set(id, layer);
    for (const before of from) crossed += layer - before;
  }
  return crossed <= MOST_CROSSED;
}

/** An SVG in the colours of a page (`report/page.ts`); standaloneSvg() gives it its own. */
export function drawGraph(
  { title, nodes, edges }: GraphDrawing,
  direction: DrawingDirection = "right",
): string {
  const layout = new dagre.graphlib.Graph({ multigraph: true });
  const isDown = direction === "down";
  layout.setGraph({
    rankdir: isDown ? "TB" : "LR",
    nodesep: isDown ? 14 : 18,
    ranksep: isDown ? 14 : 18,
    edgesep: 10,
    marginx: MARGIN,
    marginy: MARGIN,
  });
  for (const node of nodes) layout.setNode(node.id, sizeOf(node));
  edges.forEach((edge, i) => {
    layout.setEdge(edge.from, edge.to, { ...labelSize(edge), labelpos: "c" }, String(i));
  });
  dagre.layout(layout);
  const { width = 0, height = 0 } = layout.graph() as Partial<Box>;
  const placed = edges.map((edge, i) => {
    return layout.edge({ v: edge.from, w: edge.to, name: String(i) }) as unknown as Placed;
  });
  const drawn = [
    ...placed.map((edge) => drawLine(straightAtLabel(edge, isDown))),
    ...edges.map((edge, i) => drawLabel(edge, placed[i]!, isDown)),
    ...nodes.map((node) => drawNode(node, layout.node(node.id) as unknown as Box)),
  ];
  const [w, h] = [Math.ceil(width), Math.ceil(height)];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${w} ${h}" width="${w}" height="${h}" ` +
      `font-family="ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace" ` +
      `font-size="${FONT}" role="img" aria-label="${escapeHtml(title)}" data-generator="neurite">`,
    ...drawn,
    "</svg>",
  ].join("\n");
}

function sizeOf({ lines, kind }: DrawnNode): { width: number; height: number } {
  const longest = Math.max(...lines.map((line) => [...line].length));
  const padding = kind === "constant" ? 8 : 20;
  return { width: Math.max(24, longest * FONT * WIDTH + padding), height: lines.length * LINE + 9 };
}

function labelSize({ value, gradient }: DrawnEdge): { width: number; height: number } {
  const longest = Math.max(0, ...[value, gradient].map((text) => text?.length ?? 0));
  if (longest === 0) return { width: 0, height: 0 };
  return { width: longest * SMALL * WIDTH + 14, height: 2 * (SMALL + 4) };
}

function drawNode({ lines, kind }: DrawnNode, { x, y, width, height }: Box): string {
  const [left, top] = [number(x - width / 2), number(y - height / 2)];
  const round = kind === "operation" ? 6 : number(height / 2);
  const line = kind === "output" || kind === "input" ? "var(--first)" : "var(--faint)";
  const frame =
    kind === "constant"
      ? ""
      : `<rect x="${left}" y="${top}" width="${number(width)}" height="${number(height)}" rx="${round}" ` +
        `fill="var(--card)" stroke="${line}" stroke-width="1.3"/>`;
  const first = y - ((lines.length - 1) * LINE) / 2 + FONT * 0.35;
  const texts = lines.map((text, i) => {
    const weight = i === 0 && lines.length > 1 ? ' font-weight="700"' : "";
    const at = `x="${number(x)}" y="${number(first + i * LINE)}"`;
    return `<text ${at} text-anchor="middle" fill="var(--ink)"${weight}>${escapeHtml(text)}</text>`;
  });
  return `<g>${frame}${texts.join("")}</g>`;
}

interface Placed extends Box {
  readonly points: readonly Point[];
}

const ARROW = 7;

function drawLine(points: readonly Point[]): string {
  const end = points.at(-1)!;
  const before = points.at(-2)!;
  const length = Math.hypot(end.x - before.x, end.y - before.y) || 1;
  const [dx, dy] = [(end.x - before.x) / length, (end.y - before.y) / length];
  const back = { x: end.x - dx * ARROW, y: end.y - dy * ARROW };
  const side = (sign: number) =>
    `${number(back.x - sign * dy * 3.5)},${number(back.y + sign * dx * 3.5)}`;
  return (
    `<path d="${curve([...points.slice(0, -1), back])}" fill="none" stroke="var(--faint)" stroke-width="1.2"/>` +
    `<polygon points="${number(end.x)},${number(end.y)} ${side(1)} ${side(-1)}" fill="var(--faint)"/>`
  );
}

/** Over all lines, so that none crosses it. */
function drawLabel({ value, gradient }: DrawnEdge, { x, y }: Placed, isDown: boolean): string {
  const text = (words: string | undefined, up: number, colour: string) => {
    if (words === undefined) return "";
    // Beside a line that runs down, above and below one that runs to the right.
    const at = isDown
      ? `x="${number(x + 5)}" y="${number(y + up * 7 + 4)}" text-anchor="start"`
      : `x="${number(x)}" y="${number(up < 0 ? y - 5 : y + SMALL + 3)}" text-anchor="middle"`;
    const halo = 'stroke="var(--under, var(--ground))" stroke-width="4" paint-order="stroke"';
    return `<text ${at} font-size="${SMALL}" ${halo} fill="${colour}">${escapeHtml(words)}</text>`;
  };
  return text(value, -1, "var(--second)") + text(gradient, 1, "var(--first)");
}

/** How far before a corner a line begins to bend. */
const BEND = 16;

/** A line from point to point, its corners rounded. */
function curve(points: readonly Point[]): string {
  const at = ({ x, y }: Point) => `${number(x)} ${number(y)}`;
  const corners = points.slice(1, -1).map((corner, i) => {
    const [from, to] = [points[i]!, points[i + 2]!];
    return `L${at(towards(corner, from))}Q${at(corner)} ${at(towards(corner, to))}`;
  });
  return `M${at(points[0]!)}${corners.join("")}L${at(points.at(-1)!)}`;
}

/** A bend's length away from a corner, and no more than half of the way. */
function towards(corner: Point, other: Point): Point {
  const length = Math.hypot(other.x - corner.x, other.y - corner.y) || 1;
  const share = Math.min(BEND, length / 2) / length;
  return { x: corner.x + (other.x - corner.x) * share, y: corner.y + (other.y - corner.y) * share };
}

/** Past its label an edge runs straight: dagre leads it through the middle of the label. */
function straightAtLabel({ points, x, y, width, height }: Placed, isDown: boolean): Point[] {
  const [dx, dy] = isDown ? [0, height / 2] : [width / 2, 0];
  const isLabel = (point: Point) => Math.abs(point.x - x) < 1 && Math.abs(point.y - y) < 1;
  return points.flatMap((point) =>
    width > 0 && isLabel(point)
      ? [
          { x: x - dx, y: y - dy },
          { x: x + dx, y: y + dy },
        ]
      : [point],
  );
}

function number(x: number): number {
  return Math.round(x * 10) / 10;
}
