// NumPy's indexing against a model made of plain loops.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as N from "../index.ts";
import { arange, compile, grad, type Tensor, tensor, zeros } from "../index.ts";
import type { Index } from "./indexing.ts";
import { build, element, expectSame, type Model, sample, tensorOf } from "./naive.testing.ts";

const i32 = (data: number | readonly number[] | readonly (readonly number[])[]): Tensor =>
  tensor(data as number[], "int32");

/** The places of an axis that a range names, as Python's reference defines s[i:j:k]. */
function rangePlaces(text: string, length: number): number[] {
  const [i, j, k] = text.split(":").map((part) => (part === "" ? undefined : Number(part)));
  const step = k ?? 1;
  const fromEnd = (n: number) => (n < 0 ? n + length : n);
  const places: number[] = [];
  const inside = (at: number) => at >= 0 && at < length;
  if (step > 0) {
    const stop = j === undefined ? length : fromEnd(j);
    for (let at = Math.max(i === undefined ? 0 : fromEnd(i), 0); at < stop; at += step) {
      if (inside(at)) places.push(at);
    }
  } else {
    const last = length - 1;
    const stop = j === undefined ? -1 : Math.max(fromEnd(j), -1);
    for (let at = Math.min(i === undefined ? last : fromEnd(i), last); at > stop; at += step) {
      if (inside(at)) places.push(at);
    }
  }
  return places;
}

/** What an index does to the axes: drops one, keeps some places of one, or makes one. */
type Part = { readonly drop: number } | { readonly keep: readonly number[] } | "new";

function partsOf(shape: readonly number[], indices: readonly Index[]): Part[] {
  const used = indices.filter((index) => index !== null && index !== "...").length;
  const whole = (length: number): Part => ({ keep: Array.from({ length }, (_, i) => i) });
  const open = indices.includes("...") ? indices : [...indices, "..."];
  let axis = 0;
  return open.flatMap((index): Part[] => {
    if (index === null) return ["new"];
    if (index === "...") {
      const rest = shape.slice(axis, axis + shape.length - used).map(whole);
      axis += rest.length;
      return rest;
    }
    const length = shape[axis++]!;
    if (typeof index === "number") return [{ drop: index < 0 ? index + length : index }];
    return [{ keep: rangePlaces(index as string, length) }];
  });
}

function indexNaively(x: Model, indices: readonly Index[]): Model {
  const parts = partsOf(x.shape, indices);
  const shape = parts.flatMap((part) => {
    if (part === "new") return [1];
    return "keep" in part ? [part.keep.length] : [];
  });
  return build(shape, (index) => {
    let axis = 0;
    const own = parts.flatMap((part) => {
      if (part === "new") {
        axis++;
        return [];
      }
      return "keep" in part ? [part.keep[index[axis++]!]!] : [part.drop];
    });
    return element(x, own);
  });
}

const bound = fc.option(fc.integer({ min: -5, max: 5 }), { nil: undefined });
const stride = fc.option(fc.constantFrom(1, 2, 3, -1, -2, -3), { nil: undefined });
const range = fc
  .tuple(bound, bound, stride)
  .map(([i, j, k]) => `${i ?? ""}:${j ?? ""}${k === undefined ? "" : `:${k}`}`);

/** Indices for some of the axes, "..." for the others, new axes between. */
const cases = fc
  .array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 })
  .chain((shape) =>
    fc.record({
      shape: fc.constant(shape),
      each: fc.tuple(
        ...shape.map((length) =>
          length === 0 ? range : fc.oneof(range, fc.integer({ min: -length, max: length - 1 })),
        ),
      ),
      from: fc.integer({ min: 0, max: shape.length }),
      gap: fc.integer({ min: 0, max: shape.length }),
      newAxes: fc.array(fc.integer({ min: 0, max: shape.length }), { maxLength: 2 }),
    }),
  )
  .map(({ shape, each, from, gap, newAxes }) => {
    const indices: Index[] = [...each];
    if (gap > 0) indices.splice(from, gap, "...");
    for (const place of newAxes) indices.splice(place, 0, null);
    return { shape, indices };
  });

describe("numbers, ranges, new axes, the rest", () => {
  test("any combination", () => {
    fc.assert(
      fc.property(cases, ({ shape, indices }) => {
        const x = sample(shape);
        expectSame(N.at(tensorOf(x), ...indices), indexNaively(x, indices));
      }),
      { seed: 17, numRuns: 400 },
    );
  });

  test("gradients: each element gets as many as it was read", () => {
    fc.assert(
      fc.property(cases, ({ shape, indices }) => {
        const x = tensorOf(sample(shape));
        const weights = tensorOf(sample(N.at(x, ...indices).shape, 5));
        const loss = (y: Tensor) =>
          N.at(y, ...indices)
            .mul(weights)
            .sum();
        const gradient = grad(loss)(x);
        expect(gradient.mul(x).sum().item()).toBeCloseTo(loss(x).item(), 8);
      }),
      { seed: 19, numRuns: 60 },
    );
  });

  test("as written in NumPy's guide", () => {
    const x = arange(10);
    expect(x.at("1:7:2").toArray()).toEqual([1, 3, 5]);
    expect(x.at("-2:10").toArray()).toEqual([8, 9]);
    expect(x.at("-3:3:-1").toArray()).toEqual([7, 6, 5, 4]);
    expect(x.at("5:").toArray()).toEqual([5, 6, 7, 8, 9]);
    expect(x.at("::-1").toArray()).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
    expect(x.at("3:3").shape).toEqual([0]);
    expect(x.at(" 1 : 3 ").toArray()).toEqual([1, 2]);
    expect(x.at(-1).item()).toBe(9);
    expect(x.at(null, ":2", null).shape).toEqual([1, 2, 1]);
    expect(zeros([2, 3, 4]).at("...", 0).shape).toEqual([2, 3]);
    expect(zeros([]).at("...").shape).toEqual([]);
  });
});

describe("index tensors", () => {
  const x = arange(24).reshape([2, 3, 4]);

  test("one of any rank takes the place of its axis", () => {
    const model = sample([3, 4, 2]);
    const rank = fc.array(fc.integer({ min: 0, max: 2 }), { maxLength: 2 });
    const setting = fc.tuple(fc.integer({ min: 0, max: 2 }), rank, fc.integer());
    fc.assert(
      fc.property(setting, ([axis, shape, seed]) => {
        const length = model.shape[axis]!;
        const places = build(shape, (index) => {
          const mixed = index.reduce((h, i) => Math.imul(h, 31) + i, seed);
          return (Math.abs(mixed) % (2 * length)) - length; // negative ones too
        });
        const expected = build(model.shape.toSpliced(axis, 1, ...shape), (index) => {
          const place = element(places, index.slice(axis, axis + shape.length));
          const own = index.toSpliced(axis, shape.length, place < 0 ? place + length : place);
          return element(model, own);
        });
        const before = Array<Index>(axis).fill(":");
        expectSame(N.at(tensorOf(model), ...before, tensorOf(places, "int32")), expected);
        expectSame(N.take(tensorOf(model), tensorOf(places, "int32"), axis), expected);
      }),
      { seed: 23, numRuns: 150 },
    );
  });

  test("side by side they pick elements together, and broadcast", () => {
    expect(x.at(i32([0, 1]), i32([2, -3])).toArray()).toEqual([
      [8, 9, 10, 11],
      [12, 13, 14, 15],
    ]);
    expect(x.at(":", i32([[0], [2]]), i32([1, 3])).toArray()).toEqual([
      [
        [1, 3],
        [9, 11],
      ],
      [
        [13, 15],
        [21, 23],
      ],
    ]);
    expect(x.at(i32([0, 1]), i32([1, 1]), i32(2)).toArray()).toEqual([6, 18]);
    expect(x.at(0, i32([2, 0]), "::2").toArray()).toEqual([
      [8, 10],
      [0, 2],
    ]);
    expect(x.at(i32([1]), null, 0).shape).toEqual([1, 1, 4]);
  });

  test("empty, repeated, and under compile", () => {
    expect(x.at(zeros([0], "int32")).shape).toEqual([0, 3, 4]);
    expect(
      arange(3)
        .at(i32([2, 2, 2]))
        .toArray(),
    ).toEqual([2, 2, 2]);
    const pick = compile((rows: Tensor, columns: Tensor) =>
      arange(12).reshape([3, 4]).at(rows, columns),
    );
    expect(pick(i32([2, -1]), i32([-4, 3])).toArray()).toEqual([8, 11]);
  });

  test("what lies outside its own axis never reads a neighbour, compiled or not", () => {
    const table = arange(12).reshape([3, 4]);
    const pick = (rows: Tensor, columns: Tensor) => table.at(rows, columns);
    expect(() => pick(i32([0]), i32([5]))).toThrow("index 5 is out of range for axis 1");
    expect(() => compile(pick)(i32([0]), i32([5]))).toThrow("is out of range");
    expect(() => compile(pick)(i32([1]), i32([-5]))).toThrow("is out of range");
    const along = (places: Tensor) => N.takeAlongAxis(table, places);
    expect(() => along(i32([[4], [0], [0]]))).toThrow("index 4 is out of range for axis 1");
    expect(() => compile(along)(i32([[4], [0], [0]]))).toThrow("is out of range");
  });

  test("gradients add up where a place is named twice", () => {
    const slope = grad((y: Tensor) => y.at(i32([0, 2, 0])).sum());
    expect(slope(tensor([1, 2, 3])).toArray()).toEqual([2, 0, 1]);
  });
});

describe("masks", () => {
  const x = tensor([
    [1, 2, 3],
    [4, 5, 6],
  ]);

  test("of the whole shape, of leading axes, of a later axis", () => {
    expect(x.at(x.greater(2)).toArray()).toEqual([3, 4, 5, 6]);
    expect(x.at(tensor([false, true])).toArray()).toEqual([[4, 5, 6]]);
    expect(x.at(":", tensor([true, false, true])).toArray()).toEqual([
      [1, 3],
      [4, 6],
    ]);
    expect(x.at(x.greater(9)).shape).toEqual([0]);
    expect(x.at(tensor([true, false]), "::-1").toArray()).toEqual([[3, 2, 1]]);
  });

  test("carry gradients", () => {
    const slope = grad((y: Tensor) => y.at(x.greater(2)).square().sum());
    expect(slope(x).toArray()).toEqual([
      [0, 0, 6],
      [8, 10, 12],
    ]);
  });
});

describe("takeAlongAxis and scatterAdd", () => {
  test("one element a row, along any axis", () => {
    const x = sample([3, 4]);
    const columns = { shape: [3, 2], data: [0, 3, -1, 1, 2, 2] };
    const places = (p: number, length: number) => (p < 0 ? p + length : p);
    expectSame(
      N.takeAlongAxis(tensorOf(x), tensorOf(columns, "int32")),
      build([3, 2], ([i, j]) => element(x, [i!, places(element(columns, [i!, j!]), 4)])),
    );
    const rows = { shape: [2, 4], data: [0, 1, 2, -1, -2, 0, 0, 1] };
    expectSame(
      N.takeAlongAxis(tensorOf(x), tensorOf(rows, "int32"), 0),
      build([2, 4], ([i, j]) => element(x, [places(element(rows, [i!, j!]), 3), j!])),
    );
  });

  test("the gradient of takeAlongAxis goes to the elements taken", () => {
    const slope = grad((y: Tensor) => N.takeAlongAxis(y, i32([[1], [0]])).sum());
    expect(slope(zeros([2, 2])).toArray()).toEqual([
      [0, 1],
      [1, 0],
    ]);
  });

  test("scatterAdd adds rows up by place", () => {
    const updates = tensor([
      [1, 10],
      [2, 20],
      [3, 30],
    ]);
    expect(N.scatterAdd(i32([2, 0, -2]), updates, 4).toArray()).toEqual([
      [2, 20],
      [0, 0],
      [4, 40],
      [0, 0],
    ]);
    expect(N.scatterAdd(zeros([0], "int32"), zeros([0]), 2).toArray()).toEqual([0, 0]);
  });
});
