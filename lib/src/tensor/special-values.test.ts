// Arithmetic at its corners against tables: IEEE 754 (section 9.2.1 for pow), NumPy where it is silent.
// Every table runs eagerly, compiled and on the reference engine, in float64 and float32.

import { describe, expect, test } from "vitest";
import * as N from "../index.ts";
import {
  compile,
  engine,
  grad,
  referenceEngine,
  setEngine,
  type Tensor,
  tensor,
} from "../index.ts";

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
const list = (x: Tensor): number[] => Array.from(x.data);

/** Results of a function in each of the ways to compute it. */
function inEveryWay(f: (...x: Tensor[]) => Tensor, operands: readonly Tensor[]): number[][] {
  const wasm = engine();
  const results = [list(f(...operands)), list(compile(f)(...operands))];
  try {
    setEngine(referenceEngine);
    results.push(list(f(...operands)));
  } finally {
    setEngine(wasm);
  }
  return results;
}

/** Rows of operands and the result. */
type Table = readonly (readonly number[])[];

function holds(f: (...x: Tensor[]) => Tensor, table: Table, dtype: "float32" | "float64") {
  const columns = table[0]!.map((_, i) => table.map((row) => row[i]!));
  const operands = columns.slice(0, -1).map((column) => tensor(column, dtype));
  const right = columns.at(-1)!.map((x) => (dtype === "float32" ? Math.fround(x) : x));
  for (const received of inEveryWay(f, operands)) expect(received).toEqual(right);
}

const POW: Table = [
  // 1 to any power, and any number to the power 0
  ...[nan, inf, -inf, 0, -0, 3.5, -2].map((b) => [1, b, 1]),
  ...[nan, inf, -inf, 0, -0, 3.5, -2].flatMap((a) => [
    [a, 0, 1],
    [a, -0, 1],
  ]),
  ...[
    [-1, inf, 1],
    [-1, -inf, 1],
    [-1, nan, nan],
    [-1, 2, 1],
    [-1, 3, -1],
  ],
  // zeros
  ...[
    [0, -3, inf],
    [-0, -3, -inf],
    [0, -2, inf],
    [-0, -2, inf],
    [0, -0.5, inf],
    [-0, -0.5, inf],
    [0, -inf, inf],
    [-0, -inf, inf],
    [0, 3, 0],
    [-0, 3, -0],
    [0, 0.5, 0],
    [-0, 0.5, 0],
    [-0, 2, 0],
    [-0, inf, 0],
  ],
  // infinities
  ...[
    [0.5, -inf, inf],
    [-0.5, -inf, inf],
    [2, -inf, 0],
    [-2, -inf, 0],
    [0.5, inf, 0],
    [-0.5, inf, 0],
    [2, inf, inf],
    [-2, inf, inf],
    [-inf, -3, -0],
    [-inf, -2, 0],
    [-inf, 3, -inf],
    [-inf, 2, inf],
    [-inf, 0.5, inf],
    [inf, -1, 0],
    [inf, 2.5, inf],
    [inf, -inf, 0],
    [inf, inf, inf],
  ],
  // no real number, and NaN
  ...[
    [-8, 1 / 3, nan],
    [-2, 0.5, nan],
    [nan, 1, nan],
    [nan, inf, nan],
    [2, nan, nan],
    [0, nan, nan],
  ],
];

/** As NumPy's mod; exact values by scripts/golden/arithmetic.py. */
const MOD: Table = [
  [3, inf, 3],
  [-3, inf, inf],
  [3, -inf, -inf],
  [-3, -inf, -3],
  [0, inf, 0],
  [-0, -inf, -0],
  [inf, 3, nan],
  [-inf, 3, nan],
  [inf, inf, nan],
  [nan, 3, nan],
  [3, nan, nan],
  [3, 0, nan],
  [-3, -0, nan],
  [0, 0, nan],
  [6, 3, 0],
  [-6, 3, 0],
  [6, -3, -0],
  [-6, -3, -0],
  [0, 3, 0],
  [-0, 3, 0],
  [0, -3, -0],
  [1e10, 3, 1],
  [5.5, -2, -0.5],
  [-5.5, 2, 0.5],
  [-1e-30, 3, 3], // the sum of remainder and divisor rounds to the divisor
];

const MOD64: Table = [
  [1e6, 0.1, 0.09999999994448885],
  [1e17, 3, 1],
  [-1e17, 3, 2],
  [1e17, -3, -2],
  [42644.14453125, 0.07130448520183563, 0.06932938098907471],
  [1e300, 7e-300, 5.651755366164927e-300],
  [-1e300, 7e-300, 1.348244633835073e-300],
  [5e-324, 3, 5e-324],
  [Number.MAX_VALUE, 5e-324, 0],
];

/** Every operand is a float32 number. */
const MOD32: Table = [
  [1e6, 0.10000000149011612, 0.08509884029626846],
  [42644.14453125, 0.07130448520183563, 0.06932938098907471],
  [2 ** 127, 3, 2],
  [-(2 ** 127), 3, 1],
  [2 ** 127, 3 * 2 ** -149, 2 ** -149],
  [2 ** -149, 3, 2 ** -149],
];

const ROUND: Table = [
  [-0.5, -0],
  [-0.2, -0],
  [-0, -0],
  [0, 0],
  [0.2, 0],
  [0.5, 0],
  [1.5, 2],
  [2.5, 2],
  [-1.5, -2],
  [-2.5, -2],
  [-2.6, -3],
  [2 ** 23 + 1, 2 ** 23 + 1],
  [8388607.5, 8388608],
  [inf, inf],
  [-inf, -inf],
  [nan, nan],
];

describe.each(["float64", "float32"] as const)("%s", (dtype) => {
  const own = dtype === "float64" ? MOD64 : MOD32;
  test.each<[string, (...x: Tensor[]) => Tensor, Table]>([
    ["pow", (a, b) => N.pow(a!, b!), POW],
    ["mod", (a, b) => N.mod(a!, b!), [...MOD, ...own]],
    ["round", (x) => N.round(x!), ROUND],
    [
      "floor",
      (x) => N.floor(x!),
      [
        [-0.5, -1],
        [-0, -0],
        [0.5, 0],
        [inf, inf],
        [nan, nan],
      ],
    ],
    [
      "ceil",
      (x) => N.ceil(x!),
      [
        [-0.5, -0],
        [-0, -0],
        [0.5, 1],
        [-inf, -inf],
        [nan, nan],
      ],
    ],
    [
      "abs",
      (x) => N.abs(x!),
      [
        [-0, 0],
        [0, 0],
        [-inf, inf],
        [nan, nan],
        [-2, 2],
      ],
    ],
    [
      "neg",
      (x) => N.neg(x!),
      [
        [-0, 0],
        [0, -0],
        [inf, -inf],
        [nan, nan],
      ],
    ],
    [
      "sign",
      (x) => N.sign(x!),
      [
        [-0, -0],
        [0, 0],
        [-inf, -1],
        [nan, nan],
        [1e-30, 1],
      ],
    ],
    [
      "sqrt",
      (x) => N.sqrt(x!),
      [
        [-0, -0],
        [0, 0],
        [inf, inf],
        [-1, nan],
        [nan, nan],
      ],
    ],
    [
      "maximum",
      (a, b) => N.maximum(a!, b!),
      [
        [-0, 0, 0],
        [0, -0, 0],
        [nan, 1, nan],
        [1, nan, nan],
        [nan, inf, nan],
        [-inf, nan, nan],
      ],
    ],
    [
      "minimum",
      (a, b) => N.minimum(a!, b!),
      [
        [-0, 0, -0],
        [0, -0, -0],
        [nan, 1, nan],
        [1, nan, nan],
        [nan, -inf, nan],
        [inf, nan, nan],
      ],
    ],
  ])("%s", (_, f, table) => holds(f, table, dtype));

  test("what the compiler simplifies keeps -0 and NaN", () => {
    const x = tensor([-0, 0, nan, inf, -inf, 3], dtype);
    expect(inEveryWay((t) => t!.add(0), [x])).toEqual(Array(3).fill([0, 0, nan, inf, -inf, 3]));
    expect(inEveryWay((t) => t!.sub(0), [x])).toEqual(Array(3).fill([-0, 0, nan, inf, -inf, 3]));
    expect(inEveryWay((t) => t!.mul(1), [x])).toEqual(Array(3).fill([-0, 0, nan, inf, -inf, 3]));
    expect(inEveryWay((t) => t!.mul(0), [x])).toEqual(Array(3).fill([-0, 0, nan, nan, nan, 0]));
    expect(inEveryWay((t) => t!.sub(t!), [x])).toEqual(Array(3).fill([0, 0, nan, nan, nan, 0]));
    expect(inEveryWay((t) => t!.div(t!), [x])).toEqual(Array(3).fill([nan, nan, nan, nan, nan, 1]));
    expect(inEveryWay((t) => N.sub(0, t!), [x])).toEqual(Array(3).fill([0, 0, nan, -inf, inf, -3]));
    expect(inEveryWay((t) => t!.pow(0), [x])).toEqual(Array(3).fill([1, 1, 1, 1, 1, 1]));
    expect(inEveryWay((t) => t!.pow(1), [x])).toEqual(Array(3).fill([-0, 0, nan, inf, -inf, 3]));
  });
});

/** Right to the last digit, by scripts/golden/arithmetic.py. */
const ERF: Table = [
  [1e-300, 1.1283791670955126e-300],
  [1e-8, 1.1283791670955126e-8],
  [0.1, 0.1124629160182849],
  [0.5, 0.5204998778130465],
  [0.84375, 0.7672256612323416],
  [0.9, 0.7969082124228322],
  [1, 0.8427007929497149],
  [1.0780494213104248, 0.8726391340595032],
  [1.25, 0.9229001282564583],
  [1.5, 0.9661051464753108],
  [2, 0.9953222650189527],
  [2.4999, 0.9995928300996666],
  [2.5, 0.999593047982555],
  [2.857142857142857, 0.9999466876886117],
  [3, 0.9999779095030014],
  [3.269667625427246, 0.9999962360520608],
  [4, 0.9999999845827421],
  [5, 0.9999999999984626],
  [5.9, 0.9999999999999999],
  [7, 1],
  [inf, 1],
];

describe("erf", () => {
  const [x, right] = [ERF.map(([a]) => a!), ERF.map(([, b]) => b!)];

  test.each([
    ["float64", 1, 2 ** -53],
    ["float32", 1.5, 2 ** -24],
  ] as const)("in %s errs by at most %d units in the last place", (dtype, bound, unit) => {
    const within = x.map((_, i) => i).filter((i) => dtype === "float64" || x[i]! > 1e-30);
    const operand = tensor(
      within.map((i) => x[i]!),
      dtype,
    );
    for (const results of inEveryWay((t) => N.erf(t!), [operand])) {
      within.forEach((i, at) => {
        // float32 operands are rounded, which moves erf by its slope.
        const slope = (2 / Math.sqrt(Math.PI)) * Math.exp(-x[i]! * x[i]!);
        const moved = x[i] === operand.data[at] ? 0 : slope * (operand.data[at]! - x[i]!);
        const ulp = unit * 2 ** (Math.floor(Math.log2(right[i]!)) + 1);
        expect(Math.abs(results[at]! - right[i]! - moved) / ulp).toBeLessThanOrEqual(bound + 0.01);
      });
    }
    const odd = list(N.erf(tensor([-0.3, -1, -2, -0, -inf, nan], dtype)));
    const even = list(N.erf(tensor([0.3, 1, 2], dtype)));
    expect(odd).toEqual([...even.map((y) => -y), -0, -1, nan]);
  });
});

describe("gradients at corners", () => {
  const slopes = (f: (x: Tensor) => Tensor, x: readonly number[]) =>
    inEveryWay(grad((t: Tensor) => f(t).sum()) as never, [tensor(x, "float64")]);

  test("of mod: 1 by a, -floor(a / b) by b, at large quotients too", () => {
    expect(slopes((x) => N.mod(x, 3), [1e10, -7, 7.5])).toEqual(Array(3).fill([1, 1, 1]));
    const byB = slopes((b) => N.mod(tensor([7.5, -7.5, 1e10, 0.3], "float64"), b), [2, 2, 3, 0.1]);
    expect(byB).toEqual(Array(3).fill([-3, 4, -3333333333, -2]));
  });

  test("of pow, where a or b is 0", () => {
    expect(slopes((x) => x.pow(0), [0, 2, nan])).toEqual(Array(3).fill([0, 0, 0]));
    expect(slopes((x) => x.pow(1), [0, -2])).toEqual(Array(3).fill([1, 1]));
    const byB = slopes((b) => N.pow(tensor([0, 0, 0, 1], "float64"), b), [2, 0, -1, 5]);
    expect(byB).toEqual(Array(3).fill([0, 0, -inf, 0]));
    // d/db d/da a^b at b = 0 is 1/a, and d^2/da^2 a^0 is 0 also at 0.
    const mixed = grad((b: Tensor) => grad((a: Tensor) => N.pow(a, b).sum())(tensor([4])).sum());
    expect(list(mixed(tensor([0])))).toEqual([0.25]);
    const twice = grad((a: Tensor) => grad((t: Tensor) => t.pow(0).sum())(a).sum());
    expect(list(twice(tensor([0, 2])))).toEqual([0, 0]);
  });
});
