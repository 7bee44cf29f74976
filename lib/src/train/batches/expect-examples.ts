// What training demands of examples: as many of each, of the right shape, and finite.

import { ArgumentError, NumberError, ShapeError } from "../../checks/errors.ts";
import { allFinite } from "../../ir/all-finite.ts";
import { isFloat } from "../../ir/dtype.ts";
import { type Shape, showShape, sizeOf } from "../../ir/shape.ts";
import type { NdArray } from "../../ops/define.ts";

/**
 * The number of examples.
 * @throws ShapeError where arrays differ, ArgumentError where there are none
 */
export function expectSameCount(
  where: string,
  x: readonly NdArray[],
  y: readonly NdArray[],
): number {
  const count = x[0]!.shape[0]!;
  const differs = (array: NdArray) => array.shape[0] !== count;
  const input = x.find(differs);
  const target = y.find(differs);
  const first = showShape(x[0]!.shape);
  if (input) {
    throw new ShapeError(
      `${where}: expected as many examples in every input, received ${first} and ` +
        showShape(input.shape),
    );
  }
  if (target) {
    throw new ShapeError(
      `${where}: expected as many targets as examples, received ${first} and ` +
        showShape(target.shape),
    );
  }
  if (count === 0)
    throw new ArgumentError(`${where}: expected at least one example, received none`);
  return count;
}

/** @throws ShapeError unless each array holds examples of an input's shape */
export function expectInputShapes(
  where: string,
  x: readonly NdArray[],
  shapes: readonly Shape[],
): void {
  x.forEach((array, i) => {
    const wanted = shapes[i]!;
    const row = array.shape.slice(1);
    if (row.length === wanted.length && row.every((length, axis) => length === wanted[axis]))
      return;
    const name = x.length === 1 ? "input" : `input ${i}`;
    throw new ShapeError(
      `${where}: expected ${name} of shape [${["batch", ...wanted].join(", ")}], ` +
        `received ${showShape(array.shape)}`,
    );
  });
}

/**
 * Training on NaN or infinity makes NaN of every weight: their place is named before that.
 * @param gaps for each input whether NaN in it is a gap, which the network fills
 * @throws NumberError saying which row and column
 */
export function expectFiniteExamples(
  where: string,
  x: readonly NdArray[],
  y: readonly NdArray[],
  gaps: readonly boolean[] = [],
): void {
  [...x, ...y].forEach((array, input) => {
    if (!isFloat(array.dtype) || allFinite(array.data)) return;
    const fits = gaps[input] ? (value: number) => Math.abs(value) !== Infinity : Number.isFinite;
    const at = array.data.findIndex((value: number) => !fits(value));
    if (at < 0) return;
    const [own, name, i] =
      input < x.length ? ([x, "x", input] as const) : ([y, "y", input - x.length] as const);
    const what = Number.isNaN(array.data[at]) ? "NaN" : "an infinity";
    const of = own.length === 1 ? name : `${name}[${i}]`;
    throw new NumberError(
      `${where}: input ${input} holds ${what}, in ${placeOf(array, at)} of ${of} (counted from 0)`,
      { isGiven: true },
    );
  });
}

/** `row 3`, `row 3, column 5`, `row 3, at [0, 5, 2] there`. */
function placeOf({ shape: [, ...row] }: NdArray, at: number): string {
  const size = sizeOf(row);
  const where = `row ${Math.floor(at / size)}`;
  if (row.length === 0) return where;
  let rest = at % size;
  if (row.length === 1) return `${where}, column ${rest}`;
  const places = [...row].reverse().map((length) => {
    const place = rest % length;
    rest = (rest - place) / length;
    return place;
  });
  return `${where}, at [${places.reverse().join(", ")}] there,`;
}
