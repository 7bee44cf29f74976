// Tests of every op, generated from nothing but its samples.

import { describe, expect, test } from "vitest";
import { evaluate } from "../engines/reference/evaluate.ts";
import { checkGraph } from "../ir/check.ts";
import { DTYPES, isFloat } from "../ir/dtype.ts";
import { type Graph, makeGraph, Node, Value } from "../ir/graph.ts";
import type { OpName, OpParams } from "../ir/op-table.ts";
import { compile } from "../runtime/compiled/compile.ts";
import { prims } from "../runtime/interpreter/apply.ts";
import { Tensor } from "../runtime/values/tensor.ts";
import { jvpGraph } from "../transforms/jvp.ts";
import { simplify } from "../transforms/simplify.ts";
import { TRANSFORMS } from "../transforms/table.ts";
import { vjpGraph } from "../transforms/vjp.ts";
import {
  expectClose,
  expectSameBits,
  innerProduct,
  moved,
  part,
  slope,
  stack,
} from "./arrays.testing.ts";
import { graphBuilder, inferTypes } from "./builder.ts";
import type { NdArray } from "./define.ts";
import {
  CASES,
  type Case,
  caseIn,
  drawDirection,
  drawInputs,
  graphOf,
  numbersFrom,
} from "./samples.testing.ts";
import { opOf } from "./table.ts";
import { OP_NAMES } from "./traits.ts";
import { watch } from "./watch.testing.ts";

/** Ops whose parameters hold graphs: they have test files of their own. */
const WITH_GRAPHS: readonly OpName[] = ["scan", "cond", "whileLoop", "custom", "customTangent"];

test("every op has a sample", () => {
  const sampled = new Set(CASES.map(({ name }) => name));
  expect(OP_NAMES.filter((name) => !sampled.has(name)).sort()).toEqual([...WITH_GRAPHS].sort());
});

/** The cases as given, and in every other element type that the op's type rule accepts. */
const IN_ALL_TYPES = CASES.flatMap((given) => {
  const others = DTYPES.filter((dtype) => dtype !== "float64").map((dtype) => caseIn(dtype, given));
  return [given, ...others.filter((other) => other !== null)];
});

/** Rows for test.each("%s"): a title, and what it is the title of. */
function named<T extends { readonly title: string }>(things: readonly T[]) {
  return things.map((thing) => [thing.title, thing] as const);
}

describe("the type rule says what the definition fills", () => {
  test.each(named(IN_ALL_TYPES))("%s", (_, given) => {
    const { name, params } = given;
    const inputs = drawInputs(given).map((array) => watch(array));
    const outputs = graphOf(given).outputs.map(({ type }) => watch.empty(type));
    const { meaning } = opOf(name);
    if (meaning.kind === "scalar") {
      const { shape } = inputs[0]!.array;
      expect(inputs.map(({ array }) => array.shape)).toEqual(inputs.map(() => shape));
      expect(outputs.map(({ array }) => array.shape)).toEqual([shape]);
      return;
    }
    const [operands, results] = [inputs, outputs].map((list) => list.map(({ array }) => array));
    meaning.eval(operands as never, results!, { params: params as never, run: evaluate });
    expect(inputs.flatMap(({ problems }) => problems())).toEqual([]);
    expect(outputs.flatMap(({ problems }) => problems())).toEqual([]);
    // What pad does not write is zero already.
    if (name !== "pad") expect(outputs.map(({ unwritten }) => unwritten())).toEqual([0]);
  });
});

/** The cases that have a derivative to test: float operands, float results, no kink. */
const SMOOTH = CASES.filter((given) => {
  const { inputs, outputs } = graphOf(given);
  const floats = [...inputs, ...outputs].filter(({ type }) => isFloat(type.dtype));
  return given.differentiable && floats.some((v) => v.node === null) && floats.some((v) => v.node);
});

const floatInputs = ({ inputs }: Graph) => inputs.map(({ type }) => isFloat(type.dtype));
const onlyFloats = (arrays: readonly NdArray[]) => arrays.filter(({ dtype }) => isFloat(dtype));

/** Directions for the float inputs of a graph. */
function directions({ inputs }: Graph, seed: number): NdArray[] {
  return inputs
    .filter(({ type }) => isFloat(type.dtype))
    .map(({ type }, i) => drawDirection(type, seed + i));
}

/** The derivative of a graph at `inputs` along `dx`: central differences of its float outputs. */
function finiteDifference(graph: Graph, inputs: readonly NdArray[], dx: readonly NdArray[]) {
  // Linear casts from float32 bear a large step; what float64 holds needs a small one.
  const step = inputs.some(({ dtype }) => dtype === "float32") ? 2 ** -6 : 1e-5;
  const at = (by: number) => {
    let next = 0;
    const shifted = inputs.map((x) => (isFloat(x.dtype) ? moved(x, dx[next++]!, by) : x));
    return onlyFloats(evaluate(graph, shifted));
  };
  const [above, below] = [at(step), at(-step)];
  return above.map((y, i) => slope(y, below[i]!, 2 * step));
}

/** The same by forward mode. */
function forwardMode(graph: Graph, inputs: readonly NdArray[], dx: readonly NdArray[]): NdArray[] {
  const results = evaluate(jvpGraph(graph, floatInputs(graph)), [...inputs, ...dx]);
  return onlyFloats(results.slice(graph.outputs.length)).map((dy) => ({
    ...dy,
    dtype: "float64",
    data: Float64Array.from(dy.data),
  }));
}

describe("jvp = central finite difference", () => {
  test.each(named(SMOOTH))("%s", (_, given) => {
    const graph = graphOf(given);
    const [inputs, dx] = [drawInputs(given), directions(graph, 10)];
    const tolerance = inputs.some(({ dtype }) => dtype === "float32") ? 1e-4 : 1e-8;
    expectClose(forwardMode(graph, inputs, dx), finiteDifference(graph, inputs, dx), tolerance);
  });
});

/** Expects <J v, w> = <v, J^T w> for the float inputs and outputs of a graph. */
function expectTransposed(graph: Graph, inputs: readonly NdArray[], precision = 1e-13): void {
  const wrt = floatInputs(graph);
  const v = directions(graph, 20);
  const w = graph.outputs.map(({ type }, i) => drawDirection(type, 30 + i));
  const jv = evaluate(jvpGraph(graph, wrt), [...inputs, ...v]).slice(graph.outputs.length);
  const jtw = evaluate(vjpGraph(graph, wrt), [...inputs, ...w]).slice(graph.outputs.length);
  const [left, right] = [innerProduct(jv, w), innerProduct(v, jtw)];
  if (Number.isNaN(left.value) && Number.isNaN(right.value)) return; // a sample of infinities
  const room = precision * Math.max(left.scale, right.scale);
  expect(Math.abs(left.value - right.value)).toBeLessThanOrEqual(room);
}

/** Kinks and ties too: whatever slope a rule chooses, it must choose it in both modes. */
const WITH_TANGENTS = CASES.filter(
  (given) => opOf(given.name).jvp && floatInputs(graphOf(given)).includes(true),
);

describe("<jvp v, w> = <v, vjp w>", () => {
  test.each(named(WITH_TANGENTS))("%s", (_, given) => {
    const isSingle = given.inputs.some(({ type }) => type.dtype === "float32");
    expectTransposed(graphOf(given), drawInputs(given), isSingle ? 1e-6 : 1e-13);
  });
});

/** The vjp of a case as a graph, and numbers for it. */
function pullbackOf(given: Case): { graph: Graph; inputs: NdArray[] } {
  const graph = graphOf(given);
  const cotangents = graph.outputs.map(({ type }, i) => drawDirection(type, 40 + i));
  return {
    graph: vjpGraph(graph, floatInputs(graph)),
    inputs: [...drawInputs(given), ...cotangents],
  };
}

describe("second order: the vjp differentiated forwards and backwards", () => {
  const double = SMOOTH.filter(({ inputs }) =>
    inputs.every(({ type }) => type.dtype !== "float32"),
  );
  test.each(named(double))("%s", (_, given) => {
    const { graph, inputs } = pullbackOf(given);
    const dx = directions(graph, 50);
    expectClose(forwardMode(graph, inputs, dx), finiteDifference(graph, inputs, dx), 1e-7);
    expectTransposed(graph, inputs);
  });
});

/** Every non-empty choice of operands; for ops without operands, the empty one. */
function subsets(count: number): boolean[][] {
  const first = count === 0 ? 0 : 1;
  return Array.from({ length: 2 ** count - first }, (_, bits) =>
    Array.from({ length: count }, (_, i) => (((bits + first) >> i) & 1) === 1),
  );
}

describe("batch = the op on each slice", () => {
  const batches = CASES.flatMap((given) =>
    subsets(given.inputs.length).map((flags) => {
      const which = flags.map((flag) => (flag ? "batched" : "shared")).join(", ");
      return { given, flags, title: `${given.title}: ${which}` };
    }),
  );
  test.each(named(batches))("%s", (_, { given, flags }) => {
    const graph = graphOf(given);
    const shared = drawInputs(given);
    const slices = [0, 1, 2].map((i) => {
      const own = drawInputs(given, 60 + i, i);
      return shared.map((x, k) => (flags[k] ? own[k]! : x));
    });
    const operands = shared.map((x, k) =>
      flags[k] ? stack([slices[0]![k]!, slices[1]![k]!, slices[2]![k]!]) : x,
    );
    const batched = TRANSFORMS.batch(graph, flags, 3);
    checkGraph(batched, inferTypes);
    const results = evaluate(batched, operands);
    slices.forEach((slice, i) => {
      expectSameBits(
        results.map((y) => part(y, i)),
        evaluate(graph, slice),
      );
    });
  });

  test.each(named(batches))("%s; a batch of none", (_, { given, flags }) => {
    const graph = graphOf(given);
    const batched = TRANSFORMS.batch(graph, flags, 0);
    checkGraph(batched, inferTypes);
    const expected = graph.outputs.map(({ type }) => ({ ...type, shape: [0, ...type.shape] }));
    expect(batched.outputs.map(({ type }) => type)).toEqual(expected);
    const operands = drawInputs(given).map((x, k) =>
      flags[k] ? { ...x, shape: [0, ...x.shape], data: x.data.slice(0, 0) } : x,
    );
    expect(evaluate(batched, operands)[0]!.data).toHaveLength(0);
  });
});

describe("compiled = eager", () => {
  const tensorOf = ({ dtype, shape, data }: NdArray) => {
    return new Tensor({ type: { dtype, shape }, known: data });
  };
  const arrayOf = ({ type, data }: Tensor): NdArray => ({ ...type, data });

  test.each(named(IN_ALL_TYPES))("%s", (_, given) => {
    const op = prims[given.name] as (...args: unknown[]) => Tensor;
    const f = (...xs: Tensor[]) => op(...xs, ...(given.params === null ? [] : [given.params]));
    const tensors = drawInputs(given).map(tensorOf);
    const [eager, compiled] = [f(...tensors), compile(f)(...tensors)];
    expectSameBits([arrayOf(compiled)], [arrayOf(eager)]);
    // Functions in float32 are right within rounding; see engines/wasm/math.
    const isSingle = given.inputs.some(({ type }) => type.dtype === "float32");
    const expected = evaluate(graphOf(given), drawInputs(given));
    expectClose([arrayOf(eager)], expected, isSingle ? 1e-6 : 0);
  });
});

describe("simplify keeps every bit", () => {
  test.each(named(CASES))("%s", (_, given) => {
    const graph = graphOf(given);
    const inputs = drawInputs(given);
    const check = (whole: Graph, arrays: readonly NdArray[]) => {
      const simple = simplify(whole);
      expect(simple.nodes.length).toBeLessThanOrEqual(whole.nodes.length);
      expectSameBits(evaluate(simple, arrays), evaluate(whole, arrays));
    };
    check(graph, inputs);
    check(jvpGraph(graph, floatInputs(graph)), [...inputs, ...directions(graph, 70)]);
    const pullback = pullbackOf(given);
    check(pullback.graph, pullback.inputs);
    const twice = jvpGraph(pullback.graph, floatInputs(pullback.graph));
    check(twice, [...pullback.inputs, ...directions(pullback.graph, 80)]);
  });
});

describe("checkGraph", () => {
  test.each(named(CASES))("accepts what transforms make of %s", (_, given) => {
    const graph = graphOf(given);
    const pullback = vjpGraph(graph, floatInputs(graph));
    const made = [
      graph,
      jvpGraph(graph, floatInputs(graph)),
      pullback,
      jvpGraph(pullback, floatInputs(pullback)),
      vjpGraph(pullback, floatInputs(pullback)),
      simplify(pullback),
      TRANSFORMS.batch(
        pullback,
        pullback.inputs.map(() => true),
        2,
      ),
    ];
    for (const each of made) expect(() => checkGraph(each, inferTypes)).not.toThrow();
  });

  const o = graphBuilder();
  const type = { dtype: "float32", shape: [3] } as const;
  const x = new Value(type);
  const y = o.exp(x);
  const z = o.mul(y, x);
  const whole = makeGraph([x], [z]);

  test.each([
    [
      "nodes in the wrong order",
      { ...whole, nodes: whole.nodes.toReversed() },
      "graph: node 0 (mul) reads a value before it is computed",
    ],
    [
      "a node left out",
      { ...whole, nodes: whole.nodes.slice(1) },
      "graph: node 0 (mul) reads a value before it is computed",
    ],
    ["no nodes at all", { ...whole, nodes: [] }, "graph: an output is never computed"],
    [
      "a free placeholder",
      { ...whole, inputs: [new Value(type)] },
      "graph: node 0 (exp) reads a value before it is computed",
    ],
    [
      "a wrong type",
      graphWith(new Node("exp", [x], null, [{ ...type, shape: [4] }])),
      "graph: node 0 (exp) claims float32[4], its rule gives float32[3]",
    ],
    [
      "one result too many",
      graphWith(new Node("exp", [x], null, [type, type])),
      "graph: node 0 (exp) has 2 results, its rule gives 1",
    ],
    [
      "an operand that the rule refuses",
      graphWith(new Node("log", [new Value({ ...type, dtype: "int32" })], null, [type])),
      "log: expected float32 or float64, received int32[3]",
    ],
  ])("refuses %s", (_, broken, message) => {
    expect(() => checkGraph(broken, inferTypes)).toThrow(message);
  });

  function graphWith(node: Node<"exp" | "log">): Graph {
    const outputs = node.outputs.slice(-1);
    return { inputs: node.inputs, outputs, nodes: [node as unknown as Node] };
  }
});

/** Contractions of two operands, and which of them is split below. */
const PRODUCTS: readonly OpName[] = ["mul", "matmul", "conv", "convGradInput", "convGradKernel"];

describe("int32 products and sums wrap: they are exact modulo 2^32", () => {
  const wide = CASES.filter(({ name }) => PRODUCTS.includes(name))
    .map((given) => caseIn("int32", given))
    .filter((given) => given !== null);
  test.each(named(wide))("%s", (_, given) => {
    // With b = low + 2^16 high, all of f(a, low) and f(a, high) is exact in a double.
    const graph = graphOf(given);
    const [a, b] = drawInputs(given) as [NdArray, NdArray];
    const run = (f: (element: number) => number) =>
      evaluate(graph, [a, { ...b, data: Int32Array.from(b.data, f) }])[0]!;
    const [whole, low, high] = [run((n) => n), run((n) => n & 0xffff), run((n) => n >> 16)];
    const data = Int32Array.from(low.data, (n, i) => n + Math.imul(65536, high.data[i]!));
    expectSameBits([whole], [{ ...whole, data }]);
  });
});

test("draws are the same for the same seed", () => {
  const params: OpParams<OpName> = null;
  const given = { ...CASES[0]!, params };
  expect(drawInputs(given, 3)).toEqual(drawInputs(given, 3));
  const [next, other] = [numbersFrom(1), numbersFrom(2)];
  expect(next()).not.toBe(other());
});
