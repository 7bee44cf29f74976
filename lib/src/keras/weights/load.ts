// Arrays of Keras as the variables of a model of ours.

import { FileError } from "../../checks/errors.ts";
import type { StoredTensor } from "../../formats/stored-tensor.ts";
import { type Shape, showShape, sizeOf } from "../../ir/shape.ts";
import type { FloatDType } from "../../spec/parts.ts";
import type { Slot } from "./slots.ts";

/** An array that is not read yet. */
export interface FoundArray {
  /** Where it was found, as errors and notes name it. */
  readonly place: string;
  readonly shape: Shape | null;
  readonly read: () => StoredTensor;
}

/** The array of each weight. @throws FileError where one is missing, or there are others */
export type FindArrays = (slots: readonly Slot[]) => readonly FoundArray[];

/** @throws FileError for an array that is not there, of another shape, or of no floats */
export function placeArrays(
  slots: readonly Slot[],
  arrays: readonly FoundArray[],
  dtype: FloatDType,
): { readonly weights: Map<string, StoredTensor>; readonly notes: string[] } {
  slots.forEach((slot, i) => {
    expectShape(slot, arrays[i]!);
  });
  const weights = new Map<string, StoredTensor>();
  const notes: string[] = [];
  slots.forEach((slot, i) => {
    const { place, read } = arrays[i]!;
    const tensor = read();
    if (tensor.dtype !== "float32" && tensor.dtype !== "float64") {
      throw new FileError(`Keras: "${place}" holds ${tensor.dtype}, expected floats`);
    }
    let at = 0;
    for (const { name, shape } of slot.ours) {
      const size = sizeOf(shape);
      const part = tensor.data.subarray(at, at + size) as Float32Array | Float64Array;
      const data = dtype === "float64" ? Float64Array.from(part) : Float32Array.from(part);
      weights.set(name, { dtype, shape, data });
      at += size;
    }
    const own = slot.ours.map(({ name, shape }) => `${name} ${showShape(shape)}`).join(", ");
    const says = slot.says === undefined ? "" : ` (${slot.says})`;
    notes.push(`${slot.layer}/${slot.longName} ${showShape(slot.shape)} -> ${own}${says}`);
  });
  return { weights, notes };
}

function expectShape(slot: Slot, { place, shape }: FoundArray): void {
  if (shape && showShape(shape) === showShape(slot.shape)) return;
  throw new FileError(
    `Keras: "${place}" is ${shape ? showShape(shape) : "no array"}, expected ${showShape(slot.shape)} ` +
      `for the ${slot.longName} of layer "${slot.layer}"`,
  );
}
