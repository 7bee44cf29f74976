// Which algebra is done, and which is not because it would change a bit.

import { describe, expect, test } from "vitest";
import { evaluate } from "../../engines/reference/evaluate.ts";
import type { DType } from "../../ir/dtype.ts";
import type { Value } from "../../ir/graph.ts";
import { type Build, formulas, o, spread } from "./formula.testing.ts";

const formula = formulas(evaluate);

/** A number like the operand. */
const n = (number: number, { type }: Value) => spread(number, type.shape, type.dtype);

function table(dtype: DType, rows: readonly (readonly [expected: string, build: Build])[]): void {
  test.each(rows)(`${dtype}: %s`, (expected, build) => {
    expect(formula(build, dtype)).toBe(expected);
  });
}

describe.each(["float32", "float64"] as const)("floats", (dtype) => {
  table(dtype, [
    ["a", (a) => o.mul(a!, n(1, a!))],
    ["a", (a) => o.mul(n(1, a!), a!)],
    ["neg(a)", (a) => o.mul(n(-1, a!), a!)],
    ["mul(a, 0)", (a) => o.mul(a!, n(0, a!))], // -1 * 0 = -0, and infinity * 0 = NaN
    ["mul(a, b)", (a, b) => o.mul(o.neg(a!), o.neg(b!))],
    ["add(a, 0)", (a) => o.add(a!, n(0, a!))], // -0 + 0 = 0
    ["a", (a) => o.add(a!, n(-0, a!))],
    ["a", (a) => o.add(n(-0, a!), a!)],
    ["sub(a, b)", (a, b) => o.add(a!, o.neg(b!))],
    ["sub(b, a)", (a, b) => o.add(o.neg(a!), b!)],
    ["a", (a) => o.sub(a!, n(0, a!))],
    ["sub(a, -0)", (a) => o.sub(a!, n(-0, a!))], // -0 - -0 = 0
    ["sub(0, a)", (a) => o.sub(n(0, a!), a!)], // 0 - 0 = 0, not -0
    ["neg(a)", (a) => o.sub(n(-0, a!), a!)],
    ["add(a, b)", (a, b) => o.sub(a!, o.neg(b!))],
    ["sub(a, a)", (a) => o.sub(a!, a!)], // infinity - infinity = NaN
    ["neg(sub(a, b))", (a, b) => o.neg(o.sub(a!, b!))], // -(1 - 1) = -0
    ["a", (a) => o.div(a!, n(1, a!))],
    ["neg(a)", (a) => o.div(a!, n(-1, a!))],
    ["div(a, b)", (a, b) => o.div(o.neg(a!), o.neg(b!))],
    ["div(a, a)", (a) => o.div(a!, a!)],
    ["mul(a, 0.25)", (a) => o.div(a!, n(4, a!))],
    ["mul(a, -8)", (a) => o.div(a!, n(-0.125, a!))],
    ["div(a, 3)", (a) => o.div(a!, n(3, a!))],
    ["div(a, 0)", (a) => o.div(a!, n(0, a!))],
    ["div(a, Infinity)", (a) => o.div(a!, n(Infinity, a!))],
    ["a", (a) => o.neg(o.neg(a!))],
    ["a", (a) => o.pow(a!, n(1, a!))],
    ["pow(a, 2)", (a) => o.pow(a!, n(2, a!))],
    ["floor(a)", (a) => o.floor(o.floor(a!))],
    ["a", (a) => o.max(a!, a!)],
    ["a", (a) => o.min(a!, a!)],
    ["a", (a) => o.max(n(-Infinity, a!), a!)],
    ["a", (a) => o.min(a!, n(Infinity, a!))],
    ["max(a, Infinity)", (a) => o.max(a!, n(Infinity, a!))], // NaN stays
    ["eq(a, a)", (a) => o.eq(a!, a!)],
    ["0", (a) => o.lt(a!, a!)],
    ["a", (a, b) => o.where(o.lt(a!, b!), a!, a!)],
    ["where(lt(a, b), b, a)", (a, b) => o.where(o.not(o.lt(a!, b!)), a!, b!)],
    [
      "where(lt(a, b), a, c)",
      (a, b, c) => o.where(o.lt(a!, b!), o.where(o.lt(a!, b!), a!, b!), c!),
    ],
    [
      "where(lt(a, b), c, b)",
      (a, b, c) => o.where(o.lt(a!, b!), c!, o.where(o.lt(a!, b!), a!, b!)),
    ],
    ["b", (a, b) => o.where(spread(0, a!.type.shape, "bool"), a!, b!)],
    ["a", (a, b) => o.where(spread(1, a!.type.shape, "bool"), a!, b!)],
    ["a", (a) => o.stopGradient(a!)],
    // Rounding: none of these is exact.
    ["add(add(a, b), c)", (a, b, c) => o.add(o.add(a!, b!), c!)],
    ["mul(mul(a, 2), 3)", (a) => o.mul(o.mul(a!, n(2, a!)), n(3, a!))],
    ["div(mul(a, b), b)", (a, b) => o.div(o.mul(a!, b!), b!)],
  ]);
});

test("the inverse of a power of two has to be a number of the same type", () => {
  expect(formula((a) => o.div(a!, n(2 ** 126, a!)), "float32")).toMatch(/^mul/);
  expect(formula((a) => o.div(a!, n(2 ** -149, a!)), "float32")).toMatch(/^div/);
  expect(formula((a) => o.div(a!, n(2 ** -149, a!)), "float64")).toMatch(/^mul/);
  expect(formula((a) => o.div(a!, n(2 ** -1074, a!)), "float64")).toMatch(/^div/);
});

describe.each(["int32", "uint8"] as const)("integers", (dtype) => {
  table(dtype, [
    ["a", (a) => o.add(a!, n(0, a!))],
    ["a", (a) => o.mul(n(1, a!), a!)],
    ["0", (a) => o.mul(a!, n(0, a!))],
    ["neg(a)", (a) => o.sub(n(0, a!), a!)],
    ["a", (a) => o.div(a!, n(1, a!))],
    ["div(a, 4)", (a) => o.div(a!, n(4, a!))],
    ["div(neg(a), neg(b))", (a, b) => o.div(o.neg(a!), o.neg(b!))],
    ["sub(a, b)", (a, b) => o.add(a!, o.neg(b!))],
    ["1", (a) => o.eq(a!, a!)],
  ]);
});

describe("bools", () => {
  const bool = (number: number, { type }: Value) => spread(number, type.shape, "bool");
  table("bool", [
    ["a", (a) => o.not(o.not(a!))],
    ["a", (a) => o.and(a!, a!)],
    ["a", (a) => o.or(a!, a!)],
    ["a", (a) => o.and(bool(1, a!), a!)],
    ["0", (a) => o.and(a!, bool(0, a!))],
    ["a", (a) => o.or(a!, bool(0, a!))],
    ["1", (a) => o.or(bool(1, a!), a!)],
    ["a", (a) => o.eq(a!, bool(1, a!))],
    ["not(a)", (a) => o.eq(bool(0, a!), a!)],
  ]);
});

describe("casts", () => {
  const through = (...dtypes: DType[]): Build => {
    return (a) => dtypes.reduce((x, dtype) => o.cast(x, { dtype }), a!);
  };
  test.each<[DType, DType[], string]>([
    ["float32", ["float32"], "a"],
    ["float32", ["float64", "float32"], "a"],
    ["float64", ["float32", "float64"], 'cast(cast(a, "float32"), "float64")'],
    ["int32", ["float64", "int32"], "a"],
    ["int32", ["float32", "int32"], 'cast(cast(a, "float32"), "int32")'],
    ["int32", ["float64", "uint8"], 'cast(cast(a, "float64"), "uint8")'], // clamps, else wraps
    ["int32", ["uint8", "int32"], 'cast(cast(a, "uint8"), "int32")'],
    ["uint8", ["int32", "float32"], 'cast(a, "float32")'],
    ["uint8", ["float32", "uint8"], "a"],
    ["bool", ["float32", "int32", "bool"], "a"],
    ["float64", ["bool", "float64"], 'cast(cast(a, "bool"), "float64")'],
  ])("%s to %s", (from, to, expected) => {
    expect(formula(through(...to), from)).toBe(expected);
  });
});

test("operands that change places compute the same, where the op is symmetric", () => {
  for (const op of ["add", "mul", "max", "min", "eq"] as const) {
    const both: Build = (a, b) => o.concat(o[op](a!, b!), o[op](b!, a!), { axis: 0 });
    expect(formula(both)).toBe(`concat(${op}(a, b), ${op}(a, b), 0)`);
  }
  for (const op of ["sub", "div", "pow", "lt"] as const) {
    const both: Build = (a, b) => o.concat(o[op](a!, b!), o[op](b!, a!), { axis: 0 });
    expect(formula(both)).toBe(`concat(${op}(a, b), ${op}(b, a), 0)`);
  }
});
