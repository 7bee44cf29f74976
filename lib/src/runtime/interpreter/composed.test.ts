// Functions of many ops become programs when they come often, to the same bits and in bounded number.

import { afterEach, describe, expect, test } from "vitest";
import { createWasmEngine, type Engine, referenceEngine } from "../../engines/index.ts";
import {
  engine,
  grad,
  logSoftmax,
  random,
  scan,
  setEngine,
  softmax,
  type Tensor,
  tensor,
  variable,
} from "../../index.ts";

const usual = engine();
afterEach(() => setEngine(usual));

/** Counts what it compiles. */
function counting(inner: Engine): Engine & { compiled: number } {
  const counted = {
    ...inner,
    compiled: 0,
    compile(...given: Parameters<Engine["compile"]>) {
      counted.compiled += 1;
      return inner.compile(...given);
    },
  };
  return counted;
}

const TIMES = 300;
const x = tensor([
  [0.1, -2, 30, 4],
  [5, Number.NEGATIVE_INFINITY, 7, -0],
]);
const key = random.key(7);

const FUNCTIONS: readonly [string, () => Tensor][] = [
  ["softmax", () => softmax(x)],
  ["softmax over the first axis", () => softmax(x, 0)],
  ["logSoftmax", () => logSoftmax(x)],
  ["normal", () => random.normal(key, [3, 5])],
  ["normal, of its own mean", () => random.normal(key, [7], { mean: 2, std: 3 })],
  ["uniform", () => random.uniform(key, [9], { dtype: "float64" })],
  ["uniform in a range", () => random.uniform(key, [9], { low: -1, high: 2 })],
];

describe.each([
  ["wasm", () => createWasmEngine({ threads: 1 })],
  ["reference", () => referenceEngine],
])("on the %s engine", (_, make) => {
  test.each(FUNCTIONS)("%s gives the same bits at each call, and compiles once", (_name, f) => {
    const counted = counting(make());
    setEngine(counted);
    const first = f();
    expect(counted.compiled).toBe(0);
    const data = Array.from({ length: TIMES }, () => f().data);
    for (const other of data) expect(other).toEqual(first.data);
    expect(counted.compiled).toBe(1);
    expect(f().shape).toEqual(first.shape);
  });
});

test("what a derivative needs is recorded all the same", () => {
  const w = variable([1, 2, 3]);
  const slope = () => {
    w.grad = null;
    softmax(w).at(0).backward();
    return w.grad as Tensor | null;
  };
  const first = slope()!.data;
  expect(first[0]).toBeCloseTo(0.0900306 * (1 - 0.0900306), 5);
  for (let i = 0; i < TIMES; i++) softmax(tensor([1, 2, 3]));
  expect(slope()!.data).toEqual(first);
});

describe("a gradient", () => {
  const loss = (w: Tensor) =>
    w
      .tanh()
      .mul(tensor([1, -2, 3]))
      .square()
      .sum();

  test("has the same bits whether its map is new, recalled or compiled", () => {
    const counted = counting(createWasmEngine({ threads: 1 }));
    setEngine(counted);
    const points = [tensor([0.1, 0.2, 0.3]), tensor([-1, 0, 2])] as const;
    const slopes = () => points.map((point) => grad(loss)(point).data);
    const first = slopes();
    expect(first[0]).not.toEqual(first[1]);
    expect(counted.compiled).toBe(0);
    for (let i = 0; i < TIMES; i++) expect(slopes()).toEqual(first);
    expect(counted.compiled).toBe(1);
  });

  test("of constants that differ is another gradient", () => {
    for (const factor of [2, 3, -1]) {
      expect(grad((w: Tensor) => w.mul(factor).sum())(tensor([1, 2])).toArray()).toEqual([
        factor,
        factor,
      ]);
    }
  });

  test("after another engine was set is that engine's", () => {
    const f = grad(loss);
    const point = tensor([0.1, 0.2, 0.3]);
    for (let i = 0; i < TIMES; i++) f(point);
    setEngine(referenceEngine);
    expect(f(point).data[0]).toBeCloseTo(f(point).data[0]!, 6);
    const counted = counting(referenceEngine);
    setEngine(counted);
    for (let i = 0; i < TIMES; i++) f(point);
    expect(counted.compiled).toBe(1);
  });
});

test("a loop of the same body is compiled once", () => {
  const counted = counting(createWasmEngine({ threads: 1 }));
  setEngine(counted);
  const run = (step: number) =>
    scan(
      (sum: Tensor, row: Tensor) => [sum.add(row.mul(step)), null],
      tensor(0),
      tensor([1, 2, 3]),
    );
  for (let i = 0; i < 5; i++) expect(run(2)[0].item()).toBe(12);
  expect(counted.compiled).toBe(1);
  expect(run(3)[0].item()).toBe(18);
  expect(counted.compiled).toBe(2);
});
