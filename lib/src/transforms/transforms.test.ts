// What each transform promises about the graphs it makes, on programs small enough to read.

import { describe, expect, test } from "vitest";
import { evaluate } from "../engines/reference/evaluate.ts";
import { allocate } from "../ir/dtype.ts";
import { type Graph, makeGraph, type Node, Value } from "../ir/graph.ts";
import type { Builder } from "../ir/op-table.ts";
import type { TensorType } from "../ir/type.ts";
import { graphBuilder } from "../ops/builder.ts";
import type { NdArray } from "../ops/define.ts";
import { checkedGraph } from "./checked.ts";
import { jvpGraph } from "./jvp.ts";
import { simplify } from "./simplify.ts";
import { TRANSFORMS } from "./table.ts";
import { transposeLinear } from "./transpose.ts";
import { pullback, vjpGraph } from "./vjp.ts";

const o = graphBuilder();
const double = (...shape: number[]): TensorType => ({ dtype: "float64", shape });
const input = (...shape: number[]) => new Value(double(...shape));

/** The graph of a function of vectors of three. */
function graphOf(arity: number, body: (...inputs: Value[]) => Value | Value[]): Graph {
  const inputs = Array.from({ length: arity }, () => input(3));
  return makeGraph(inputs, [body(...inputs)].flat());
}

function run(graph: Graph, ...inputs: readonly (readonly number[])[]): number[][] {
  const arrays = graph.inputs.map(({ type }, i): NdArray => {
    const data = allocate(type.dtype, inputs[i]!.length);
    data.set(inputs[i]!);
    return { ...type, data };
  });
  return evaluate(graph, arrays).map(({ data }) => Array.from(data, (x) => x + 0)); // -0 is 0
}

const ops = ({ nodes }: Graph) => nodes.map(({ op }) => op);
const constant = (elements: readonly number[], shape: readonly number[] = [elements.length]) =>
  o.constant({ data: Float64Array.from(elements), dtype: "float64", shape });

describe("jvpGraph", () => {
  test("values first, then tangents; tangents only of the inputs that are marked", () => {
    const product = graphOf(2, (a, b) => o.mul(a!, b!));
    const graph = jvpGraph(product, [false, true]);
    expect(graph.inputs).toHaveLength(3);
    expect(run(graph, [1, 2, 3], [4, 5, 6], [1, 1, 10])).toEqual([
      [4, 10, 18],
      [1, 2, 30],
    ]);
  });

  test("a result that depends on no marked input has a zero tangent", () => {
    const graph = jvpGraph(
      graphOf(2, (a, b) => [o.sin(a!), o.cos(b!)]),
      [true, false],
    );
    expect(run(graph, [0, 0, 0], [0, 0, 0], [1, 2, 3])[3]).toEqual([0, 0, 0]);
  });

  test("an input that is itself a result has its own tangent", () => {
    const graph = jvpGraph(
      graphOf(1, (a) => [a!, a!]),
      [true],
    );
    expect(run(graph, [1, 2, 3], [4, 5, 6]).slice(2)).toEqual([
      [4, 5, 6],
      [4, 5, 6],
    ]);
  });

  test("integers carry no tangent: they are skipped among the inputs", () => {
    const indices = new Value({ dtype: "int32", shape: [2] });
    const x = input(3);
    const graph = makeGraph([indices, x], [o.gather(x, indices), indices]);
    const { tangentInputs, tangents } = TRANSFORMS.linearize(graph, [true, true]);
    expect(tangentInputs.map(({ type }) => type)).toEqual([x.type]);
    expect(tangents[1]).toBeNull();
    expect(run(jvpGraph(graph, [true, true]), [2, 0], [1, 2, 3], [4, 5, 6]).slice(2)).toEqual([
      [6, 4],
      [0, 0],
    ]);
  });
});

describe("vjpGraph", () => {
  test("values first, then cotangents of the inputs that are marked", () => {
    const product = graphOf(2, (a, b) => o.mul(a!, b!));
    const graph = vjpGraph(product, [false, true]);
    expect(run(graph, [1, 2, 3], [4, 5, 6], [1, 1, 10])).toEqual([
      [4, 10, 18],
      [1, 2, 30],
    ]);
  });

  test("an input that nothing reads has a zero cotangent", () => {
    const graph = vjpGraph(
      graphOf(2, (a) => o.sin(a!)),
      [true, true],
    );
    expect(run(graph, [0, 0, 0], [7, 7, 7], [1, 2, 3]).slice(1)).toEqual([
      [1, 2, 3],
      [0, 0, 0],
    ]);
    const { cotangents } = pullback(
      graphOf(2, (a) => o.sin(a!)),
      [true, true],
    );
    expect(cotangents[1]).toBeNull();
  });

  test("cotangents that meet in one value are added: fan-out, and one value as two results", () => {
    const graph = graphOf(1, (a) => {
      const y = o.sin(a!);
      return [o.add(y, y), y, y, a!];
    });
    const cts = [1, 10, 100, 1000].map((n) => [n, n, n]);
    expect(run(vjpGraph(graph, [true]), [0, 0, 0], ...cts)[4]).toEqual([1112, 1112, 1112]);
  });

  test("a zero cotangent has the type of its own input", () => {
    const [short, long] = [input(2), input(5)];
    const graph = vjpGraph(makeGraph([short, long], [o.sin(short)]), [false, true]);
    expect(graph.outputs[1]!.type).toEqual(long.type);
  });

  test("integers that are marked get zeros of their own type", () => {
    const indices = new Value({ dtype: "int32", shape: [2] });
    const x = input(3);
    const graph = vjpGraph(makeGraph([indices, x], [o.gather(x, indices)]), [true, true]);
    expect(graph.outputs[1]!.type).toEqual(indices.type);
    expect(run(graph, [2, 2], [1, 2, 3], [10, 1])).toEqual([
      [3, 3],
      [0, 0],
      [0, 0, 11],
    ]);
  });

  test.each<[string, (o: Builder<Value>, a: Value, b: Value) => Value, number[], number[]]>([
    ["relu at 0", (b, x) => b.max(x, constant([0, 0, 0])), [0, 1, 0], [0, 0, 0]],
    ["max", (b, x, y) => b.max(x, y), [0, 1, 0], [1, 0, 1]],
    ["min", (b, x, y) => b.min(x, y), [0, 0, 1], [1, 1, 0]],
  ])("a tie goes to the second operand: %s", (_, f, da, db) => {
    const graph = vjpGraph(
      graphOf(2, (a, b) => f(o, a!, b!)),
      [true, true],
    );
    const [, ...found] = run(graph, [0, 5, -3], [0, 4, 6], [1, 1, 1]);
    expect(found).toEqual([da, db]);
  });

  test("of equal maxima the first gets the cotangent; NaN passes through where it was chosen", () => {
    const graph = vjpGraph(
      graphOf(1, (a) => o.reduceMax(a!, { axes: [0] })),
      [true],
    );
    expect(run(graph, [2, 7, 7], [5])).toEqual([[7], [0, 5, 0]]);
    expect(run(graph, [2, Number.NaN, 7], [5])).toEqual([[Number.NaN], [0, 5, 0]]);
    // In row-major order, in whatever order the axes are named.
    const square = input(2, 2);
    const both = makeGraph([square], [o.reduceMax(square, { axes: [1, 0] })]);
    expect(run(vjpGraph(both, [true]), [1, 3, 3, 2], [5])[1]).toEqual([0, 5, 0, 0]);
  });

  test("where() passes no NaN of the branch not taken, forwards", () => {
    const graph = graphOf(1, (a) => {
      const positive = o.lt(constant([0, 0, 0]), a!);
      return o.where(positive, o.log(a!), a!);
    });
    const [value, tangent] = run(jvpGraph(graph, [true]), [1, -1, 0], [1, 1, 1]);
    expect(value).toEqual([0, -1, 0]);
    expect(tangent).toEqual([1, 1, 1]);
  });

  test("empty arrays have gradients, and so has what is summed from them", () => {
    const x = input(0, 3);
    const graph = makeGraph([x], [o.sum(o.mul(x, x), { axes: [0] }), o.sin(x)]);
    const [sum, sine, gradient] = run(vjpGraph(graph, [true]), [], [1, 2, 3], []);
    expect([sum, sine, gradient]).toEqual([[0, 0, 0], [], []]);
  });

  test("third derivatives, by any mix of modes", () => {
    // y = x^4, whose third derivative is 24 x.
    const fourth = graphOf(1, (a) => o.mul(o.mul(a!, a!), o.mul(a!, a!)));
    const one = [1, 1, 1];
    const onlyFirst = (graph: Graph) => graph.inputs.map((_, i) => i === 0);
    for (const modes of ["fff", "ffr", "frf", "rff", "rrf", "rfr", "frr", "rrr"]) {
      let graph = fourth;
      for (const mode of modes) {
        const make = mode === "f" ? jvpGraph : vjpGraph;
        const next = make(graph, onlyFirst(graph));
        // Keep only the derivative; its direction is one everywhere.
        graph = makeGraph(next.inputs, next.outputs.slice(-1));
      }
      expect(run(graph, [1, 2, -3], one, one, one)[0]).toEqual([24, 48, -72]);
    }
  });
});

describe("transposeLinear", () => {
  test("tells the cotangent of every value on the way", () => {
    const x = input(3);
    const half = o.neg(x);
    const y = o.add(half, half);
    const ct = input(3);
    const report = new Map<Value, Value>();
    const [found] = transposeLinear([x], [y], [ct], TRANSFORMS, report);
    expect(report.get(y)).toBe(ct);
    expect([...report.keys()]).toEqual(expect.arrayContaining([x, half, y]));
    expect(run(makeGraph([ct], [found!, report.get(half)!]), [1, 2, 3])).toEqual([
      [-2, -4, -6],
      [2, 4, 6],
    ]);
  });

  test("what depends on no input is read, not transposed", () => {
    const [x, w] = [input(3), input(3)];
    const factor = o.exp(o.sin(w));
    const [found] = TRANSFORMS.transposeLinear([x], [o.mul(x, factor)], [input(3)]);
    expect(found!.node!.inputs[1]).toBe(factor);
  });

  test("an op that is not linear is an error that names it", () => {
    const x = input(3);
    expect(() => TRANSFORMS.transposeLinear([x], [o.exp(x)], [input(3)])).toThrow(
      "exp: this op is not linear and has no transpose",
    );
  });

  test("a cotangent of the wrong type is an error", () => {
    const x = input(3);
    expect(() => TRANSFORMS.transposeLinear([x], [o.neg(x)], [input(2)])).toThrow(
      "a cotangent float64[2] arrives at a value float64[3]",
    );
  });
});

describe("batch", () => {
  test("results that depend on no batched input are copied", () => {
    const graph = graphOf(2, (a, b) => [o.neg(a!), o.neg(b!), b!]);
    const many = TRANSFORMS.batch(graph, [true, false], 2);
    expect(many.outputs.map(({ type }) => type.shape)).toEqual([
      [2, 3],
      [2, 3],
      [2, 3],
    ]);
    expect(run(many, [1, 2, 3, 4, 5, 6], [7, 8, 9])).toEqual([
      [-1, -2, -3, -4, -5, -6],
      [-7, -8, -9, -7, -8, -9],
      [7, 8, 9, 7, 8, 9],
    ]);
  });

  test("a batch of batches", () => {
    const product = graphOf(2, (a, b) => o.mul(a!, b!));
    const inner = TRANSFORMS.batch(product, [true, false], 2);
    const outer = TRANSFORMS.batch(inner, [false, true], 2);
    expect(outer.outputs[0]!.type.shape).toEqual([2, 2, 3]);
    expect(run(outer, [1, 2, 3, 4, 5, 6], [1, 1, 1, 10, 10, 10])).toEqual([
      [1, 2, 3, 4, 5, 6, 10, 20, 30, 40, 50, 60],
    ]);
  });

  test("of a product with a shared right matrix stays one product", () => {
    const [a, b] = [input(2, 3), input(3, 4)];
    const many = TRANSFORMS.batch(makeGraph([a, b], [o.matmul(a, b)]), [true, false], 5);
    const products = many.nodes.filter(({ op }) => op === "matmul");
    expect(products.map(({ inputs }) => inputs[0]!.type.shape)).toEqual([[10, 3]]);
    expect(many.outputs[0]!.type.shape).toEqual([5, 2, 4]);
  });
});

describe("where nodes come from", () => {
  const scoped = graphBuilder({ path: "dense1" });
  const graph = graphOf(1, (a) => scoped.sin(a!));
  const [sine] = graph.nodes;

  test.each<[string, (graph: Graph) => Graph]>([
    ["jvp", (g) => jvpGraph(g, [true])],
    ["vjp", (g) => vjpGraph(g, [true])],
    ["batch", (g) => TRANSFORMS.batch(g, [true], 2)],
  ])("%s: derived nodes keep the path and name their origin", (_, transform) => {
    const derived = transform(graph).nodes.filter((node) => node !== sine);
    const marked = derived.filter(({ path }) => path === "dense1");
    expect(marked.length).toBeGreaterThan(0);
    expect(marked.every(({ origin }) => origin !== undefined)).toBe(true);
    expect(marked.some((node) => rootOf(node) === sine)).toBe(true);
  });

  function rootOf(node: Node): Node {
    return node.origin ? rootOf(node.origin) : node;
  }
});

describe("simplify", () => {
  test("drops what no result needs and merges what is computed twice", () => {
    const graph = graphOf(2, (a, b) => {
      o.exp(a!);
      return o.mul(o.sin(o.add(a!, b!)), o.sin(o.add(a!, b!)));
    });
    expect(ops(simplify(graph))).toEqual(["add", "sin", "mul"]);
  });

  test("keeps apart what differs in order or parameters", () => {
    const graph = graphOf(2, (a, b) => [
      o.sub(a!, b!),
      o.sub(b!, a!),
      o.cumsum(a!, { axis: 0, reverse: false }),
      o.cumsum(a!, { axis: 0, reverse: true }),
      o.cast(a!, { dtype: "int32" }),
      o.cast(a!, { dtype: "float32" }),
    ]);
    expect(simplify(graph).nodes).toHaveLength(6);
  });

  test("removes ops that hand their operand on", () => {
    const graph = graphOf(1, (a) => {
      const same = o.reshape(o.expand(a!, { shape: [3] }), { shape: [3] });
      const turned = o.transpose(o.cast(same, { dtype: "float64" }), { perm: [0] });
      return o.sin(o.stopGradient(turned));
    });
    expect(ops(simplify(graph))).toEqual(["sin"]);
    const through = graphOf(1, (a) => o.stopGradient(a!));
    expect(simplify(through).outputs).toEqual(through.inputs);
  });

  test("keeps movement that moves", () => {
    const x = input(2, 2);
    const graph = makeGraph(
      [x],
      [o.transpose(x, { perm: [1, 0] }), o.reshape(x, { shape: [4] }), o.flip(x, { axes: [0] })],
    );
    expect(simplify(graph).nodes).toHaveLength(3);
  });

  test("merges equal constants; 0 and -0, and different shapes and types, stay apart", () => {
    const single = o.constant({ data: Float32Array.of(0), dtype: "float32", shape: [1] });
    const graph = makeGraph(
      [],
      [
        constant([0]),
        constant([0]),
        constant([-0]),
        constant([Number.NaN]),
        constant([Number.NaN]),
        constant([0], [1, 1]),
        single,
      ],
    );
    const { outputs, nodes } = simplify(graph);
    expect(nodes).toHaveLength(5);
    expect(outputs[0]).toBe(outputs[1]);
    expect(outputs[3]).toBe(outputs[4]);
    const results = evaluate(simplify(graph), []).map(({ data }) => data[0]);
    expect(results).toEqual([0, 0, -0, Number.NaN, Number.NaN, 0, 0]);
  });

  test("the inputs stay, read or not", () => {
    const graph = graphOf(2, (a) => o.neg(a!));
    expect(simplify(graph).inputs).toBe(graph.inputs);
  });

  test("loops stay apart, their bodies may differ", () => {
    const loop = (f: (h: Value) => Value, x: Value) => {
      const h = input(3);
      const body = makeGraph([h], [f(h)]);
      const params = { body, constants: 0, carries: 1, length: 2, reverse: false };
      return o.scan(x, params)[0]!;
    };
    const graph = graphOf(1, (a) => [loop((h) => o.neg(h), a!), loop((h) => o.sin(h), a!)]);
    expect(simplify(graph).nodes).toHaveLength(2);
    expect(run(simplify(graph), [1, 2, 3])[0]).toEqual([1, 2, 3]);
  });
});

describe("long chains do not overflow the stack", () => {
  const LENGTH = 15_000;
  const chain = graphOf(1, (a) => {
    let y = a!;
    for (let i = 0; i < LENGTH; i++) y = i % 2 === 0 ? o.neg(y) : o.add(y, a!);
    return y;
  });

  test.each<[string, (graph: Graph) => Graph]>([
    ["simplify", simplify],
    ["batch", (graph) => TRANSFORMS.batch(graph, [true], 1)],
    ["jvp", (graph) => jvpGraph(graph, [true])],
    ["vjp", (graph) => vjpGraph(graph, [true])],
  ])("%s", (_, transform) => {
    const made = transform(chain);
    expect(made.nodes.length).toBeGreaterThanOrEqual(2);
    expect(() => checkedGraph(made)).not.toThrow();
  });
});
