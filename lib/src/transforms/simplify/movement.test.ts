// Movement that moves nothing, and movement that is one op instead of two.

import { describe, expect, test } from "vitest";
import { evaluate } from "../../engines/reference/evaluate.ts";
import { type Build, formulas, o } from "./formula.testing.ts";

const formula = formulas(evaluate);

const none = { low: [0, 0, 0], high: [0, 0, 0] };
const once = [1, 1, 1];

describe("of a[2, 3, 1]", () => {
  test.each<[expected: string, build: Build]>([
    ["a", (a) => o.reshape(o.reshape(a!, { shape: [6] }), { shape: [2, 3, 1] })],
    ["reshape(a, [6])", (a) => o.reshape(o.reshape(a!, { shape: [3, 2] }), { shape: [6] })],
    ["transpose(a, [1,0,2])", (a) => o.transpose(a!, { perm: [1, 0, 2] })],
    ["reshape(a, [1,2,3])", (a) => o.transpose(a!, { perm: [2, 0, 1] })],
    ["reshape(a, [2,1,3])", (a) => o.transpose(a!, { perm: [0, 2, 1] })],
    ["a", (a) => o.transpose(o.transpose(a!, { perm: [1, 2, 0] }), { perm: [2, 0, 1] })],
    [
      "expand(a, [2,3,4])",
      (a) => o.expand(o.expand(a!, { shape: [2, 3, 4] }), { shape: [2, 3, 4] }),
    ],
    ["a", (a) => o.slice(a!, { start: [0, 0, 0], end: [2, 3, 1], step: [1, 1, 5] })],
    [
      "slice(a, [1,0,0], [2,3,1], [1,2,1])",
      (a) => {
        const row = o.slice(a!, { start: [1, 0, 0], end: [2, 3, 1], step: once });
        return o.slice(row, { start: [0, 0, 0], end: [1, 3, 1], step: [1, 2, 1] });
      },
    ],
    ["a", (a) => o.flip(a!, { axes: [2] })],
    ["flip(a, [0])", (a) => o.flip(a!, { axes: [2, 0] })],
    ["a", (a) => o.flip(o.flip(a!, { axes: [0, 1] }), { axes: [1, 0] })],
    ["flip(a, [1])", (a) => o.flip(o.flip(a!, { axes: [0, 1] }), { axes: [0] })],
    ["a", (a) => o.pad(a!, { ...none, interior: [0, 0, 3] })],
    ["pad(a, [0,0,0], [0,0,0], [0,1,0])", (a) => o.pad(a!, { ...none, interior: [0, 1, 0] })],
    ["a", (a) => o.concat(a!, { axis: 0 })],
    [
      "a",
      (a) =>
        o.concat(o.slice(a!, { start: [0, 1, 0], end: [2, 1, 1], step: once }), a!, { axis: 1 }),
    ],
    ["reshape(a, [2,3])", (a) => o.reduceMax(a!, { axes: [2] })],
    ["a", (a) => o.reduceMax(a!, { axes: [] })],
    ["reshape(add(a, 0), [2,3])", (a) => o.sum(a!, { axes: [2] })], // 0 + -0 = 0
    ["sum(a, [0])", (a) => o.sum(o.sum(a!, { axes: [0] }), { axes: [] })],
    ["reshape(sum(a, [1]), [2])", (a) => o.sum(o.sum(a!, { axes: [1] }), { axes: [1] })],
  ])("%s", (expected, build) => {
    expect(formula(build, "float64", [2, 3, 1])).toBe(expected);
  });

  test("a sum of one integer is that integer", () => {
    expect(formula((a) => o.sum(a!, { axes: [2] }), "int32", [2, 3, 1])).toBe("reshape(a, [2,3])");
  });
});

test.each<[expected: string, build: Build]>([
  [
    "transpose(a, [2,1,0])",
    (a) => o.transpose(o.transpose(a!, { perm: [1, 2, 0] }), { perm: [1, 0, 2] }),
  ],
  [
    "slice(a, [0,0,3], [2,3,8], [1,1,4])",
    (a) => {
      const odd = o.slice(a!, { start: [0, 0, 1], end: [2, 3, 9], step: [1, 1, 2] });
      return o.slice(odd, { start: [0, 0, 1], end: [2, 3, 4], step: [1, 1, 2] });
    },
  ],
])("of a[2, 3, 9]: %s", (expected, build) => {
  expect(formula(build, "float64", [2, 3, 9])).toBe(expected);
});

test("nothing sliced out of nothing", () => {
  const build: Build = (a) => {
    const last = o.slice(a!, { start: [1], end: [3], step: [2] });
    return o.slice(last, { start: [1], end: [1], step: [1] });
  };
  expect(() => formula(build, "float32", [3])).not.toThrow();
});
