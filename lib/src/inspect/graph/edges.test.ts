import { describe, expect, test } from "vitest";
import { evaluate } from "../../engines/reference/evaluate.ts";
import { toDot } from "../../ir/dot.ts";
import type { DType } from "../../ir/dtype.ts";
import { type Graph, makeGraph, Value } from "../../ir/graph.ts";
import { print } from "../../ir/print.ts";
import { graphBuilder } from "../../ops/builder.ts";
import type { NdArray } from "../../ops/define.ts";
import { vjpGraph } from "../../transforms/vjp.ts";
import { annotate, edgesOf } from "../index.ts";

const float64 = (shape: number[] = [], name?: string) =>
  new Value({ dtype: "float64", shape }, null, 0, name);

function array(numbers: number[], shape: number[] = [], dtype: DType = "float64"): NdArray {
  const data = dtype === "float64" ? new Float64Array(numbers) : new Int32Array(numbers);
  return { dtype, shape, data };
}

/** f(x; w, b) = 1 / (exp(-(w x + b)) + 1), NNDL figure 4.8. */
function figure() {
  const o = graphBuilder();
  const [x, w, b] = [float64([], "x"), float64([], "w"), float64([], "b")];
  const [top, one] = [1, 1].map((value) => {
    return o.constant({ data: new Float64Array([value]), dtype: "float64", shape: [] });
  }) as [Value, Value];
  const h1 = o.mul(w, x);
  const h2 = o.add(h1, b);
  const h3 = o.neg(h2);
  const h4 = o.exp(h3);
  const h5 = o.add(h4, one);
  const h6 = o.div(top, h5);
  const graph = makeGraph([x, w, b], [h6]);
  return { graph, x, w, b, top, one, h: [h1, h2, h3, h4, h5, h6] };
}

const point = [array([1]), array([0]), array([0])];
const numberAt = (map: ReadonlyMap<Value, NdArray>) => (value: Value) => map.get(value)!.data[0];

describe("the computation graph of NNDL figure 4.8", () => {
  const { graph, x, w, b, top, one, h } = figure();
  const { values, gradients } = edgesOf(graph, point, { gradients: true });

  test("values of h1 to h6", () => {
    expect(h.map(numberAt(values))).toEqual([0, 0, -0, 1, 2, 0.5]);
    expect([x, w, b].map(numberAt(values))).toEqual([1, 0, 0]);
  });

  test("gradients of the inputs", () => {
    expect([x, w, b].map(numberAt(gradients))).toEqual([0, 0.25, 0.25]);
  });

  test("gradients of h1 to h6, and of the constants", () => {
    expect(h.map(numberAt(gradients))).toEqual([0.25, 0.25, -0.25, -0.25, -0.25, 1]);
    expect([top, one].map(numberAt(gradients))).toEqual([0.5, -0.25]);
  });

  test("as text", () => {
    const notes = annotate(graph, point, { gradients: true });
    expect(print(graph, notes).split("\n")).toEqual([
      "graph(",
      "  %0 x: float64[]  = 1, grad 0",
      "  %1 w: float64[]  = 0, grad 0.25",
      "  %2 b: float64[]  = 0, grad 0.25",
      ") {",
      "  %3: float64[] = constant(1)  = 1, grad 0.5",
      "  %4: float64[] = mul(%1, %0)  = 0, grad 0.25",
      "  %5: float64[] = add(%4, %2)  = 0, grad 0.25",
      "  %6: float64[] = neg(%5)  = -0, grad -0.25",
      "  %7: float64[] = exp(%6)  = 1, grad -0.25",
      "  %8: float64[] = constant(1)  = 1, grad -0.25",
      "  %9: float64[] = add(%7, %8)  = 2, grad -0.25",
      "  %10: float64[] = div(%3, %9)  = 0.5, grad 1",
      "  return %10",
      "}",
    ]);
  });

  test("as a drawing: every edge has its value and gradient", () => {
    const edges = toDot(graph, annotate(graph, point, { gradients: true })).match(/ -> .*/g)!;
    expect(edges).toHaveLength(11);
    for (const edge of edges) expect(edge).toMatch(/>-?[\d.]+<.*>grad -?[\d.]+</);
  });

  test("without gradients unless asked", () => {
    expect(edgesOf(graph, point).gradients.size).toBe(0);
    expect(annotate(graph, point).values.get(h[2]!)).toBe("-0");
  });
});

describe("gradients of all edges", () => {
  /** A small network with values used twice or three times, a constant, and integers. */
  function tangled(): Graph {
    const o = graphBuilder();
    const [x, w, labels] = [float64([2, 3]), float64([3, 2]), new Value(type("int32", [2]))];
    const a = o.tanh(o.matmul(x, w));
    const rows = o.gather(a, labels);
    const shifted = o.add(rows, o.constant({ ...type("float64", [2, 2]), data: ramp(4) }));
    const loss = o.sum(o.mul(o.mul(shifted, a), rows), { axes: [0, 1] });
    return makeGraph([x, w, labels], [a, loss]);
  }
  const inputs = [
    array([0.3, -0.2, 0.9, 0.4, 0.5, -0.7], [2, 3]),
    array([0.1, -0.6, 0.8, 0.35, -0.45, 0.2], [3, 2]),
    array([1, 0], [2], "int32"),
  ];

  test("of the inputs equal those of reverse mode", () => {
    const graph = tangled();
    const { gradients } = edgesOf(graph, inputs, { gradients: 1 });
    const seeds = [array([0, 0, 0, 0], [2, 2]), array([1])];
    const expected = evaluate(vjpGraph(graph, [true, true, false]), [...inputs, ...seeds]);
    graph.inputs.slice(0, 2).forEach((input, i) => {
      const got = gradients.get(input)!.data;
      got.forEach((ct: number, k: number) => {
        expect(ct).toBeCloseTo(expected[2 + i]!.data[k]!, 14);
      });
    });
    expect(gradients.has(graph.inputs[2]!)).toBe(false);
  });

  test("of inner values equal the effect of cutting the graph there", () => {
    const graph = tangled();
    const { values, gradients } = edgesOf(graph, inputs, { gradients: 1 });
    const h = 1e-6;
    for (const [value, { data }] of gradients) {
      if (graph.inputs.includes(value)) continue;
      const cut = makeGraph([...graph.inputs, value], [graph.outputs[1]!]);
      const known = values.get(value)!;
      data.forEach((ct: number, k: number) => {
        const [up, down] = [h, -h].map((step) => {
          const moved = { ...known, data: known.data.with(k, known.data[k]! + step) };
          return evaluate(cut, [...inputs, moved])[0]!.data[0]!;
        }) as [number, number];
        expect(ct).toBeCloseTo((up - down) / (2 * h), 7);
      });
    }
  });

  test("keep apart two values of one tangent: y = x + 1, f = x y", () => {
    const o = graphBuilder();
    const x = float64();
    const y = o.add(x, o.constant({ ...type("float64", []), data: new Float64Array([1]) }));
    const graph = makeGraph([x], [o.mul(x, y)]);
    const at = numberAt(edgesOf(graph, [array([3])], { gradients: true }).gradients);
    expect([at(x), at(y)]).toEqual([7, 3]);
  });

  test("stop at stopGradient", () => {
    const o = graphBuilder();
    const x = float64();
    const y = o.stopGradient(x);
    const graph = makeGraph([x], [o.mul(x, y)]);
    const at = numberAt(edgesOf(graph, [array([3])], { gradients: true }).gradients);
    expect([at(x), at(y)]).toEqual([3, 3]);
  });

  test("pass through loops", () => {
    const o = graphBuilder();
    const [carry, slice, start, xs] = [float64(), float64(), float64(), float64([3])];
    const body = makeGraph([carry, slice], [o.mul(carry, slice)]);
    const params = { body, constants: 0, carries: 1, length: 3, reverse: false };
    const graph = makeGraph([start, xs], o.scan(start, xs, params)); // start x0 x1 x2
    const { gradients } = edgesOf(graph, [array([2]), array([3, 5, 7], [3])], { gradients: true });
    expect(Array.from(gradients.get(start)!.data)).toEqual([105]);
    expect(Array.from(gradients.get(xs)!.data)).toEqual([70, 42, 30]);
  });

  test("are zero where the output does not depend on a value", () => {
    const o = graphBuilder();
    const [x, y] = [float64([2]), float64()];
    const graph = makeGraph([x, y], [o.neg(y), o.exp(x)]);
    const { gradients } = edgesOf(graph, [array([1, 2], [2]), array([3])], { gradients: 0 });
    expect(Array.from(gradients.get(x)!.data)).toEqual([0, 0]);
    expect(Array.from(gradients.get(graph.outputs[1]!)!.data)).toEqual([0, 0]);
  });

  test.each([
    [() => edgesOf(tangled(), inputs.slice(1)), /expected 3 inputs, received 2/],
    [() => edgesOf(tangled(), [inputs[1]!, inputs[0]!, inputs[2]!]), /float64\[2, 3\], received/],
    [() => edgesOf(tangled(), inputs, { gradients: 2 }), /from 0 to 1, received 2/],
    [() => edgesOf(tangled(), inputs, { gradients: 0 }), /scalar float output/],
  ])("refuse what does not fit: %#", (call, message) => {
    expect(call).toThrow(message);
  });
});

test("annotate shortens large tensors and long decimals", () => {
  const o = graphBuilder();
  const x = float64([8]);
  const graph = makeGraph([x], [o.sum(x, { axes: [0] })]);
  const numbers = [1 / 3, -2, 0, 0, 0, 0, 0, 4];
  const { values } = annotate(graph, [array(numbers, [8])]);
  expect(values.get(x)).toBe("-2 to 4, mean 0.291667");
  expect(values.get(graph.outputs[0]!)).toBe("2.33333");
  const withNaN = annotate(graph, [array([Number.NaN, ...numbers.slice(1)], [8])]);
  expect(withNaN.values.get(x)).toBe("nan to nan, mean nan");
});

function type(dtype: DType, shape: number[]) {
  return { dtype, shape };
}

function ramp(size: number): Float64Array {
  return Float64Array.from({ length: size }, (_, i) => i + 0.5);
}
