// Nested JavaScript arrays to flat data and back.

import { show } from "../../checks/arguments.ts";
import { ArgumentError, DTypeError, ShapeError } from "../../checks/errors.ts";
import {
  allocate,
  type DataArray,
  type DType,
  holds,
  type NumberArray,
  naturalDType,
} from "../../ir/dtype.ts";
import { showShape, sizeOf } from "../../ir/shape.ts";
import type { TensorType } from "../../ir/type.ts";
import { element } from "./element.ts";

/** A number or boolean, or arrays of them to any depth, each level of equal lengths. */
export type Nested = number | boolean | readonly Nested[];

/** The nested arrays of row-major data. */
export function nest(data: DataArray, { dtype, shape }: TensorType): Nested {
  let next = 0;
  const build = (axis: number): Nested => {
    if (axis === shape.length) {
      const element = data[next++]!;
      return dtype === "bool" ? element !== 0 : element;
    }
    return Array.from({ length: shape[axis]! }, () => build(axis + 1));
  };
  return build(0);
}

/** Axes that nested data may have: more than any has, and a list that holds itself ends here. */
const DEEPEST = 64;

/** Flat data and what it is. */
export interface Flattened {
  readonly type: TensorType;
  readonly known: DataArray;
}

/**
 * Row-major data of nested arrays, copied.
 * @param op the function that asks, as errors name it
 * @param asked the element type; if not given, the data's own: float32 for numbers, bool for booleans,
 * and for typed arrays the type that holds their numbers
 * @throws ShapeError where rows have different lengths
 * @throws DTypeError for a mixture of element types
 * @throws ArgumentError for what is neither a number nor a boolean, and for a number that the element
 * type does not include
 */
export function flattenNested(op: string, nested: unknown, asked?: DType): Flattened {
  const shape: number[] = [];
  let own: DType | undefined;
  let level = nested;
  while (isList(level)) {
    if (shape.length === DEEPEST) {
      throw new ShapeError(`${op}: lists nest deeper than ${DEEPEST}; does one hold itself?`);
    }
    shape.push(level.length);
    own = naturalDType(level);
    level = level[0];
  }
  own ??= typeof level === "boolean" ? "bool" : "float32";
  const type = { dtype: asked ?? own, shape };
  return { type, known: new Filler(op, type, own, asked !== undefined).fill(nested) };
}

function isList(level: unknown): level is readonly unknown[] | NumberArray {
  return Array.isArray(level) || naturalDType(level) !== undefined;
}

/** Fills one array with nested data, and knows where it stands. */
class Filler {
  readonly #op: string;
  readonly #type: TensorType;
  /** What the first element asks for, and all others must. */
  readonly #own: DType;
  readonly #isAsked: boolean;
  readonly #known: DataArray;
  readonly #place: number[] = [];
  #next = 0;

  constructor(op: string, type: TensorType, own: DType, isAsked: boolean) {
    this.#op = op;
    this.#type = type;
    this.#own = own;
    this.#isAsked = isAsked;
    this.#known = allocate(type.dtype, sizeOf(type.shape));
  }

  fill(nested: unknown): DataArray {
    this.#fill(nested, 0);
    return this.#known;
  }

  #fill(level: unknown, axis: number): void {
    const { shape } = this.#type;
    if (axis === shape.length) {
      this.#put(level);
      return;
    }
    if (!isList(level) || level.length !== shape[axis]) throw this.#ragged(level);
    const own = naturalDType(level);
    if (own !== undefined) {
      if (axis !== shape.length - 1) throw this.#ragged(level[0]);
      this.#putRow(level as NumberArray, own);
      return;
    }
    for (let i = 0; i < level.length; i++) {
      this.#place[axis] = i;
      this.#fill(level[i], axis + 1);
    }
    this.#place.length = axis;
  }

  #put(item: unknown): void {
    if (isList(item)) throw this.#ragged(item);
    if (typeof item !== "number" && typeof item !== "boolean") throw this.#notNumber(item);
    this.#expectOwn(typeof item === "boolean" ? "bool" : "float32");
    this.#known[this.#next++] = element(this.#op, Number(item), this.#type.dtype, this.#place);
  }

  #putRow(row: NumberArray, own: DType): void {
    this.#expectOwn(own);
    const { dtype } = this.#type;
    if (holds(dtype, row) && dtype !== "bool") this.#known.set(row, this.#next);
    else {
      const axis = this.#place.length;
      for (let i = 0; i < row.length; i++) {
        this.#place[axis] = i;
        const x = this.#exact(row[i]!);
        this.#known[this.#next + i] = element(this.#op, x, dtype, this.#place);
      }
      this.#place.length = axis;
    }
    this.#next += row.length;
  }

  /** A bigint as a number, where the element type has it. */
  #exact(x: number | bigint): number {
    if (typeof x === "number") return x;
    const number = this.#type.dtype === "float32" ? Math.fround(Number(x)) : Number(x);
    if (BigInt(number) === x) return number;
    throw new ArgumentError(
      `${this.#op}: ${this.#type.dtype} does not have the number ${x} at ${this.#where()}`,
    );
  }

  /** Booleans and numbers never mix; typed arrays of several kinds do where the type is asked for. */
  #expectOwn(own: DType): void {
    if (own === this.#own) return;
    if (this.#isAsked && own !== "bool" && this.#own !== "bool") return;
    const isMixed = own === "bool" || this.#own === "bool";
    throw new DTypeError(
      isMixed
        ? `${this.#op}: expected only numbers or only booleans, received both, at ${this.#where()}`
        : `${this.#op}: ${this.#own} and ${own} side by side, at ${this.#where()}. ` +
            "Say which element type the tensor is to have.",
    );
  }

  #where(): string {
    return showShape(this.#place);
  }

  #notNumber(found: unknown): ArgumentError {
    const at = this.#place.length > 0 ? ` at ${this.#where()}` : "";
    const isTensor = found instanceof Object && "toArray" in found;
    const hint = isTensor ? ". Join tensors with stack()." : "";
    return new ArgumentError(
      `${this.#op}: expected numbers or booleans, received ${show(found)}${at}${hint}`,
    );
  }

  #ragged(found: unknown): ShapeError {
    const what = isList(found) ? `an array of ${found.length}` : `the element ${show(found)}`;
    return new ShapeError(
      `${this.#op}: rows of nested data differ in length: expected shape ` +
        `${showShape(this.#type.shape)}, received ${what} at ${this.#where()}`,
    );
  }
}
