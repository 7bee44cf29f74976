// Programs as deep as people unroll them, on a quarter of the stack: nothing may recurse over
// the depth of a graph, and nothing may take its square.

import { describe, expect, test } from "vitest";
import {
  backward,
  compile,
  grad,
  graphOf,
  hvp,
  jvp,
  print,
  scan,
  type Tensor,
  tensor,
  toDot,
  toJSON,
  variable,
} from "../index.ts";

/** Calls `f` with a quarter of the stack left. */
function deepDown<T>(f: () => T): T {
  let most = 0;
  const count = (depth: number): void => {
    most = depth;
    count(depth + 1);
  };
  expect(() => count(0)).toThrow(RangeError);
  const down = (left: number): T => (left === 0 ? f() : down(left - 1));
  return down(Math.floor(0.75 * most));
}

/** tanh of tanh of … tanh of x, and how its slope at x changes. */
function chain(x: number, times: number): { value: number; slope: number } {
  let [value, slope] = [x, 1];
  for (let i = 0; i < times; i++) {
    value = Math.tanh(value);
    slope *= 1 - value * value;
  }
  return { value, slope };
}

const tanhs = (times: number) => (x: Tensor) => {
  let y = x;
  for (let i = 0; i < times; i++) y = y.tanh();
  return y;
};

const x = tensor([0.5, -0.25, 0.125], "float64");

describe("a chain of a thousand", () => {
  const DEPTH = 1000;
  const f = tanhs(DEPTH);
  const loss = (a: Tensor) => f(a).sum();
  const expected = [...x.data].map((at) => chain(at, DEPTH));
  const values = expected.map(({ value }) => value);
  const slopes = expected.map(({ slope }) => slope);
  const expectClose = (received: Tensor, wanted: readonly number[]) => {
    received.data.forEach((number, i) => {
      expect(Math.abs(number / wanted[i]! - 1)).toBeLessThan(1e-9);
    });
  };

  test("values", () => {
    expectClose(
      deepDown(() => f(x)),
      values,
    );
    expectClose(
      deepDown(() => compile(f)(x)),
      values,
    );
  });

  test("gradients", () => {
    expectClose(
      deepDown(() => grad(loss)(x)),
      slopes,
    );
    expectClose(
      deepDown(() => compile(grad(loss))(x)),
      slopes,
    );
    const v = variable(x);
    deepDown(() => backward(loss(v)));
    expectClose(v.grad!, slopes);
  });

  test("tangents, and second derivatives", () => {
    const ones = tensor([1, 1, 1], "float64");
    const [y, dy] = deepDown(() => compile((a: Tensor) => jvp(f, [a], [ones]))(x));
    expectClose(y, values);
    expectClose(dy, slopes);
    const step = 1e-5;
    const bent = [...x.data].map((at) => {
      return (chain(at + step, DEPTH).slope - chain(at - step, DEPTH).slope) / (2 * step);
    });
    const curvature = deepDown(() => hvp(loss, x, ones));
    curvature.data.forEach((number, i) => {
      expect(Math.abs(number / bent[i]! - 1)).toBeLessThan(1e-4);
    });
  });

  test("its text, its picture and its record", () => {
    const graph = graphOf(f, [x]);
    const counts = deepDown(() => [
      print(graph).split(" = tanh(").length,
      toDot(graph).split("<B>tanh</B>").length,
      toJSON(graph).nodes.length + 1,
    ]);
    expect(counts).toEqual([DEPTH + 1, DEPTH + 1, DEPTH + 1]);
    const stages = deepDown(() => compile(f).stages(x)).map(({ name }) => name);
    expect(stages).toEqual(["graph", "kernels", "memory", "wasm"]);
  });
});

describe("a sum of 1,500 arguments", () => {
  const COUNT = 1500;
  const terms = Array.from({ length: COUNT }, (_, i) => tensor([i, 1]));
  const halves = (list: readonly Tensor[]): Tensor => {
    const middle = list.length >> 1;
    return middle === 0 ? list[0]! : halves(list.slice(0, middle)).add(halves(list.slice(middle)));
  };
  test.each<[string, (...list: Tensor[]) => Tensor]>([
    ["from the left", (...list) => list.reduce((sum, term) => sum.add(term))],
    ["from the right", (...list) => list.reduceRight((sum, term) => term.add(sum))],
    ["by halves", (...list) => halves(list)],
  ])("%s", (_, sum) => {
    // Below 2^24, where float32 has every whole number.
    const total = [(COUNT * (COUNT - 1)) / 2, COUNT];
    expect(deepDown(() => compile(sum)(...terms)).toArray()).toEqual(total);
    const slope = (list: Tensor[]) => grad((all: Tensor[]) => sum(...all).sum())(list);
    expect(deepDown(() => compile(slope)(terms)).map((ct) => ct.toArray())).toEqual(
      terms.map(() => [1, 1]),
    );
  });
});

test("a recurrent net unrolled over 400 steps has the gradients of a loop", () => {
  const STEPS = 400;
  const numbers = Array.from({ length: STEPS }, (_, i) => [[Math.sin(i)]]);
  const xs = tensor(numbers, "float64");
  const slices = numbers.map((number) => tensor(number, "float64"));
  const [w, u, b] = [0.7, 0.9, 0.1].map((number) => tensor([[number]], "float64"));
  type Weights = readonly Tensor[];
  const step = ([w, u, b]: Weights, h: Tensor, xt: Tensor) =>
    xt.matmul(w!).add(h.matmul(u!)).add(b!).tanh();
  const zero = tensor([[0]], "float64");
  const unrolled = (p: Weights) => slices.reduce((h, xt) => step(p, h, xt), zero).sum();
  const looped = (p: Weights) =>
    scan((h: Tensor, xt: Tensor) => [step(p, h, xt), null], zero, xs)[0].sum();
  const received = deepDown(() => compile(grad(unrolled))([w!, u!, b!]));
  const expected = compile(grad(looped))([w!, u!, b!]);
  received.forEach((gradient, i) => {
    expect(gradient.item()).toBeCloseTo(expected[i]!.item(), 10);
  });
});
