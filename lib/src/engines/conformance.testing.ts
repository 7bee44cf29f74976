// What every engine must do, as tests: the ops on all their samples, loops, state, and good manners.

import { describe, expect, test } from "vitest";
import { allocate, type DataArray, DTYPES, type DType } from "../ir/dtype.ts";
import { type Graph, makeGraph, Value } from "../ir/graph.ts";
import type { OpName } from "../ir/op-table.ts";
import { sizeOf } from "../ir/shape.ts";
import type { TensorType } from "../ir/type.ts";
import { expectClose } from "../ops/arrays.testing.ts";
import { graphBuilder } from "../ops/builder.ts";
import type { NdArray } from "../ops/define.ts";
import { CASES, type Case, caseIn, drawInputs, graphOf } from "../ops/samples.testing.ts";
import { opOf } from "../ops/table.ts";
import type { Engine } from "./engine.ts";
import { meaningOf } from "./meaning.testing.ts";
import { type Clause, stateTests } from "./state.testing.ts";

export interface ConformanceOptions {
  /**
   * How far an engine's results may be from the ops' definitions: relative above 1, absolute below.
   * By default not at all: the same bits, the sign of zero included.
   */
  readonly tolerance?: (op: OpName, dtype: DType) => number;
  /** Ops that the engine does not run, clauses that it does not keep, and why. */
  readonly skip?: Partial<Record<OpName | Clause, string>>;
}

/** Registers the tests of one engine. */
export function conformance(engine: Engine, options: ConformanceOptions = {}): void {
  describe(`${engine.name} engine`, () => {
    describe("ops on their samples", () => operationTests(engine, options));
    describe("ops on the edges of arithmetic", () => edgeTests(engine, options));
    describe("graphs within graphs", () => nestedTests(engine, options));
    describe("state and arguments", () => stateTests(engine, options.skip));
  });
}

/** Compiles and runs; the results with their types, which must be those of the graph. */
export async function run(engine: Engine, graph: Graph, inputs: readonly NdArray[]) {
  expect(engine.supports(graph)).toBe(true);
  const program = engine.compile(graph);
  await engine.ready?.();
  const results = program.run(inputs.map((input) => input.data));
  expect(results).toHaveLength(graph.outputs.length);
  return graph.outputs.map(({ type }, i) => {
    const data = results[i]!;
    expect(data.constructor).toBe(allocate(type.dtype, 0).constructor);
    expect(data).toHaveLength(sizeOf(type.shape));
    return { ...type, data };
  });
}

async function expectMeaning(engine: Engine, given: Case, inputs: NdArray[], tolerance: number) {
  const graph = graphOf(given);
  const before = inputs.map((input) => input.data.slice());
  const expected = meaningOf(given, inputs);
  const received = await run(engine, graph, inputs);
  expectClose(received, expected, tolerance);
  expect(inputs.map((input) => input.data)).toEqual(before);
}

function operationTests(engine: Engine, options: ConformanceOptions): void {
  for (const given of CASES.flatMap(inAllTypes)) {
    register(given.name, given.title, options, async (tolerance) => {
      const dtype = given.inputs[0]?.type.dtype ?? "float64";
      await expectMeaning(engine, given, drawInputs(given), tolerance(dtype));
    });
  }
}

/** The case as its block gives it, and in every other element type that the op takes. */
function inAllTypes(given: Case): Case[] {
  const others = DTYPES.filter((dtype) => dtype !== "float64").map((dtype) => caseIn(dtype, given));
  return [given, ...others.filter((other) => other !== null)];
}

/** A test, or the written reason why there is none. */
function register(
  name: OpName,
  title: string,
  { skip = {}, tolerance = () => 0 }: ConformanceOptions,
  body: (tolerance: (dtype: DType) => number) => Promise<void>,
): void {
  const reason = skip[name];
  if (reason === undefined) test(title, () => body((dtype) => tolerance(name, dtype)));
  else if (reason.trim() === "") throw new Error(`${name}: expected a reason to skip this op`);
  else test.skip(`${title}: ${reason}`);
}

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;

/** Numbers at which arithmetic goes wrong first. */
const EDGES: { readonly [D in DType]: readonly number[] } = {
  float32: [nan, inf, -inf, 0, -0, 1, -1, 2.5, -2.5, 88.5, 1e-30, 3],
  float64: [nan, inf, -inf, 0, -0, 1, -1, 2.5, -2.5, 88.5, 1e-30, 3],
  int32: [0, 1, -1, 2, -3, 7, 65536, -99999, 2147483647, -2147483648],
  uint8: [0, 1, 2, 3, 128, 255],
  bool: [0, 1],
};

function edgeTests(engine: Engine, options: ConformanceOptions): void {
  const elementwise = CASES.filter(({ name }) => opOf(name).meaning.kind === "scalar");
  const seen = new Set<string>();
  for (const given of elementwise.flatMap(inAllTypes)) {
    const dtypes = given.inputs.map(({ type }) => type.dtype);
    const title = `${given.name} (${dtypes.join(", ")}) ${JSON.stringify(given.params)}`;
    if (seen.has(title)) continue;
    seen.add(title);
    const inputs = combinations(dtypes);
    const whole = { ...given, inputs: inputs.map((type) => ({ type, low: 0, high: 0 })) };
    register(given.name, title, options, async (tolerance) => {
      await expectMeaning(engine, whole, inputs, tolerance(dtypes[0]!));
    });
  }
}

/** Operands that meet in every combination of edges. */
function combinations(dtypes: readonly DType[]): NdArray[] {
  const size = dtypes.reduce((product, dtype) => product * EDGES[dtype].length, 1);
  let stride = 1;
  return dtypes.map((dtype) => {
    const edges = EDGES[dtype];
    const data = allocate(dtype, size);
    for (let i = 0; i < size; i++) data[i] = edges[Math.floor(i / stride) % edges.length]!;
    stride *= edges.length;
    return { dtype, shape: [size], data };
  });
}

interface Nested {
  readonly title: string;
  readonly op: "scan" | "cond" | "whileLoop" | "custom";
  readonly graph: Graph;
  readonly inputs: readonly DataArray[];
  readonly expected: readonly (readonly number[])[];
}

function nestedTests(engine: Engine, options: ConformanceOptions): void {
  for (const { title, op, graph, inputs, expected } of [
    ...loops(),
    ...choices(),
    countdown(),
    wrapped(),
  ]) {
    register(op, title, options, async (tolerance) => {
      const operands = graph.inputs.map(({ type }, i) => ({ ...type, data: inputs[i]! }));
      const results = await run(engine, graph, operands);
      const right = graph.outputs.map(({ type }, i) => {
        const data = allocate(type.dtype, sizeOf(type.shape));
        data.set(expected[i]!);
        return { ...type, data };
      });
      expectClose(results, right, tolerance("float32"));
    });
  }
}

const o = graphBuilder();
const single = (...shape: number[]): TensorType => ({ dtype: "float32", shape });

/** h = w h + x step by step, with h^2 stacked: numbers that a reader can check by hand. */
function loops(): Nested[] {
  const scan = (length: number, reverse: boolean) => {
    const [w, h, x] = [new Value(single(2)), new Value(single(2)), new Value(single(2))];
    const next = o.add(o.mul(w, h), x);
    const body = makeGraph([w, h, x], [next, o.mul(next, next)]);
    const inputs = [new Value(single(2)), new Value(single(2)), new Value(single(length, 2))];
    const params = { body, constants: 1, carries: 1, length, reverse };
    return makeGraph(inputs, o.scan(...inputs, params));
  };
  const [w, h] = [Float32Array.of(2, -1), Float32Array.of(1, 3)];
  const xs = Float32Array.of(1, 1, 2, 2, 3, 5);
  const count = new Value({ dtype: "int32", shape: [] });
  const one = o.constant({ data: Int32Array.of(1), dtype: "int32", shape: [] });
  const counter = makeGraph([count], [o.add(count, one)]);
  const start = new Value(count.type);
  return [
    {
      title: "scan forwards",
      op: "scan",
      graph: scan(3, false),
      inputs: [w, h, xs],
      expected: [
        [19, 1],
        [9, 4, 64, 16, 361, 1],
      ],
    },
    {
      title: "scan in reverse",
      op: "scan",
      graph: scan(3, true),
      inputs: [w, h, xs],
      expected: [
        [25, 1],
        [625, 1, 144, 0, 25, 4],
      ],
    },
    {
      title: "scan of no steps",
      op: "scan",
      graph: scan(0, false),
      inputs: [w, h, new Float32Array(0)],
      expected: [[1, 3], []],
    },
    {
      title: "scan of integers without sequences",
      op: "scan",
      graph: makeGraph(
        [start],
        o.scan(start, { body: counter, constants: 0, carries: 1, length: 5, reverse: false }),
      ),
      inputs: [Int32Array.of(37)],
      expected: [[42]],
    },
  ];
}

/** x^2 or 2 - x, by a predicate that is an argument. */
function choices(): Nested[] {
  return [true, false].map((predicate) => {
    const [a, b] = [new Value(single(3)), new Value(single(3))];
    const two = o.constant({ data: Float32Array.of(2, 2, 2), dtype: "float32", shape: [3] });
    const branches = {
      ifTrue: makeGraph([a], [o.mul(a, a), a]),
      ifFalse: makeGraph([b], [o.sub(two, b), two]),
    };
    const [p, x] = [new Value({ dtype: "bool", shape: [] }), new Value(single(3))];
    const [y, z] = o.cond(p, x, branches);
    const expected = predicate
      ? [
          [1, 4, 9],
          [1, -2, 3],
        ]
      : [
          [1, 4, -1],
          [2, 2, 2],
        ];
    return {
      title: `cond that is ${predicate}`,
      op: "cond",
      graph: makeGraph([p, x], [y!, z!]),
      inputs: [Uint8Array.of(predicate ? 1 : 0), Float32Array.of(1, -2, 3)],
      expected,
    };
  });
}

/** Halves x as long as it is above w. */
function countdown(): Nested {
  const [w, x] = [new Value(single()), new Value(single())];
  const half = o.constant({ data: Float32Array.of(0.5), dtype: "float32", shape: [] });
  const params = {
    condition: makeGraph([w, x], [o.lt(w, x)]),
    body: makeGraph([w, x], [o.mul(x, half)]),
    constants: 1,
  };
  const inputs = [new Value(single()), new Value(single())];
  return {
    title: "whileLoop",
    op: "whileLoop",
    graph: makeGraph(inputs, o.whileLoop(...inputs, params)),
    inputs: [Float32Array.of(3), Float32Array.of(40)],
    expected: [[2.5]],
  };
}

/** A function with a derivative of its own runs as its body. */
function wrapped(): Nested {
  const x = new Value(single(3));
  const body = makeGraph([x], [o.mul(x, x)]);
  const rule = { mode: "jvp" as const, graph: makeGraph([x, new Value(x.type)], [x]) };
  const input = new Value(x.type);
  return {
    title: "custom",
    op: "custom",
    graph: makeGraph([input], o.custom(input, { name: "square", body, rule })),
    inputs: [Float32Array.of(1, -2, 3)],
    expected: [[1, 4, 9]],
  };
}
