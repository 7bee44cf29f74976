// A network drawn: a column of circles for every layer, a line for every weight, as thick as it is large.

import type { Diagram, DiagramLayer } from "neurite/inspect";
import { escapeHtml } from "../report/escape.ts";

export interface NetworkDrawing {
  /** What a screen reader says. */
  readonly title: string;
  readonly diagram: Diagram;
  /** A number for each unit of a layer, by its name: circles are filled by its sign and size within the layer. */
  readonly shades?: ReadonlyMap<string, ArrayLike<number>>;
}

/** Columns with more units show the first and the last of them. */
const MOST_UNITS = 12;
const COLUMN = 150;
const ROW = 34;
const RADIUS = 11;
const TOP = 20;
const CAPTION = 62;

interface Column {
  readonly layer: DiagramLayer;
  readonly x: number;
  /** Units that are drawn, and where; empty for what has no units in a row, as images. */
  readonly units: readonly { readonly unit: number; readonly y: number }[];
  readonly gap: number | null;
}

/** An SVG in the colours of a page. Blue lines add, orange ones take away. */
export function drawNetwork({ title, diagram, shades }: NetworkDrawing): string {
  const rows = Math.max(
    ...diagram.layers.map(({ units, shape }) => rowsOf(units, shape.length)),
    3,
  );
  const [width, height] = [COLUMN * diagram.layers.length, TOP + rows * ROW + CAPTION];
  const middle = TOP + (rows * ROW) / 2;
  const columns = new Map(
    diagram.layers.map((layer, i) => [layer.name, columnOf(layer, COLUMN * (i + 0.5), middle)]),
  );
  const lines = diagram.connections.flatMap(({ from, to, weights }) =>
    linesBetween(
      columns.get(from)!,
      columns.get(to)!,
      weights?.data as ArrayLike<number> | undefined,
    ),
  );
  const drawn = [...columns.values()].map((column) =>
    drawColumn(column, height - CAPTION + 16, middle, shades?.get(column.layer.name)),
  );
  return `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeHtml(title)}" style="min-width:${Math.min(width, 90 * diagram.layers.length)}px;max-width:${width * 1.4}px" data-generator="neurite" font-family="system-ui, sans-serif">
${lines.join("\n")}
${drawn.join("\n")}
</svg>`;
}

function rowsOf(units: number, rank: number): number {
  return rank === 1 ? Math.min(units, MOST_UNITS) : 3;
}

function columnOf(layer: DiagramLayer, x: number, middle: number): Column {
  if (layer.shape.length !== 1) return { layer, x, units: [], gap: null };
  const { units } = layer;
  const shown = Math.min(units, MOST_UNITS);
  const at = (place: number) => middle + (place - (shown - 1) / 2) * ROW;
  if (units <= MOST_UNITS) {
    return {
      layer,
      x,
      units: Array.from({ length: units }, (_, unit) => ({ unit, y: at(unit) })),
      gap: null,
    };
  }
  const half = MOST_UNITS / 2;
  const places = Array.from({ length: shown }, (_, i) => i).filter((i) => i !== half);
  return {
    layer,
    x,
    units: places.map((i) => ({ unit: i < half ? i : units - shown + i, y: at(i) })),
    gap: at(half),
  };
}

function linesBetween(from: Column, to: Column, weights: ArrayLike<number> | undefined): string[] {
  if (!weights || from.units.length === 0 || to.units.length === 0) {
    const y = from.units.length === 0 && to.units.length === 0 ? null : undefined;
    const middle = y === null ? TOP : middleOf(from.units.length > 0 ? from : to);
    if (middle === null) return [];
    return [
      `<line x1="${from.x + 34}" y1="${middle}" x2="${to.x - 34}" y2="${middle}" stroke="var(--faint)" stroke-width="1.5"/>`,
    ];
  }
  const outputs = to.layer.units;
  let largest = 0;
  for (let i = 0; i < weights.length; i++) {
    const size = Math.abs(weights[i]!);
    if (Number.isFinite(size)) largest = Math.max(largest, size);
  }
  return from.units.flatMap((source) =>
    to.units.flatMap((target) => {
      const w = weights[source.unit * outputs + target.unit]!;
      if (!Number.isFinite(w) || largest === 0) return [];
      const share = Math.abs(w) / largest;
      if (share < 0.03) return [];
      const color = w > 0 ? "var(--first)" : "var(--second)";
      return [
        `<line x1="${from.x + RADIUS}" y1="${source.y}" x2="${to.x - RADIUS}" y2="${target.y}" stroke="${color}" stroke-width="${(0.4 + 3.2 * share).toFixed(2)}" stroke-opacity="${(0.25 + 0.65 * share).toFixed(2)}"><title>${w.toPrecision(4)}</title></line>`,
      ];
    }),
  );
}

function middleOf({ units }: Column): number | null {
  if (units.length === 0) return null;
  return (units[0]!.y + units.at(-1)!.y) / 2;
}

function drawColumn(
  { layer, x, units, gap }: Column,
  under: number,
  middle: number,
  shade: ArrayLike<number> | undefined,
): string {
  const sizes = shade ? Array.from(shade, (s) => (Number.isFinite(s) ? Math.abs(s) : 0)) : [];
  const largest = Math.max(...sizes, 0);
  const circles = units.map(({ unit, y }) => {
    const value = shade?.[unit];
    const share = value === undefined || largest === 0 ? 0 : sizes[unit]! / largest;
    const color = (value ?? 0) < 0 ? "var(--second)" : "var(--first)";
    const fill =
      share > 0
        ? `color-mix(in srgb, ${color} ${Math.round(100 * share)}%, var(--card))`
        : "var(--card)";
    const told = value === undefined ? "" : `: ${value.toPrecision(4)}`;
    return `<circle cx="${x}" cy="${y}" r="${RADIUS}" fill="${fill}" stroke="var(--faint)" stroke-width="1.3"><title>${escapeHtml(layer.name)} unit ${unit}${told}</title></circle>`;
  });
  const box =
    units.length > 0
      ? ""
      : `<rect x="${x - 34}" y="${middle - 34}" width="68" height="68" rx="6" fill="var(--card)" stroke="var(--faint)" stroke-width="1.3"/>`;
  const dots =
    gap === null
      ? ""
      : [-7, 0, 7]
          .map((dy) => `<circle cx="${x}" cy="${gap + dy}" r="1.8" fill="var(--faint)"/>`)
          .join("");
  const text = (dy: number, content: string, color: string, size: number) =>
    `<text x="${x}" y="${under + dy}" text-anchor="middle" fill="${color}" font-size="${size}">${escapeHtml(content)}</text>`;
  return [
    ...circles,
    box,
    dots,
    text(0, layer.name, "var(--ink)", 16),
    text(18, layer.shape.join(" x ") || "1", "var(--faint)", 14),
    text(
      35,
      layer.parameters > 0 ? `${layer.parameters.toLocaleString("en-US")} learnt` : "",
      "var(--faint)",
      13,
    ),
  ].join("\n");
}
