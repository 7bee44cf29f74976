// Products in loops whose second factor stays the same: its panels are made once, and the bits are those of the
// same products one after the other.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DataArray } from "../../ir/dtype.ts";
import { type Graph, makeGraph, Value } from "../../ir/graph.ts";
import { graphBuilder } from "../../ops/builder.ts";
import { drawDirection } from "../../ops/samples.testing.ts";
import { createWasmEngine } from "./index.ts";
import { pairedEngine } from "./paired.testing.ts";
import { compiled, SPLIT_ALL } from "./run/threads.testing.ts";

/** More of them, with other seeds: npm run fuzz */
const RUNS = Number(process.env.FUZZ_RUNS ?? 12);
const SEED = Number(process.env.FUZZ_SEED ?? 20261130);

const o = graphBuilder();
const engines = [
  createWasmEngine({ threads: 1 }),
  createWasmEngine({ threads: 3, leastWork: SPLIT_ALL }),
  pairedEngine({ threads: 1 }),
  pairedEngine({ threads: 2, leastWork: SPLIT_ALL }),
];

interface Sizes {
  readonly dtype: "float32" | "float64" | "int32";
  readonly m: number;
  readonly k: number;
  readonly n: number;
}

/** Two products with w, as it is and turned: h [m, k] becomes another, by way of y [m, n]. */
function step(h: Value, w: Value): readonly [next: Value, y: Value] {
  const y = bounded(o.matmul(h, w));
  return [bounded(o.matmul(y, o.transpose(w, { perm: [1, 0] }))), y];
}

const bounded = (x: Value) => (x.type.dtype === "int32" ? o.neg(x) : o.tanh(x));
const int = (x: number) => o.constant({ data: Int32Array.of(x), dtype: "int32", shape: [] });
const count = () => new Value({ dtype: "int32", shape: [] });
const given = ({ dtype, m, k, n }: Sizes) => ({
  h: new Value({ dtype, shape: [m, k] }),
  w: new Value({ dtype, shape: [k, n] }),
});

/** h after all steps, and y of each, where they can be had. */
type Write = (sizes: Sizes, length: number, h: Value, w: Value) => readonly Value[];

function scanned(reverse: boolean): Write {
  return (sizes, length, start, weights) => {
    const { h, w } = given(sizes);
    const body = makeGraph([w, h], step(h, w));
    const params = { body, constants: 1, carries: 1, length, reverse };
    const [last, ys] = o.scan(weights, start, params) as [Value, Value];
    return [last, reverse ? o.flip(ys, { axes: [0] }) : ys];
  };
}

/** A loop of loops of one step each, or of two. */
function nested(inner: number): Write {
  return (sizes, length, start, weights) => {
    const { h, w } = given(sizes);
    const body = makeGraph([w, h], scanned(false)(sizes, inner, h, w));
    const params = { body, constants: 1, carries: 1, length: length / inner, reverse: false };
    const [last, ys] = o.scan(weights, start, params) as [Value, Value];
    return [last, o.reshape(ys, { shape: [length, sizes.m, sizes.n] })];
  };
}

const counted: Write = (sizes, length, start, weights) => {
  const { h, w } = given(sizes);
  const [end, i] = [count(), count()];
  const params = {
    condition: makeGraph([w, end, i, h], [o.lt(i, end)]),
    body: makeGraph([w, end, i, h], [o.add(i, int(1)), step(h, w)[0]]),
    constants: 2,
  };
  const [, last] = o.whileLoop(weights, int(length), int(0), start, params) as [Value, Value];
  return [last];
};

/** Every step is a choice, of which the other branch has products too. */
const chosen: Write = (sizes, length, start, weights) => {
  const { h, w } = given(sizes);
  const [a, b] = [given(sizes), given(sizes)];
  const yes = step(a.h, a.w);
  const branches = {
    ifTrue: makeGraph([a.h, a.w], yes),
    ifFalse: makeGraph([b.h, b.w], [bounded(b.h), bounded(o.matmul(b.h, b.w))]),
  };
  const [i, at] = [count(), o.iota({ length, dtype: "int32" })];
  const body = makeGraph([w, h, i], o.cond(o.lt(i, int(length)), h, w, branches));
  const params = { body, constants: 1, carries: 1, length, reverse: false };
  return o.scan(weights, start, at, params);
};

const WAYS: Readonly<Record<string, Write>> = {
  scan: scanned(false),
  backwards: scanned(true),
  "loops of one step": nested(1),
  "loops of two steps": nested(2),
  whileLoop: counted,
  choices: chosen,
};

/** What a program of loops gives, and the same steps without one. */
function programs(
  way: Write,
  sizes: Sizes,
  length: number,
): readonly [looped: Graph, plain: Graph] {
  const { h, w } = given(sizes);
  const results = way(sizes, length, h, w);
  let now = h;
  const ys = Array.from({ length }, () => {
    const [next, y] = step(now, w);
    now = next;
    return o.reshape(y, { shape: [1, ...y.type.shape] });
  });
  const all = ys.length > 0 ? o.concat(...ys, { axis: 0 }) : null;
  const plain = results.length > 1 && all ? [now, all] : [now];
  return [makeGraph([h, w], results), makeGraph([h, w], plain)];
}

const argumentsOf = ({ inputs }: Graph): DataArray[] =>
  inputs.map(({ type }, i) => drawDirection(type, i + 3).data);

/** For each array where the first number is that differs, or -1: thousands of numbers are not to be printed. */
const differing = (received: readonly DataArray[], expected: readonly DataArray[]) =>
  expected.map((data, i) => {
    const other = received[i]!;
    for (let at = 0; at < data.length; at++) if (!Object.is(data[at], other[at])) return at;
    return data.length === other.length ? -1 : data.length;
  });

async function expectSame(way: Write, sizes: Sizes, length: number): Promise<void> {
  const [looped, plain] = programs(way, sizes, length);
  const args = argumentsOf(looped);
  // Of one engine for all: neither threads nor pairs change a bit (run/threads.test.ts).
  const expected = engines[0]!.compile(plain).run(args);
  for (const engine of engines) {
    const program = await compiled(engine, looped);
    for (const times of [1, 2]) {
      const received = program.run(args, times).slice(0, expected.length);
      expect(differing(received, expected)).toEqual(expected.map(() => -1));
    }
  }
}

const SIZES: readonly Sizes[] = [
  { dtype: "float32", m: 40, k: 70, n: 90 },
  { dtype: "float32", m: 2, k: 65, n: 130 },
  { dtype: "float32", m: 33, k: 1100, n: 20 },
  { dtype: "float64", m: 35, k: 64, n: 70 },
  { dtype: "int32", m: 34, k: 90, n: 67 },
];

describe.each(Object.keys(WAYS))("%s", (name) => {
  test.each(SIZES)("$m x $k x $n in $dtype", async (sizes) => {
    await expectSame(WAYS[name]!, sizes, 2);
    if (!name.startsWith("loops")) await expectSame(WAYS[name]!, sizes, 0);
  });
});

test("of any size, for any number of steps", async () => {
  const sizes = fc.record({
    dtype: fc.constantFrom("float32" as const, "float64" as const),
    m: fc.integer({ min: 1, max: 110 }),
    k: fc.integer({ min: 1, max: 200 }),
    n: fc.integer({ min: 1, max: 200 }),
  });
  const program = fc.tuple(fc.constantFrom(...Object.keys(WAYS)), sizes, fc.integer({ max: 2 }));
  const check = fc.asyncProperty(program, async ([name, size, half]) => {
    const length = name === "loops of two steps" ? 2 * Math.max(0, half) : Math.max(0, half);
    await expectSame(WAYS[name]!, size, length);
  });
  await fc.assert(check, { numRuns: RUNS, seed: SEED });
});

const kernelsOf = (graph: Graph) => createWasmEngine().compile(graph).stages!()[1]!.text;
const lines = (text: string, what: RegExp) => text.split("\n").filter((line) => what.test(line));

describe("the stages say where panels are made", () => {
  const kernels = (name: string, length: number) =>
    kernelsOf(programs(WAYS[name]!, SIZES[0]!, length)[0]);

  test("before a loop of two turns or more", () => {
    for (const name of ["scan", "backwards"]) {
      expect(lines(kernels(name, 2), /panels/)).toEqual([
        expect.stringMatching(/^kernel \d: panels, \d+ units? of work 6300$/),
        "  panels of argument1",
        expect.stringMatching(/^kernel \d: panels, /),
        expect.stringMatching(/^ {2}panels of array\d$/), // turned by the simplifier, before the loop
        expect.stringMatching(/^ {2}kernel \d: matmul, .*, panels are ready$/),
        expect.stringMatching(/^ {2}kernel \d: matmul, .*, panels are ready$/),
      ]);
      for (const length of [0, 1]) expect(kernels(name, length)).not.toContain("panels");
    }
  });

  test("before the outermost of loops", () => {
    for (const name of ["loops of one step", "loops of two steps"]) {
      const text = kernels(name, 4);
      expect(lines(text, /: panels/)).toHaveLength(2);
      expect(text.indexOf("matmul")).toBeGreaterThan(text.indexOf("loop of"));
      expect(text.lastIndexOf(": panels")).toBeLessThan(text.indexOf("loop of"));
      expect(lines(text, /panels are ready/)).toHaveLength(2);
    }
    // The outer one takes one turn, so that there is nothing to gain before it.
    expect(lines(kernels("loops of two steps", 2), /^ {2}kernel \d: panels/)).toHaveLength(2);
  });

  test("in the first turn of one that may take none", () => {
    const text = kernels("whileLoop", 2);
    const [, first, body] = text.split(/^ {2}(?:first turn|body)$/m);
    expect(lines(first!, /: panels/)).toHaveLength(2);
    expect(lines(body!, /panels are ready/)).toHaveLength(2);
  });

  test("nowhere for a branch", () => {
    expect(kernels("choices", 2)).not.toContain("panels");
  });
});

test("a slice of the loop around is no constant of it", async () => {
  const sizes = SIZES[0]!;
  const { h, w } = given(sizes);
  const body = makeGraph([h, w], scanned(false)(sizes, 2, h, w));
  const start = new Value(h.type);
  const all = new Value({ ...w.type, shape: [3, ...w.type.shape] });
  const params = { body, constants: 0, carries: 1, length: 3, reverse: false };
  const looped = makeGraph([start, all], o.scan(start, all, params));
  let now: Value = start;
  for (let i = 0; i < 3; i++) {
    const slice = o.slice(all, { start: [i, 0, 0], end: [i + 1, 70, 90], step: [1, 1, 1] });
    const own = o.reshape(slice, { shape: [70, 90] });
    now = step(step(now, own)[0], own)[0];
  }
  const args = argumentsOf(looped);
  for (const engine of engines) {
    const program = await compiled(engine, looped);
    expect(program.stages!()[1]!.text).toMatch(/^ {2}kernel \d: panels/m);
    expect(program.run(args)[0]).toEqual(
      engine.compile(makeGraph([start, all], [now])).run(args)[0],
    );
  }
});

test("what changes from turn to turn has no panels that stay", () => {
  const { h, w } = given(SIZES[0]!);
  const body = makeGraph([w, h], [o.neg(w), bounded(o.matmul(h, w))]);
  const rows = new Value({ dtype: "float32", shape: [3, 40, 70] });
  const params = { body, constants: 0, carries: 1, length: 3, reverse: false };
  expect(kernelsOf(makeGraph([w, rows], o.scan(w, rows, params)))).not.toContain("panels");
});

test("weights that are written behind the loop have new panels in the next run", async () => {
  const sizes = SIZES[0]!;
  const { h, w } = given(sizes);
  const results = scanned(false)(sizes, 3, h, w);
  const graph = makeGraph([h, w], [...results, o.neg(w)]);
  const [start, weights] = argumentsOf(graph) as [DataArray, Float32Array];
  const turned = weights.map((x) => -x);
  for (const engine of engines) {
    const plain = engine.compile(makeGraph([h, w], results));
    const storage = engine.storage(w.type, weights);
    const program = await compiled(engine, graph, { reads: [storage], writes: [storage] });
    expect(program.stages!()[1]!.text).toContain("panels are ready");
    expect(program.run([start])).toEqual(plain.run([start, weights]));
    expect(program.run([start])).toEqual(plain.run([start, turned]));
    expect(program.run([start], 2)).toEqual(plain.run([start, turned]));
  }
});
