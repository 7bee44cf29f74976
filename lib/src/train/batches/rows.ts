// What users hand in as examples, read into arrays and looked at before anything is computed.

import { show } from "../../checks/arguments.ts";
import { ArgumentError, ShapeError } from "../../checks/errors.ts";
import { type DType, naturalDType } from "../../ir/dtype.ts";
import type { NdArray } from "../../ops/define.ts";
import { expectArray } from "../../ops/nd-array.ts";
import { flattenNested, type Nested } from "../../runtime/values/nested.ts";
import { elementsOf, Tensor } from "../../runtime/values/tensor.ts";

/** Numbers without a type of their own: nested arrays, a typed array, or a list of these, a row each. */
export type PlainRows = readonly Nested[] | TypedRows | readonly TypedRows[];
type TypedRows = ArrayBufferView & ArrayLike<number>;

/**
 * What fit(), evaluate() and predict() take: a tensor, an array as data sets hold them, or plain numbers,
 * which become floats of the model's element type. For several inputs or outputs, a list of these.
 */
export type Rows = Tensor | NdArray | PlainRows;
/** The rows of all inputs or all targets: of one, or a list with one entry for each. */
export type RowsOf = Rows | readonly Rows[];

/** What is read, as errors name it, and what is expected there. */
interface Wanted {
  /** The function that was called. */
  readonly where: string;
  readonly name: "x" | "y" | "sampleWeight" | "mask";
  /** How many arrays: a network may have several inputs or outputs. */
  readonly count: number;
  /** The element type for plain numbers. */
  readonly dtype: DType;
}

/**
 * Inputs or targets as arrays, each with the examples along its first axis.
 * @throws ArgumentError for what holds no examples, or another number of arrays
 * @throws ShapeError where rows differ in length, or data do not fill their shape
 * @throws DTypeError where data are not of the element type that goes with them
 */
export function readRows(examples: unknown, wanted: Wanted): NdArray[] {
  return listOf(examples, wanted).map((one, i) => {
    const name = wanted.count === 1 ? wanted.name : `${wanted.name}[${i}]`;
    const array = read(one, wanted, name);
    if (array.shape.length > 0) return array;
    throw new ShapeError(
      `${wanted.where}: expected examples along the first axis of ${name}, received a scalar`,
    );
  });
}

/** A network of one input takes it without a list, too; only there may a list be one of plain numbers. */
function listOf(examples: unknown, { where, name, count }: Wanted): readonly unknown[] {
  const isList = Array.isArray(examples);
  if (count === 1 && !(isList && examples.some(isArray))) return [examples];
  if (isList && examples.length === count) return examples;
  const parts = `${count} ${name === "x" ? "input" : "output"}${count === 1 ? "" : "s"}`;
  const received = isList ? `a list of ${examples.length}` : show(examples);
  throw new ArgumentError(
    `${where}: expected ${name} to hold ${count === 1 ? "one array" : `a list of ${count} arrays`}, ` +
      `since the network has ${parts}, received ${received}`,
  );
}

/** A tensor, or an array that says what it is. */
function isArray(x: unknown): x is Tensor | NdArray {
  if (x instanceof Tensor) return true;
  return typeof x === "object" && x !== null && !ArrayBuffer.isView(x) && "data" in x;
}

function read(given: unknown, { where, dtype }: Wanted, name: string): NdArray {
  if (given instanceof Tensor) return { ...given.type, data: elementsOf(given) };
  if (isArray(given)) return expectArray(where, name, given);
  if (!Array.isArray(given) && naturalDType(given) === undefined) {
    if (typeof given === "number") {
      throw new ShapeError(
        `${where}: expected examples along the first axis of ${name}, received a scalar`,
      );
    }
    throw new ArgumentError(
      `${where}: expected ${name} to be a tensor, an array { dtype, shape, data }, a typed array or ` +
        `nested arrays of numbers, received ${show(given)}`,
    );
  }
  const { type, known } = flattenNested(`${where}: ${name}`, given, dtype);
  return { ...type, data: known };
}
