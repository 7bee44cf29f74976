// Random programs for the simplifier: of every element type, full of what it looks for, and of numbers
// that tell what is exact from what is almost so.

import fc from "fast-check";
import { allocate, DTYPES, type DType, isFloat } from "../../ir/dtype.ts";
import { type Graph, makeGraph, Value } from "../../ir/graph.ts";
import type { Builder, OpName } from "../../ir/op-table.ts";
import { sizeOf } from "../../ir/shape.ts";
import { sameType, type TensorType } from "../../ir/type.ts";
import { graphBuilder } from "../../ops/builder.ts";
import type { NdArray } from "../../ops/define.ts";
import { emit } from "../../ops/emit.ts";
import { fill } from "../../ops/fill.ts";
import { numbersFrom } from "../../ops/samples.testing.ts";

const FLOATS = [0, -0, 1, -1, 0.5, 2, -3.7, 5e-324, 1e-45, -3e38, Infinity, -Infinity, NaN];
const SPECIAL: Readonly<Record<DType, readonly number[]>> = {
  float32: FLOATS,
  float64: FLOATS,
  int32: [0, 1, -1, 2, 7, -300, 2 ** 31 - 1, -(2 ** 31)],
  uint8: [0, 1, 2, 7, 128, 255],
  bool: [0, 1],
};
const SHAPES = [[], [3], [2, 3], [1, 3], [3, 1], [2, 1, 2], [0, 2]] as const;
const UNARY = [
  "neg",
  "neg",
  "floor",
  "round",
  "sqrt",
  "not",
  "not",
  "stopGradient",
  "sin",
] as const;
const BINARY = [
  ...(["add", "add", "sub", "sub", "mul", "mul", "div", "div", "max", "min"] as const),
  ...(["eq", "lt", "and", "or", "pow", "mod"] as const),
];

/** An array of awkward numbers. */
export function awkward({ dtype, shape }: TensorType, seed: number): NdArray {
  const next = numbersFrom(seed);
  const data = allocate(dtype, sizeOf(shape));
  const numbers = SPECIAL[dtype];
  for (let i = 0; i < data.length; i++) data[i] = numbers[Math.floor(next() * numbers.length)]!;
  return { dtype, shape, data };
}

export interface Algebra {
  readonly graph: Graph;
  readonly inputs: readonly NdArray[];
  readonly seeds: readonly number[];
}

/** Programs of a few dozen ops; each seed adds one, so that they shrink. */
export function randomAlgebra(dtypes: readonly DType[] = DTYPES): fc.Arbitrary<Algebra> {
  return fc
    .array(fc.nat(), { minLength: 5, maxLength: 40, size: "max" })
    .map((seeds) => follow(seeds, dtypes));
}

function follow(seeds: readonly number[], dtypes: readonly DType[]): Algebra {
  const types = dtypes.flatMap((dtype) => SHAPES.map((shape) => ({ dtype, shape })));
  const inputs = types.map((type) => new Value(type));
  const draft = new AlgebraDraft(inputs, dtypes);
  for (const seed of seeds) draft.step(seed);
  const graph = makeGraph(inputs, draft.outputs());
  return { graph, inputs: inputs.map(({ type }, i) => awkward(type, (seeds[0] ?? 0) + i)), seeds };
}

class AlgebraDraft {
  readonly #o: Builder<Value> = graphBuilder();
  readonly #values: Value[];
  readonly #given: number;
  readonly #dtypes: readonly DType[];
  #draw: () => number = () => 0;

  constructor(inputs: readonly Value[], dtypes: readonly DType[]) {
    this.#values = [...inputs];
    this.#given = inputs.length;
    this.#dtypes = dtypes;
  }

  /** The last few values, and some from the middle. */
  outputs(): Value[] {
    const made = this.#values.slice(this.#given);
    return made.filter((_, i) => i >= made.length - 3 || i % 5 === 0);
  }

  /** One more op. What its type rule refuses is left out. */
  step(seed: number): void {
    this.#draw = numbersFrom(seed);
    const moves = [this.#unary, this.#binary, this.#binary, this.#binary, this.#where];
    const more = [this.#cast, this.#movement, this.#movement, this.#reduction];
    try {
      const value = this.#pick([...moves, ...more]).call(this);
      if (sizeOf(value.type.shape) <= 24 && value.type.shape.length <= 3) this.#values.push(value);
    } catch {
      // Not for these operands.
    }
  }

  #pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.#draw() * list.length)]!;
  }

  #any(): Value {
    const recent = this.#values.slice(-6);
    return this.#pick(this.#draw() < 0.6 ? recent : this.#values);
  }

  /** Another value like `x`: itself, one of its type, its opposite or a constant. */
  #like(x: Value): Value {
    const choice = this.#draw();
    if (choice < 0.1) return x;
    if (choice < 0.2 && x.type.dtype !== "bool") return this.#o.neg(this.#sameType(x));
    return choice < 0.5 ? this.#constant(x.type) : this.#sameType(x);
  }

  #sameType(x: Value): Value {
    return this.#pick(this.#values.filter(({ type }) => sameType(type, x.type)));
  }

  #constant(type: TensorType): Value {
    if (this.#draw() < 0.2) return this.#o.constant(awkward(type, this.#draw() * 1e9));
    const number = this.#pick(SPECIAL[type.dtype].slice(0, 6));
    if (this.#draw() < 0.7) return fill(this.#o, type, number);
    const data = allocate(type.dtype, sizeOf(type.shape)).fill(number);
    return this.#o.constant({ ...type, data });
  }

  #op(name: OpName, ...inputs: Value[]): Value {
    return emit(this.#o, name, inputs, null)[0]!;
  }

  #unary(): Value {
    return this.#op(this.#pick(UNARY), this.#any());
  }

  #binary(): Value {
    const x = this.#any();
    const pair = [x, this.#like(x)];
    return this.#op(this.#pick(BINARY), ...(this.#draw() < 0.5 ? pair : pair.reverse()));
  }

  #where(): Value {
    const x = this.#any();
    const isBool = { dtype: "bool", shape: x.type.shape } as const;
    const other = this.#like(x);
    const condition =
      this.#draw() < 0.3 ? this.#constant(isBool) : this.#op("lt", x, this.#like(x));
    const choice = this.#draw() < 0.5 ? condition : this.#op("not", condition);
    const chosen = this.#op("where", choice, x, other);
    return this.#draw() < 0.3 ? this.#op("where", condition, chosen, this.#like(x)) : chosen;
  }

  #cast(): Value {
    const [first, second] = [this.#pick(this.#dtypes), this.#pick(this.#dtypes)];
    const once = this.#o.cast(this.#any(), { dtype: first });
    return this.#draw() < 0.5 ? once : this.#o.cast(once, { dtype: second });
  }

  #movement(): Value {
    const x = this.#any();
    const { shape } = x.type;
    const axes = shape.map((_, axis) => axis);
    const some = () => axes.filter(() => this.#draw() < 0.5);
    const few = () => axes.map(() => Math.floor(this.#draw() * 2));
    const o = this.#o;
    const moves = [
      () => o.reshape(x, { shape: [sizeOf(shape)] }),
      () => o.reshape(x, { shape: shape.toReversed() }),
      () => o.transpose(x, { perm: this.#draw() < 0.5 ? axes.toReversed() : axes }),
      () => o.expand(x, { shape: shape.map((dim) => (dim === 1 && this.#draw() < 0.7 ? 2 : dim)) }),
      () => o.pad(x, { low: few(), high: few(), interior: few() }),
      () => o.slice(x, { start: few(), end: shape, step: few().map((n) => n + 1) }),
      () => o.flip(x, { axes: some() }),
      () => o.concat(...[x, x, x].slice(0, 1 + Math.floor(this.#draw() * 3)), { axis: 0 }),
      () => o.concat(x, this.#like(x), { axis: 0 }),
    ];
    return this.#pick(moves)();
  }

  #reduction(): Value {
    const x = this.#any();
    const axes = x.type.shape.flatMap((_, axis) => (this.#draw() < 0.4 ? [axis] : []));
    if (this.#draw() < 0.5 && !axes.some((axis) => x.type.shape[axis] === 0)) {
      return this.#o.reduceMax(x, { axes });
    }
    const total = this.#o.sum(x, { axes });
    return isFloat(total.type.dtype) ? this.#o.sum(total, { axes: [] }) : total;
  }
}
