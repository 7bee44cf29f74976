// Ops that run without a compilation of their own give the bits of programs, and compile nothing.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { allocate, type DType } from "../../../ir/dtype.ts";
import { type Graph, makeGraph, Value } from "../../../ir/graph.ts";
import type { OpName, OpParams } from "../../../ir/op-table.ts";
import { type Shape, sizeOf } from "../../../ir/shape.ts";
import { addNode } from "../../../ops/builder.ts";
import type { NdArray } from "../../../ops/define.ts";
import { CASES, caseIn, drawInputs, numbersFrom } from "../../../ops/samples.testing.ts";
import { createWasmEngine } from "../index.ts";

const engine = createWasmEngine({ threads: 1 });
const separate = createWasmEngine({ threads: 1, deterministic: true });
const DTYPES = ["float32", "float64", "int32", "uint8", "bool"] as const;

function graphFor(name: OpName, inputs: readonly NdArray[], params: OpParams<OpName>): Graph {
  const values = inputs.map(({ dtype, shape }) => new Value({ dtype, shape }));
  return makeGraph(values, addNode(name, values, params));
}

/** True where the op ran directly: its results are then the program's, to the sign of zero. */
function ranAlike(
  name: OpName,
  inputs: readonly NdArray[],
  params: OpParams<OpName>,
  by = engine,
): boolean {
  const graph = graphFor(name, inputs, params);
  const types = graph.outputs.map(({ type }) => type);
  const direct = by.direct!(name, inputs, params, types);
  if (direct === null) return false;
  const program = by.compile(graph).run(inputs.map(({ data }) => data));
  direct.forEach((array, i) => {
    const other = program[i]!;
    expect([array.constructor, array.length]).toEqual([other.constructor, other.length]);
    const at = array.findIndex((x, j) => !Object.is(x, other[j]));
    expect(at < 0 || { name, at, direct: array[at], program: other[at] }).toBe(true);
  });
  return true;
}

/** Numbers of all sizes, zeros of both signs and, but among integers, what is no number. */
function awkward(dtype: DType, shape: Shape, seed: number): NdArray {
  const next = numbersFrom(seed);
  const data = allocate(dtype, sizeOf(shape));
  const special = [0, -0, 1, -1, 2, Infinity, -Infinity, NaN, 1e-42, 3e38, 0.5];
  for (let i = 0; i < data.length; i++) {
    const size = (next() - 0.5) * 10 ** Math.floor(next() * 12 - 4);
    data[i] = next() < 0.3 ? special[Math.floor(next() * special.length)]! : size;
    if (dtype === "bool") data[i] = next() < 0.5 ? 1 : 0;
  }
  return { dtype, shape, data };
}

test("every sample of every op but convolutions, in every element type", () => {
  const compiled = new Set<OpName>();
  for (const dtype of DTYPES) {
    for (const given of CASES) {
      const one = caseIn(dtype, given) ?? given;
      if (one.name === "customTangent" || one.name === "constant") continue;
      if (!ranAlike(one.name, drawInputs(one), one.params)) compiled.add(one.name);
    }
  }
  expect([...compiled].sort()).toEqual(["conv", "convGradInput", "convGradKernel"]);
});

const UNARY = ["exp", "expm1", "log", "log1p", "sin", "cos", "tanh", "sigmoid", "erf", "sqrt"];
const ROUNDING = ["floor", "round", "neg"];
const BINARY = ["add", "sub", "mul", "div", "max", "min", "pow", "mod", "eq", "lt"];

describe.each(["float32", "float64"] as const)("elementwise ops of %s", (dtype) => {
  test.each([1, 7, 16, 17, 63, 64, 65, 300, 4096, 9000])("on %i elements", (length) => {
    const [a, b] = [awkward(dtype, [length], 1), awkward(dtype, [length], 2)];
    for (const name of [...UNARY, ...ROUNDING] as OpName[]) {
      expect(ranAlike(name, [a], null)).toBe(true);
    }
    for (const name of BINARY as OpName[]) expect(ranAlike(name, [a, b], null)).toBe(true);
    for (const to of DTYPES) expect(ranAlike("cast", [a], { dtype: to })).toBe(true);
    const condition = awkward("bool", [length], 3);
    expect(ranAlike("where", [condition, a, b], null)).toBe(true);
  });
});

test.each(["int32", "uint8"] as const)("elementwise ops of %s", (dtype) => {
  for (const length of [1, 63, 64, 300]) {
    const [a, b] = [awkward(dtype, [length], 1), awkward(dtype, [length], 2)];
    for (const name of ["add", "sub", "mul", "div", "max", "min", "eq", "lt"] as OpName[]) {
      expect(ranAlike(name, [a, b], null)).toBe(true);
    }
    for (const to of DTYPES) expect(ranAlike("cast", [a], { dtype: to })).toBe(true);
  }
});

const shapes = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 0, maxLength: 4 });

test("sums and maxima over any axes of any shape", () => {
  const axes = fc.array(fc.boolean(), { minLength: 4, maxLength: 4 });
  const dtypes = fc.constantFrom("float32", "float64", "int32");
  const check = fc.property(shapes, axes, dtypes, fc.nat(), (shape, chosen, dtype, seed) => {
    const x = awkward(dtype as DType, shape, seed);
    const params = { axes: shape.flatMap((_, axis) => (chosen[axis] ? [axis] : [])) };
    expect(ranAlike("sum", [x], params)).toBe(true);
    const isEmpty = params.axes.some((axis) => shape[axis] === 0);
    if (!isEmpty) expect(ranAlike("reduceMax", [x], params)).toBe(true);
  });
  fc.assert(check, { numRuns: 300, seed: 5 });
});

test.each([
  { shape: [3, 48], axes: [1] },
  { shape: [48], axes: [0] },
  { shape: [304, 9], axes: [0] },
  { shape: [7, 48], axes: [0, 1] },
  { shape: [9, 30, 16], axes: [0, 2] },
  { shape: [6, 8, 30], axes: [0, 1] },
])("the order of a sum of $shape over $axes", ({ shape, axes }) => {
  // Of eight neighbours along the last of the axes each has its opposite, in another of four sums: what
  // is left is how each double was rounded, so that any other order gives other numbers.
  const next = numbersFrom(3);
  const axis = axes.at(-1)!;
  const inner = sizeOf(shape.slice(axis + 1));
  const data = new Float32Array(sizeOf(shape));
  for (let i = 0; i < data.length; i++) {
    const place = (Math.floor(i / inner) % shape[axis]!) % 8;
    const opposite = data[i - (2 * place - 7) * inner]!;
    data[i] = place > 3 ? -opposite : (next() - 0.5) * 10 ** Math.floor(next() * 18);
  }
  expect(ranAlike("sum", [{ dtype: "float32", shape, data }], { axes })).toBe(true);
});

test.each([
  ["with one rounding", engine],
  ["with two", separate],
] as const)("products of any shape, %s", (_, by) => {
  const length = fc.integer({ min: 0, max: 40 });
  const check = fc.property(
    fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 2 }),
    fc.tuple(length, length, length),
    fc.nat(),
    (lead, [m, k, n], seed) => {
      const next = numbersFrom(seed);
      const random = (shape: Shape): NdArray => {
        const data = Float32Array.from({ length: sizeOf(shape) }, () => next() * 4 - 2);
        return { dtype: "float32", shape, data };
      };
      ranAlike("matmul", [random([...lead, m, k]), random([...lead, k, n])], null, by);
    },
  );
  fc.assert(check, { numRuns: 150, seed: 6 });
});

test("a product of one shape is compiled when it has come often, a small one never", () => {
  const own = createWasmEngine({ threads: 1 });
  const times = (n: number, count: number) => {
    const a: NdArray = { dtype: "float32", shape: [n, n], data: new Float32Array(n * n).fill(1) };
    const type = { dtype: "float32", shape: [n, n] } as const;
    return Array.from(
      { length: count },
      () => own.direct!("matmul", [a, a], null, [type]) !== null,
    );
  };
  expect(times(8, 100)).not.toContain(false);
  expect(times(40, 100).indexOf(false)).toBeGreaterThan(1);
  expect(times(41, 1)).toEqual([true]);
  expect(times(200, 1)).toEqual([false]);
});
