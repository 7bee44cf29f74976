// Properties of all transforms, on random programs.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { defaultEngine } from "../engines/index.ts";
import { evaluate } from "../engines/reference/evaluate.ts";
import type { Graph, Node, Value } from "../ir/graph.ts";
import { expectClose, expectSameBits, innerProduct, part, stack } from "../ops/arrays.testing.ts";
import type { NdArray } from "../ops/define.ts";
import { drawDirection } from "../ops/samples.testing.ts";
import { OP_NAMES } from "../ops/traits.ts";
import { compile } from "../runtime/compiled/compile.ts";
import { grad } from "../runtime/derivatives/autodiff.ts";
import { jacobian } from "../runtime/derivatives/jacobian.ts";
import { prims, runGraph } from "../runtime/interpreter/apply.ts";
import { Tensor } from "../runtime/values/tensor.ts";
import { checkedGraph } from "./checked.ts";
import { jvpGraph } from "./jvp.ts";
import { isExact } from "./random-draft.testing.ts";
import { randomGraphs } from "./random-graph.testing.ts";
import { simplify } from "./simplify.ts";
import { TRANSFORMS } from "./table.ts";
import { vjpGraph } from "./vjp.ts";

/** The same programs at every run; change the seed to see others. */
const runs = (numRuns: number) => ({ numRuns, seed: 20260101, endOnFailure: false });

const all = ({ inputs }: Graph) => inputs.map(() => true);
const directions = (values: readonly Value[], seed: number) =>
  values.map(({ type }, i) => drawDirection(type, seed + i));
const derivatives = (graph: Graph, results: readonly NdArray[]) =>
  results.slice(graph.outputs.length);
const tensorOf = ({ data, ...type }: NdArray) => new Tensor({ type, known: data });
const arrayOf = ({ type, data }: Tensor): NdArray => ({ ...type, data });

test("the programs are many-sided", () => {
  const ops = new Set<string>();
  const sizes: number[] = [];
  const visit = (graph: Graph) => {
    for (const node of graph.nodes) {
      ops.add(node.op);
      if (node.op === "scan") visit((node as Node<"scan">).params.body);
    }
  };
  fc.assert(
    fc.property(randomGraphs(), ({ graph, inputs }) => {
      visit(graph);
      sizes.push(graph.nodes.length);
      const results = evaluate(checkedGraph(graph), inputs);
      expect(results.every(({ data }) => data.every((x: number) => Math.abs(x) <= 20))).toBe(true);
    }),
    runs(200),
  );
  // Left out on purpose: no floats (randomBits, iota, and), what only derivatives contain, and jumps
  // besides those of floor (round, mod), which simplify.test.ts draws.
  const absent = ["iota", "randomBits", "and", "convGradInput", "convGradKernel"];
  const rest = [...absent, "round", "mod", "poolTake", "poolPut", "customTangent"];
  expect(OP_NAMES.filter((name) => !ops.has(name)).sort()).toEqual(rest.sort());
  const median = sizes.sort((a, b) => a - b)[Math.floor(sizes.length / 2)];
  expect(median).toBeGreaterThanOrEqual(15);
});

test("in float32 nothing that rounds otherwise elsewhere is cut to an integer or compared", () => {
  const JUMPS: ReadonlySet<string> = new Set(["floor", "cast", "lt", "eq", "argmax"]);
  let jumps = 0;
  fc.assert(
    fc.property(randomGraphs({ dtype: "float32" }), ({ graph }) => {
      for (const { op, inputs, outputs } of graph.nodes) {
        const isWidening = op === "cast" && outputs[0]!.type.dtype === "float32";
        if (!JUMPS.has(op) || isWidening) continue;
        jumps += 1;
        expect(inputs.every(isExact)).toBe(true);
      }
    }),
    runs(200),
  );
  expect(jumps).toBeGreaterThan(100);
});

test("<jvp v, w> = <v, vjp w>, and again for the vjp", () => {
  const transposed = (graph: Graph, inputs: readonly NdArray[]) => {
    const [v, w] = [directions(graph.inputs, 1), directions(graph.outputs, 2)];
    const jv = derivatives(graph, evaluate(jvpGraph(graph, all(graph)), [...inputs, ...v]));
    const jtw = derivatives(graph, evaluate(vjpGraph(graph, all(graph)), [...inputs, ...w]));
    const [left, right] = [innerProduct(jv, w), innerProduct(v, jtw)];
    const room = 1e-9 * Math.max(left.scale, right.scale, 1);
    expect(Math.abs(left.value - right.value)).toBeLessThanOrEqual(room);
  };
  fc.assert(
    fc.property(randomGraphs(), ({ graph, inputs }) => {
      transposed(graph, inputs);
      const cotangents = directions(graph.outputs, 3);
      transposed(vjpGraph(graph, all(graph)), [...inputs, ...cotangents]);
    }),
    runs(70),
  );
});

/** The first output as a function of one tensor, the other inputs fixed. */
function oneOf({ graph, inputs }: { graph: Graph; inputs: readonly NdArray[] }, which: number) {
  const fixed = inputs.map(tensorOf);
  return (x: Tensor) => runGraph(graph, fixed.with(which, x))[0]!;
}

test("the jacobian forwards = the jacobian backwards", () => {
  fc.assert(
    fc.property(randomGraphs(), ({ graph, inputs }) => {
      inputs.forEach((input, which) => {
        const f = oneOf({ graph, inputs }, which);
        const [forward, reverse] = (["forward", "reverse"] as const).map((mode) =>
          jacobian(f, { mode })(tensorOf(input)),
        );
        expect(forward!.shape).toEqual([...graph.outputs[0]!.type.shape, ...input.shape]);
        const scale = Math.max(1, ...reverse!.data.map(Math.abs));
        const [a, b] = [forward!, reverse!].map((matrix) => ({
          ...matrix.type,
          data: matrix.data.map((x: number) => x / scale) as NdArray["data"],
        }));
        expectClose([a!], [b!], 1e-10);
      });
    }),
    runs(50),
  );
});

describe.each(["float64", "float32"] as const)("to the bit, in %s", (dtype) => {
  test("grad through compile = eager grad", () => {
    fc.assert(
      fc.property(randomGraphs({ dtype }), ({ graph, inputs }) => {
        // A program that falls back runs as a whole elsewhere, and rounds float32 differently.
        fc.pre(defaultEngine().supports(graph) === true || dtype === "float64");
        const weights = directions(graph.outputs, 4).map(tensorOf);
        const loss = (xs: Tensor[]) =>
          runGraph(graph, xs)
            .map((y, i) =>
              prims.sum(prims.mul(y, weights[i]!), { axes: y.type.shape.map((_, a) => a) }),
            )
            .reduce((total, term) => prims.add(total, term));
        const tensors = inputs.map(tensorOf);
        const [eager, compiled] = [grad(loss)(tensors), compile(grad(loss))(tensors)];
        expectSameBits(compiled.map(arrayOf), eager.map(arrayOf));
        const value = loss(tensors);
        expectSameBits([arrayOf(compile(loss)(tensors))], [arrayOf(value)]);
        expectSameBits(grad(compile(loss))(tensors).map(arrayOf), eager.map(arrayOf));
      }),
      runs(50),
    );
  });

  test("batch = loop, for the program and for its vjp", () => {
    const batched = (graph: Graph, inputs: readonly NdArray[], flags: readonly boolean[]) => {
      const examples = [0, 1, 2].map((k) =>
        inputs.map((x, i) => (flags[i] && k > 0 ? drawDirection(x, 10 * k + i) : x)),
      ) as [NdArray[], NdArray[], NdArray[]];
      const operands = inputs.map((x, i) =>
        flags[i] ? stack([x, examples[1][i]!, examples[2][i]!]) : x,
      );
      const results = evaluate(checkedGraph(TRANSFORMS.batch(graph, flags, 3)), operands);
      examples.forEach((example, k) => {
        expectSameBits(
          results.map((y) => part(y, k)),
          evaluate(graph, example),
        );
      });
    };
    fc.assert(
      fc.property(randomGraphs({ dtype }), fc.nat(), ({ graph, inputs }, choice) => {
        const flags = inputs.map((_, i) => ((choice >> i) & 1) === 1);
        batched(graph, inputs, flags);
        const pullback = vjpGraph(graph, all(graph));
        const cotangents = directions(graph.outputs, 5);
        batched(
          pullback,
          [...inputs, ...cotangents],
          [...flags, ...cotangents.map((_, i) => ((choice >> (8 + i)) & 1) === 1)],
        );
      }),
      runs(50),
    );
  });

  test("simplify changes nothing", () => {
    const same = (graph: Graph, inputs: readonly NdArray[]) => {
      const simple = simplify(graph);
      expectSameBits(evaluate(simple, inputs), evaluate(graph, inputs));
      expect(simplify(simple).nodes).toHaveLength(simple.nodes.length);
    };
    fc.assert(
      fc.property(randomGraphs({ dtype }), ({ graph, inputs }) => {
        same(graph, inputs);
        same(vjpGraph(graph, all(graph)), [...inputs, ...directions(graph.outputs, 6)]);
        same(jvpGraph(graph, all(graph)), [...inputs, ...directions(graph.inputs, 7)]);
      }),
      runs(50),
    );
  });
});
