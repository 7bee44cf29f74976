// A random program in the making: the values so far, and ways to choose among them.

import { allocate } from "../ir/dtype.ts";
import type { Value } from "../ir/graph.ts";
import type { Builder, OpName } from "../ir/op-table.ts";
import { type Shape, sizeOf } from "../ir/shape.ts";
import { fill } from "../ops/fill.ts";

const MOST_AXES = 4;
/** Ops that all engines compute alike to the bit, in float32 too; others differ by roundings. */
const EXACT: ReadonlySet<OpName> = new Set([
  ...(["constant", "add", "sub", "mul", "div", "neg", "sqrt", "floor", "max", "min"] as const),
  ...(["eq", "lt", "or", "not", "where", "cast", "stopGradient"] as const),
  ...(["reshape", "transpose", "expand", "pad", "slice", "flip", "concat"] as const),
  ...(["reduceMax", "argmax", "gather"] as const),
]);

/** True where every engine computes a value to the bit, wherever it may be cut or compared. */
export function isExact({ node }: Value): boolean {
  return node === null || (EXACT.has(node.op) && node.inputs.every(isExact));
}

/** What may exceed this is brought back to [-1, 1]. */
const LARGEST = 20;

export class Draft {
  readonly o: Builder<Value>;
  readonly dtype: "float32" | "float64";
  /** Uniform in [0, 1): set anew for each step, so that steps can be left out. */
  draw: () => number = () => 0;
  /** Larger arrays are not made. */
  readonly #most: number;
  readonly #values: Value[];
  /** Bounds on the size of each value's elements. */
  readonly #bounds: Map<Value, number>;

  constructor(
    o: Builder<Value>,
    dtype: "float32" | "float64",
    inputs: readonly Value[],
    most: number,
  ) {
    this.o = o;
    this.#most = most;
    this.dtype = dtype;
    this.#values = [...inputs];
    this.#bounds = new Map(inputs.map((value) => [value, 1]));
  }

  /** Keeps a result, unless it is large; where its elements may be, their sines. */
  keep(value: Value, bound: number): void {
    const { shape } = value.type;
    if (sizeOf(shape) > this.#most || shape.length > MOST_AXES) return;
    const kept = bound > LARGEST ? this.o.sin(value) : value;
    this.#values.push(kept);
    this.#bounds.set(kept, bound > LARGEST ? 1 : bound);
  }

  bound(value: Value): number {
    return this.#bounds.get(value)!;
  }

  newest(): Value {
    return this.#values.at(-1)!;
  }

  /** One of the values, newer ones rather than older. */
  any(): Value {
    const back = Math.floor(this.draw() ** 2 * this.#values.length);
    return this.#values[this.#values.length - 1 - back]!;
  }

  /**
   * One of the values for an op that jumps: one rounding before a jump is another result behind it, and
   * the float32 functions of engines differ by roundings. float64 functions do not.
   */
  steady(): Value {
    if (this.dtype === "float64") return this.any();
    const exact = this.#values.filter(isExact);
    return exact[exact.length - 1 - Math.floor(this.draw() ** 2 * exact.length)]!;
  }

  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number {
    return low + Math.floor(this.draw() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.draw() < probability;
  }

  /** `x` in this shape: as it is, its total copied over it, or its elements in turn. */
  fit(x: Value, shape: Shape): Value {
    const { o } = this;
    const size = sizeOf(x.type.shape);
    if (String(x.type.shape) === String(shape)) return x;
    if (size === 0) return this.constant(shape);
    if (size === sizeOf(shape)) return o.reshape(x, { shape });
    const ones = shape.map(() => 1);
    if (this.chance(0.3)) {
      const largest = o.reduceMax(x, { axes: x.type.shape.map((_, axis) => axis) });
      return o.expand(o.reshape(largest, { shape: ones }), { shape });
    }
    const turns = Array.from({ length: sizeOf(shape) }, (_, i) => i % size);
    return o.gather(o.reshape(x, { shape: [size] }), this.indices(turns, shape));
  }

  indices(elements: readonly number[], shape: Shape): Value {
    return this.o.constant({ data: Int32Array.from(elements), dtype: "int32", shape });
  }

  /** Numbers of the program's own. */
  constant(shape: Shape): Value {
    const data = allocate(this.dtype, sizeOf(shape));
    for (let i = 0; i < data.length; i++) data[i] = 2 * this.draw() - 1;
    return this.o.constant({ data, dtype: this.dtype, shape });
  }

  /** x^2 + 1/2, for ops that need a positive operand. */
  positive(x: Value): Value {
    return this.o.add(this.o.mul(x, x), fill(this.o, x.type, 0.5));
  }
}
