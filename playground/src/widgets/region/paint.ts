// Paints a map: one pixel a cell, which the style sheet scales up.

import { mix, type Palette, signedWord, wordOf } from "./palette.ts";

/** What a map shows. */
export interface MapValues {
  readonly cells: number;
  /** [units, cells, cells], from the top left. */
  readonly values: Float32Array;
  /** "signed": one unit in [-1, 1]; "probability": one unit in [0, 1]; "classes": the largest of several. */
  readonly kind: "signed" | "probability" | "classes";
  /** Of signed values: the size that has the full colour; 1 if not given. */
  readonly scale?: number;
}

export function paintMap(canvas: HTMLCanvasElement, map: MapValues, palette: Palette): void {
  const { cells } = map;
  if (canvas.width !== cells || canvas.height !== cells) {
    canvas.width = cells;
    canvas.height = cells;
  }
  const context = canvas.getContext("2d");
  if (!context) return;
  const image = context.createImageData(cells, cells);
  fillWords(new Uint32Array(image.data.buffer), map, palette);
  context.putImageData(image, 0, 0);
}

/** The colours of all cells, as words. */
export function fillWords(words: Uint32Array, map: MapValues, palette: Palette): void {
  const { values, kind, scale = 1 } = map;
  const count = words.length;
  for (let i = 0; i < count; i++) {
    if (kind === "signed") words[i] = signedWord(palette, values[i]! / scale);
    else if (kind === "probability") words[i] = signedWord(palette, 2 * values[i]! - 1);
    else words[i] = classWord(values, i, count, palette);
  }
}

/** The colour of the likeliest class, the fainter the less sure. */
function classWord(values: Float32Array, cell: number, count: number, palette: Palette): number {
  let best = 0;
  const units = values.length / count;
  for (let unit = 1; unit < units; unit++) {
    if (values[unit * count + cell]! > values[best * count + cell]!) best = unit;
  }
  const share = values[best * count + cell]!;
  const sure = units < 2 ? 1 : Math.max((share - 1 / units) / (1 - 1 / units), 0);
  return wordOf(mix(palette.neutral, palette.classes[best % 8]!, 0.15 + 0.7 * sure));
}
