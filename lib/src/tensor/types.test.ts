// docs/decisions/019-types-and-values.md, line by line.

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as N from "../index.ts";
import { DTYPES } from "../ir/dtype.ts";

const { DTypeError, NeuriteError, ones, Tensor, tensor } = N;
const page = readFileSync(
  new URL("../../../docs/decisions/019-types-and-values.md", import.meta.url),
  "utf8",
);
const rows = [...page.matchAll(/^\| `(.+?)` \| (.+) \|$/gm)].map(
  ([, line, result]) => [line!, result!] as const,
);
const functions = { add: N.add, concat: N.concat, tensor, where: N.where, zeros: N.zeros };

/** What a line of the page gives. */
function run(line: string): unknown {
  const names = Object.keys(functions);
  return new Function(...names, `return ${line}`)(...Object.values(functions));
}

test("the page has its tables", () => {
  expect(rows.length).toBeGreaterThan(45);
});

test.each(rows)("%s is %s", (line, result) => {
  const value = /^`(\w+) (.*)`$/.exec(result);
  if (!value) {
    expect(() => run(line)).toThrow(NeuriteError);
    expect(() => run(line)).toThrow(result);
    return;
  }
  const received = run(line);
  expect(received).toBeInstanceOf(Tensor);
  const { dtype } = received as N.Tensor;
  const right = new Function(`return ${value[2]}`)();
  expect(dtype).toBe(value[1]);
  const rounded = dtype === "float32" ? tensor(right).toArray() : right;
  expect((received as N.Tensor).toArray()).toEqual(rounded);
});

test("two element types never meet, in any function of two tensors", () => {
  const both = [
    ...([N.add, N.sub, N.mul, N.div, N.floorDiv, N.mod, N.pow, N.maximum, N.minimum] as const),
    ...([N.equal, N.less, N.greaterEqual, N.isClose, N.allClose, N.matmul, N.atan2] as const),
  ] as readonly ((a: N.Tensor, b: N.Tensor) => N.Tensor)[];
  for (const a of DTYPES) {
    for (const b of DTYPES.filter((other) => other !== a)) {
      for (const f of both) expect(() => f(ones([2], a), ones([2], b))).toThrow(DTypeError);
    }
  }
});

const Half = (globalThis as { Float16Array?: new (x: number[]) => never }).Float16Array;

test.skipIf(!Half)("a Float16Array becomes float32", () => {
  const x = tensor(new Half!([1.5, 65504]) as N.DataArray);
  expect([x.dtype, x.toArray()]).toEqual(["float32", [1.5, 65504]]);
});
