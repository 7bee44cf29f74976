// Tensors where JavaScript expects values of its own: operators, templates, loops, JSON.

import { describe, expect, test } from "vitest";
import {
  compile,
  GradientError,
  grad,
  ShapeError,
  type Tensor,
  TraceError,
  tensor,
  tensorFromJSON,
  variable,
} from "../index.ts";

/** What plain JavaScript sees. */
type Anything = any;

const row: Anything = tensor([1, 2]);
const three: Anything = tensor(3);

describe("as numbers and texts", () => {
  test("a scalar is its number, where no derivative is lost", () => {
    expect([Number(three), three + 1, three * 2, three < 4]).toEqual([3, 4, 6, true]);
    expect(`loss ${three}`).toBe(`loss ${three.toString()}`);
    expect(`x ${row}`).toContain("[1. 2.]");
    expect(Math.max(...row)).toBe(2);
  });

  test.each([
    ["a + 1", () => row + 1],
    ["a < b", () => row < three],
    ["-a", () => -row],
    ["Number(a)", () => Number(row)],
  ])("%s is refused for what has axes", (_, make) => {
    expect(make).toThrow(ShapeError);
    expect(make).toThrow("A tensor float32[2] is no number");
  });

  test("neither a derivative nor a trace is left in silence", () => {
    const inside = grad((x: Anything) => x.mul(x.mul(2) * 2));
    expect(() => inside(three)).toThrow(GradientError);
    expect(() => inside(three)).toThrow("would lose its derivative as a number");
    const weight: Anything = variable(2);
    expect(() => weight.mul(3) + 1).toThrow("a.item() for the number alone");
    expect(weight.mul(3).item() + 1).toBe(7);
    expect(() => compile((x: Anything) => x.add(x + 1))(three)).toThrow(TraceError);
  });
});

describe("as a list", () => {
  test("gives the slices along the first axis", () => {
    const matrix = tensor([
      [1, 2],
      [3, 4],
    ]);
    expect([...matrix].map((part) => part.toArray())).toEqual([
      [1, 2],
      [3, 4],
    ]);
    const [a, b] = row;
    expect([a.item(), b.item()]).toEqual([1, 2]);
    expect(() => [...three]).toThrow("A scalar has no rows to go through");
    expect([...tensor([])]).toEqual([]);
  });

  test("is differentiated and traced as at() is", () => {
    const f = (x: Tensor) => [...x].map((part, i) => part.mul(i + 1)).reduce((p, q) => p.add(q));
    expect(grad(f)(row).toArray()).toEqual([1, 2]);
    expect(compile(f)(row).item()).toBe(5);
  });

  test("goes on with the numbers it began with", () => {
    const state = variable([1, 2], { trainable: false });
    const seen: number[] = [];
    for (const part of state) {
      seen.push(part.item());
      state.assign(tensor([7, 7]));
    }
    expect(seen).toEqual([1, 2]);
  });
});

describe("as JSON", () => {
  test.each([
    [
      tensor([
        [0.1, -0],
        [Number.NaN, Infinity],
      ]),
    ],
    [tensor([0.1], "float64")],
    [tensor([1, -2], "int32")],
    [tensor(new Uint8Array([0, 255]))],
    [tensor([true, false])],
    [tensor(2)],
    [tensor([])],
  ])("%s reads back", (x) => {
    const back = tensorFromJSON(JSON.parse(JSON.stringify(x)));
    expect(back.type).toEqual(x.type);
    expect(back.data).toEqual(x.data);
  });

  test("holds type and elements, and is read with care", () => {
    expect(JSON.stringify({ loss: three })).toBe(
      '{"loss":{"dtype":"float32","shape":[],"data":[3]}}',
    );
    const read = (json: unknown) => () => tensorFromJSON(json);
    expect(read([1, 2])).toThrow("tensor: expected an object, received an array of 2");
    expect(read({ dtype: "float32", shape: [3], data: [1] })).toThrow("1 elements do not fill");
    expect(read({ dtype: "uint8", shape: [1], data: [300] })).toThrow("an integer from 0 to 255");
    expect(read({ dtype: "float32", shape: [1e12], data: [] })).toThrow("more than any array");
  });
});

test("what is written into data changes no tensor", () => {
  const x = tensor([1, 2]);
  const state = variable([1, 2], { trainable: false });
  const read = compile(() => state.add(0));
  x.data[0] = 9;
  state.data[0] = 9;
  expect([x.toArray(), x.add(0).toArray(), x.at(0).item()]).toEqual([[1, 2], [1, 2], 1]);
  expect([state.toArray(), read().toArray()]).toEqual([
    [1, 2],
    [1, 2],
  ]);
  const one = tensor(1);
  one.data[0] = 9;
  expect([one.item(), `${one}`]).toEqual([1, "1.0 float32[]"]);
  expect(x.data).toBe(x.data);
});
