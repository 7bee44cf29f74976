// What a unit responds to most: the examples, or the patches of them, that move it furthest up.

import { count, expectOptions, index, type Kinds, listOf, text } from "../../checks/arguments.ts";
import { ArgumentError, NeuriteError } from "../../checks/errors.ts";
import { sizeOf } from "../../ir/shape.ts";
import type { NdArray } from "../../ops/define.ts";
import type { RowsOf } from "../../train/batches/rows.ts";
import type { Model } from "../../train/model/model.ts";
import { layerOf, oneInput, outputsOfLayers } from "./layer-outputs.ts";
import type { PictureShape } from "./picture-shape.ts";
import { type PictureWindow, type ReceptiveField, receptiveFieldOf } from "./receptive-field.ts";

/** A part of one example: a rectangle, and its numbers. */
export interface Patch extends PictureWindow {
  readonly channels: number;
  /** [height, width, channels]; 0 where it reaches out of the picture. */
  readonly values: ArrayLike<number>;
}

/** What one example makes of a unit. */
export interface UnitResponse {
  /** Its place among the examples. */
  readonly row: number;
  readonly value: number;
  /** Where in the layer's output: [row, column] of a map; empty for a unit without a place. */
  readonly at: readonly number[];
  /** What the unit saw there; null where it saw the whole example. */
  readonly patch: Patch | null;
}

/** The strongest responses of one unit, or of one channel. */
export interface UnitResponses {
  readonly layer: string;
  readonly unit: number;
  /** The largest first, one for an example. */
  readonly responses: readonly UnitResponse[];
}

/** Options of strongestOf(). */
export interface StrongestOptions {
  readonly layer: string;
  /** Units of a dense layer, channels of maps; all by default. */
  readonly units?: readonly number[];
  /** How many responses of each; 9 by default. */
  readonly most?: number;
}

const OPTIONS: Kinds<StrongestOptions> = { layer: text, units: listOf(index), most: count };

/**
 * For each unit the examples with its largest outputs; in a layer of maps where in the map, and the patch
 * of the picture that it saw there. Numbers that are not finite do not count.
 * @param x examples along the first axis
 * @throws ArgumentError for a layer or units that are not there
 */
export function strongestOf(model: Model, x: RowsOf, options: StrongestOptions): UnitResponses[] {
  const where = "strongestOf";
  expectOptions(where, options, OPTIONS, ["layer"]);
  const { layer, most = 9 } = options;
  const placed = layerOf(where, model, layer);
  const rows = oneInput(where, model, x);
  const shape = placed.outputShape;
  const channels = shape.at(-1) ?? 1;
  const units = options.units ?? Array.from({ length: channels }, (_, unit) => unit);
  const wrong = units.find((unit) => unit >= channels);
  if (wrong !== undefined) {
    throw new ArgumentError(
      `${where}: expected units from 0 to ${channels - 1} of "${layer}", received ${wrong}`,
    );
  }
  const best = strongestPlaces(model, layer, rows, { units, most, channels, size: sizeOf(shape) });
  const fieldAt = fieldsOf(model, layer, shape);
  return units.map((unit, i) => ({
    layer,
    unit,
    responses: best[i]!.map(({ row, value, place }) => {
      const at = coordinates(Math.floor(place / channels), shape.slice(0, -1));
      const field = fieldAt(at);
      return { row, value, at, patch: field && cutPatch(rows, row, field) };
    }),
  }));
}

interface Found {
  readonly row: number;
  readonly value: number;
  /** Within one example's output. */
  readonly place: number;
}

function strongestPlaces(
  model: Model,
  layer: string,
  rows: NdArray,
  wanted: { units: readonly number[]; most: number; channels: number; size: number },
): Found[][] {
  const { units, most, channels, size } = wanted;
  const best: Found[][] = units.map(() => []);
  for (const { from, outputs } of outputsOfLayers(model, [layer], rows)) {
    const { data } = outputs[0]!;
    for (let start = 0; start < data.length; start += size) {
      units.forEach((unit, i) => {
        let [value, place] = [-Infinity, -1];
        for (let p = unit; p < size; p += channels) {
          const here = data[start + p]!;
          if (here > value && here !== Infinity) [value, place] = [here, p];
        }
        const list = best[i]!;
        if (place < 0 || (list.length === most && value <= list.at(-1)!.value)) return;
        const after = list.findIndex((other) => other.value < value);
        list.splice(after < 0 ? list.length : after, 0, { row: from + start / size, value, place });
        if (list.length > most) list.pop();
      });
    }
  }
  return best;
}

/** What a unit sees at a place; null for layers whose units see everything. */
function fieldsOf(model: Model, layer: string, shape: readonly number[]) {
  if (shape.length !== 3) return () => null;
  try {
    receptiveFieldOf(model, layer, [0, 0]);
  } catch (error) {
    if (error instanceof NeuriteError) return () => null;
    throw error;
  }
  return (at: readonly number[]) => receptiveFieldOf(model, layer, [at[0]!, at[1]!]);
}

/** The numbers of one example under a rectangle, 0 beyond its edges. */
export function cutPatch(
  { data }: NdArray,
  row: number,
  { top, left, height, width, picture }: PictureWindow & Pick<ReceptiveField, "picture">,
): Patch {
  const [rows, columns, channels]: PictureShape = picture;
  const values = new Float64Array(height * width * channels);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [py, px] = [top + y, left + x];
      if (py < 0 || px < 0 || py >= rows || px >= columns) continue;
      const from = ((row * rows + py) * columns + px) * channels;
      values.set(data.subarray(from, from + channels), (y * width + x) * channels);
    }
  }
  return { top, left, height, width, channels, values };
}

function coordinates(place: number, shape: readonly number[]): number[] {
  const at: number[] = [];
  for (const length of shape.toReversed()) {
    at.unshift(place % length);
    place = Math.floor(place / length);
  }
  return at;
}
