// The part of the contract that is not about numbers: storages, arguments, results.

import { expect, test } from "vitest";
import type { DataArray } from "../ir/dtype.ts";
import { type Graph, makeGraph, Value } from "../ir/graph.ts";
import type { TensorType } from "../ir/type.ts";
import { graphBuilder } from "../ops/builder.ts";
import type { Engine, Wiring } from "./engine.ts";

const o = graphBuilder();
const SINGLE: TensorType = { dtype: "float32", shape: [3] };
const NUMBERS = [1, -2, 4];

const value = (type: TensorType = SINGLE) => new Value(type);
const single = (numbers: readonly number[] = NUMBERS) => Float32Array.from(numbers);

/** What an engine can be excused from, with a reason. */
export type Clause = "arguments are never kept";

/** Registers the tests of storages, arguments and results. */
export function stateTests(engine: Engine, skip: Partial<Record<Clause, string>> = {}): void {
  const compiled = async (graph: Graph, wiring?: Wiring) => {
    expect(engine.supports(graph)).toBe(true);
    const program = engine.compile(graph, wiring);
    await engine.ready?.();
    return program;
  };
  const storage = (numbers: readonly number[] = NUMBERS) => engine.storage(SINGLE, single(numbers));

  test("a storage is a copy, going in and coming out", () => {
    const given = single();
    const made = engine.storage(SINGLE, given);
    expect(made.type).toEqual(SINGLE);
    given.fill(9);
    expect(made.read()).toEqual(single());
    made.read().fill(9);
    expect(made.read()).toEqual(single());
    const next = single([5, 6, 7]);
    made.write(next);
    next.fill(9);
    expect(made.read()).toEqual(single([5, 6, 7]));
  });

  test.each<[TensorType, DataArray]>([
    [{ dtype: "float64", shape: [2] }, Float64Array.of(0.1, -1e300)],
    [{ dtype: "int32", shape: [] }, Int32Array.of(-2147483648)],
    [{ dtype: "uint8", shape: [1, 2] }, Uint8Array.of(0, 255)],
    [{ dtype: "bool", shape: [2] }, Uint8Array.of(1, 0)],
    [{ dtype: "float32", shape: [0, 3] }, new Float32Array(0)],
  ])("a storage of %o, read and written by a program", async (type, data) => {
    const [held, taken] = [engine.storage(type, data), engine.storage(type, data.slice().fill(0))];
    const x = value(type);
    const program = await compiled(makeGraph([x], [x]), { reads: [held], writes: [taken] });
    expect(program.run([])).toEqual([]);
    expect(taken.read()).toEqual(data);
    expect(held.read()).toEqual(data);
  });

  test("a program that only reads leaves a storage as it is", async () => {
    const weights = storage();
    const [x, w] = [value(), value()];
    const graph = makeGraph([x, w], [o.sub(x, w)]);
    const program = await compiled(graph, { reads: [weights], writes: [] });
    expect(program.run([single([2, 2, 2])])).toEqual([single([1, 4, -2])]);
    expect(weights.read()).toEqual(single());
    weights.write(single([1, 1, 1]));
    expect(program.run([single([2, 2, 2])])).toEqual([single([1, 1, 1])]);
  });

  test("a written storage keeps its value from run to run and for other programs", async () => {
    const total = storage([0, 0, 0]);
    const [x, t] = [value(), value()];
    const next = o.add(t, x);
    const add = await compiled(makeGraph([x, t], [o.mul(next, next), next]), {
      reads: [total],
      writes: [total],
    });
    const s = value();
    const negated = makeGraph([s], [o.neg(s)]);
    const negate = await compiled(negated, { reads: [total], writes: [] });
    expect(add.run([single()])).toEqual([single([1, 4, 16])]);
    expect(negate.run([])).toEqual([single([-1, 2, -4])]);
    expect(add.run([single()])).toEqual([single([4, 16, 64])]);
    expect(negate.run([])).toEqual([single([-2, 4, -8])]);
    expect(total.read()).toEqual(single([2, -4, 8]));
  });

  test("all reads happen before the first write", async () => {
    const [a, b] = [storage([1, 2, 3]), storage([4, 5, 6])];
    const [x, y] = [value(), value()];
    // a becomes b, b becomes a + b, and the result is the old a.
    const graph = makeGraph([x, y], [x, y, o.add(x, y)]);
    const program = await compiled(graph, { reads: [a, b], writes: [a, b] });
    expect(program.run([])).toEqual([single([1, 2, 3])]);
    expect([a.read(), b.read()]).toEqual([single([4, 5, 6]), single([5, 7, 9])]);
    expect(program.run([])).toEqual([single([4, 5, 6])]);
    expect([a.read(), b.read()]).toEqual([single([5, 7, 9]), single([9, 12, 15])]);
  });

  test("two storages can take the same value and stay apart", async () => {
    const [a, b] = [storage(), storage()];
    const x = value();
    const y = o.neg(x);
    const both = await compiled(makeGraph([x], [y, y]), { reads: [a], writes: [a, b] });
    both.run([]);
    expect(b.read()).toEqual(single([-1, 2, -4]));
    const only = await compiled(makeGraph([x], [y]), { reads: [a], writes: [a] });
    only.run([]);
    expect([a.read(), b.read()]).toEqual([single(), single([-1, 2, -4])]);
  });

  test("several times in one call is as often in calls of their own", async () => {
    const total = storage([0, 1, 2]);
    const [x, t] = [value(), value()];
    const next = o.add(t, x);
    const graph = makeGraph([x, t], [o.mul(next, x), next]);
    const program = await compiled(graph, { reads: [total], writes: [total] });
    expect(program.run([single()], 3)).toEqual([single([3, 10, 56])]);
    expect(total.read()).toEqual(single([3, -5, 14]));
  });

  test("arguments are never changed, even where they are results too", async () => {
    const [x, y] = [value(), value()];
    const graph = makeGraph([x, y], [x, o.add(x, y), x, o.exp(y)]);
    const program = await compiled(graph);
    const [first, second] = [single(), single([0, 0, 1])];
    const results = program.run([first, second]);
    expect(results.slice(0, 3)).toEqual([single(), single([1, -2, 5]), single()]);
    expect([first, second]).toEqual([single(), single([0, 0, 1])]);
  });

  test("one array may be several arguments", async () => {
    const [x, y] = [value(), value()];
    const program = await compiled(makeGraph([x, y], [o.mul(x, y)]));
    const twice = single();
    expect(program.run([twice, twice])).toEqual([single([1, 4, 16])]);
  });

  const { "arguments are never kept": excuse } = skip;
  test.skipIf(excuse)(
    `arguments are never kept, not by storages either${because(excuse)}`,
    async () => {
      const held = storage();
      const x = value();
      const program = await compiled(makeGraph([x], [x]), { reads: [], writes: [held] });
      const given = single([5, 6, 7]);
      program.run([given]);
      given.fill(9);
      expect(held.read()).toEqual(single([5, 6, 7]));
    },
  );

  test("results stay as they are when the program runs again or the storage is written", async () => {
    const held = storage();
    const [x, w] = [value(), value()];
    const graph = makeGraph([x, w], [o.add(x, w), w, o.add(w, w)]);
    const program = await compiled(graph, { reads: [held], writes: [held] });
    const first = program.run([single([1, 1, 1])]);
    const before = first.map((data) => data.slice());
    program.run([single([3, 2, 1])]);
    held.write(single([0, 0, 0]));
    expect(first).toEqual(before);
  });

  test("constants, unused arguments and results that need no argument", async () => {
    const [x, y] = [value(), value()];
    const constant = o.constant({ data: single(), dtype: "float32", shape: [3] });
    const program = await compiled(makeGraph([x, y], [constant, o.neg(y)]));
    const expected = [single(), single([-7, -8, -9])];
    expect(program.run([single([0, 0, 0]), single([7, 8, 9])])).toEqual(expected);
    expect(program.run([single([1, 1, 1]), single([7, 8, 9])])).toEqual(expected);
  });

  test("an array that is part of a larger buffer", async () => {
    const x = value();
    const program = await compiled(makeGraph([x], [o.neg(x)]));
    const middle = single([0, ...NUMBERS, 0]).subarray(1, 4);
    expect(program.run([middle])).toEqual([single([-1, 2, -4])]);
  });

  test("a program of nothing", async () => {
    const program = await compiled(makeGraph([], []));
    expect(program.run([])).toEqual([]);
  });
}

function because(excuse: string | undefined): string {
  return excuse === undefined ? "" : `: ${excuse}`;
}
