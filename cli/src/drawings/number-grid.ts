// Numbers in a grid, each on the colour of its size: a patch, a kernel, their products.

import { escapeHtml } from "../report/svg.ts";
import { diverging } from "../report/tiles.ts";

export interface NumberGrid {
  /** What a screen reader says. */
  readonly title: string;
  readonly rows: number;
  readonly columns: number;
  /** [rows, columns] */
  readonly values: ArrayLike<number>;
  /** The size of number that has the full colour. */
  readonly scale: number;
  /** Cells that are drawn with a dashed edge, as padding. */
  readonly faded?: readonly boolean[];
}

const CELL = 52;

/** SVG as wide as its place. Numbers that are not finite stand on grey. */
export function drawNumberGrid(grid: NumberGrid): string {
  const { title, rows, columns, values, scale, faded } = grid;
  const cells = Array.from({ length: rows * columns }, (_, i) => {
    const [x, y] = [(i % columns) * CELL, Math.floor(i / columns) * CELL];
    const value = values[i]!;
    const strength = Number.isFinite(value) && scale > 0 ? value / scale : 0;
    const fill = Number.isFinite(value) ? `rgb(${diverging(strength).join(" ")})` : "#999";
    const ink = Math.abs(strength) > 0.55 ? "#fff" : "#1c2430";
    const edge = faded?.[i] ? ' stroke="#5b6675" stroke-dasharray="4 3"' : ' stroke="#aab2be"';
    return `<rect x="${x + 0.5}" y="${y + 0.5}" width="${CELL - 1}" height="${CELL - 1}" fill="${fill}"${edge}/>
<text x="${x + CELL / 2}" y="${y + CELL / 2 + 5}" fill="${ink}">${shortNumber(value)}</text>`;
  });
  return `<svg viewBox="0 0 ${columns * CELL} ${rows * CELL}" style="max-width:${columns * CELL}px" role="img" aria-label="${escapeHtml(title)}" font-family="system-ui, sans-serif" font-size="15" text-anchor="middle">
${cells.join("\n")}
</svg>`;
}

/** At most five characters, but for very large and very small numbers. */
export function shortNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 9999.5 || size < 0.005) return value.toExponential(0).replace("e+", "e");
  const digits = size >= 100 ? 0 : Number(size < 10) + 1;
  return String(Number(value.toFixed(digits)));
}
