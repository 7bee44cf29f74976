import { describe, expect, test } from "vitest";
import { graphBuilder } from "../ops/builder.ts";
import { type Graph, makeGraph, Value } from "./graph.ts";
import { print } from "./print.ts";

const float32 = (shape: number[], name?: string) =>
  new Value({ dtype: "float32", shape }, null, 0, name);

/** x W + b, summed over the batch. */
function layer(): { graph: Graph; x: Value; z: Value; y: Value } {
  const o = graphBuilder({ path: "dense1/bias" });
  const [x, w, b] = [float32([10, 784], "x"), float32([784, 30]), float32([10, 30])];
  const z = graphBuilder().matmul(x, w);
  const y = o.sum(o.add(z, b), { axes: [0] });
  return { graph: makeGraph([x, w, b], [y]), x, z, y };
}

describe("print", () => {
  test("one line a node", () => {
    expect(print(layer().graph).split("\n")).toEqual([
      "graph(%0 x: float32[10, 784], %1: float32[784, 30], %2: float32[10, 30]) {",
      "  %3: float32[10, 30] = matmul(%0, %1)",
      "  %4: float32[10, 30] = add(%3, %2)  # dense1/bias",
      "  %5: float32[30] = sum(%4, axes=[0])  # dense1/bias",
      "  return %5",
      "}",
    ]);
  });

  test("values and gradients at the ends of lines", () => {
    const { graph, x, z, y } = layer();
    const values = new Map([
      [x, "1"],
      [z, "0.5"],
    ]);
    const gradients = new Map([
      [z, "-0.25"],
      [y, "1"],
    ]);
    expect(print(graph, { values, gradients }).split("\n")).toEqual([
      "graph(",
      "  %0 x: float32[10, 784]  = 1",
      "  %1: float32[784, 30]",
      "  %2: float32[10, 30]",
      ") {",
      "  %3: float32[10, 30] = matmul(%0, %1)  = 0.5, grad -0.25",
      "  %4: float32[10, 30] = add(%3, %2)  # dense1/bias",
      "  %5: float32[30] = sum(%4, axes=[0])  grad 1  # dense1/bias",
      "  return %5",
      "}",
    ]);
  });

  test("small constants whole, large ones shortened", () => {
    const o = graphBuilder();
    const constants = [
      o.constant({ data: new Float32Array([0.1]), dtype: "float32", shape: [] }),
      o.constant({ data: new Uint8Array([1, 0]), dtype: "bool", shape: [2, 1] }),
      o.constant({ data: new Float64Array(9).fill(-0), dtype: "float64", shape: [9] }),
    ];
    expect(print(makeGraph([], constants)).split("\n")).toEqual([
      "graph() {",
      "  %0: float32[] = constant(0.1)",
      "  %1: bool[2, 1] = constant([[true], [false]])",
      "  %2: float64[9] = constant([-0, -0, -0, ...])",
      "  return %0, %1, %2",
      "}",
    ]);
  });

  test("parameters of every kind", () => {
    const o = graphBuilder();
    const [x, kernel] = [float32([1, 8, 8, 1]), float32([3, 3, 1, 2])];
    const y = o.conv(x, kernel, {
      strides: [1, 1],
      padding: [
        [1, 1],
        [0, 2],
      ],
      dilation: [1, 1],
      groups: 1,
    });
    const z = o.cast(y, { dtype: "int32" });
    expect(print(makeGraph([x, kernel], [z]))).toContain(
      "conv(%0, %1, strides=[1, 1], padding=[[1, 1], [0, 2]], dilation=[1, 1], groups=1)\n" +
        '  %3: int32[1, 8, 8, 2] = cast(%2, dtype="int32")',
    );
  });

  test("graphs inside ops, indented, with results of several", () => {
    const o = graphBuilder();
    const [carry, slice] = [float32([], "sum"), float32([])];
    const next = o.add(carry, slice);
    const body = makeGraph([carry, slice], [next, next]);
    const [start, xs] = [float32([], "start"), float32([3], "xs")];
    const params = { body, constants: 0, carries: 1, length: 3, reverse: false };
    const results = o.scan(start, xs, params) as [Value, Value];
    const graph = makeGraph([start, xs], results);
    const values = new Map([
      [results[0], "6"],
      [results[1], "[1, 3, 6]"],
    ]);
    expect(print(graph, { values }).split("\n").slice(1)).toEqual([
      "  %2: float32[], %3: float32[3] = scan(%0, %1, constants=0, carries=1, length=3, " +
        "reverse=false)  %2 = 6; %3 = [1, 3, 6]",
      "    body(%4 sum: float32[], %5: float32[]) {",
      "      %6: float32[] = add(%4, %5)",
      "      return %6, %6",
      "    }",
      "  return %2, %3",
      "}",
    ]);
  });

  test("both graphs of a custom function, which may share values", () => {
    const o = graphBuilder();
    const [x, dx] = [float32([]), float32([])];
    const y = o.exp(x);
    const body = makeGraph([x], [y]);
    const rule = { mode: "jvp" as const, graph: makeGraph([x, dx], [o.mul(y, dx)]) };
    const outer = float32([]);
    const graph = makeGraph([outer], o.custom(outer, { name: "my exp", body, rule }));
    expect(print(graph).split("\n")).toEqual([
      "graph(%0: float32[]) {",
      '  %1: float32[] = custom(%0, name="my exp", rule.mode="jvp")',
      "    body(%2: float32[]) {",
      "      %3: float32[] = exp(%2)",
      "      return %3",
      "    }",
      "    rule.graph(%4: float32[], %5: float32[]) {",
      "      %6: float32[] = exp(%4)",
      "      %7: float32[] = mul(%6, %5)",
      "      return %7",
      "    }",
      "  return %1",
      "}",
    ]);
  });

  test("a graph without outputs, and one that returns its input", () => {
    const x = float32([]);
    expect(print(makeGraph([x], []))).toBe("graph(%0: float32[]) {\n  return\n}");
    expect(print(makeGraph([x], [x]))).toBe("graph(%0: float32[]) {\n  return %0\n}");
  });
});
