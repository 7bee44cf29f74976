import { assert, constantFrom, property, uint32Array } from "fast-check";
import { describe, expect, test } from "vitest";
import { ArgumentError } from "../../checks/errors.ts";
import { evaluate } from "../../engines/reference/evaluate.ts";
import { addNode, graphBuilder, inferTypes } from "../../ops/builder.ts";
import type { NdArray } from "../../ops/define.ts";
import { opOf } from "../../ops/table.ts";
import { OP_NAMES } from "../../ops/traits.ts";
import { allocate, type DataArray, DTYPES, type DType } from "../dtype.ts";
import { type Graph, makeGraph, type Node, Value } from "../graph.ts";
import { print } from "../print.ts";
import { fromJSON, toJSON } from "./write.ts";

const float32 = (shape: number[], name?: string) =>
  new Value({ dtype: "float32", shape }, null, 0, name);

/** Through the text, as a file or an address would carry it. */
function roundTrip(graph: Graph): Graph {
  return fromJSON(JSON.parse(JSON.stringify(toJSON(graph))), inferTypes);
}

const dataOf = (graph: Graph) => (graph.nodes[0] as Node<"constant">).params.data;

function constantGraph(data: DataArray, dtype: DType): Graph {
  return makeGraph([], [graphBuilder().constant({ data, dtype, shape: [data.length] })]);
}

/** A network of a named input, paths, a constant, a loop and a function with a rule of its own. */
function everything(): Graph {
  const o = graphBuilder({ path: "net/loop" });
  const [carry, slice] = [float32([2], "state"), float32([2])];
  const [x, dx] = [float32([2]), float32([2])];
  const y = o.exp(x);
  const custom = {
    name: "f",
    body: makeGraph([x], [y]),
    rule: { mode: "jvp" as const, graph: makeGraph([x, dx], [o.mul(y, dx)]) },
  };
  const [next] = o.custom(o.mul(carry, slice), custom);
  const body = makeGraph([carry, slice], [next!, carry]);
  const xs = float32([3, 2], "xs");
  const start = o.constant({ data: new Float32Array([0.1, -0]), dtype: "float32", shape: [2] });
  const params = { body, constants: 0, carries: 1, length: 3, reverse: true };
  const [last, all] = o.scan(start, xs, params) as [Value, Value];
  return makeGraph([xs], [graphBuilder().neg(last), all, xs]);
}

describe("a round trip keeps", () => {
  test("types, parameters, constants, inner graphs, names and paths", () => {
    const graph = everything();
    const read = roundTrip(graph);
    expect(print(read)).toBe(print(graph));
    expect(toJSON(read)).toEqual(toJSON(graph));
  });

  test("what the graph computes", () => {
    const graph = everything();
    const xs: NdArray = {
      dtype: "float32",
      shape: [3, 2],
      data: new Float32Array([0.3, -1, 0.7, 0.2, -0.4, 0.9]),
    };
    expect(evaluate(roundTrip(graph), [xs])).toEqual(evaluate(graph, [xs]));
  });

  test("the order of nodes, and nodes that no output needs", () => {
    const o = graphBuilder();
    const x = float32([]);
    const [a, b] = [o.exp(x), o.neg(x)];
    const graph = { inputs: [x], outputs: [a], nodes: [b.node!, a.node!] };
    expect(roundTrip(graph).nodes.map(({ op }) => op)).toEqual(["neg", "exp"]);
  });

  test("a graph that was cut at an inner value", () => {
    const o = graphBuilder();
    const inner = o.exp(float32([2]));
    const read = roundTrip(makeGraph([inner], [o.neg(inner)]));
    expect(print(read)).toBe("graph(%0: float32[2]) {\n  %1: float32[2] = neg(%0)\n  return %1\n}");
  });

  test("the special floats", () => {
    const numbers = [0, -0, Number.NaN, Infinity, -Infinity, 0.1, 1e-45, 3.4028234663852886e38];
    for (const data of [new Float32Array(numbers), new Float64Array(numbers)]) {
      const dtype = data instanceof Float32Array ? "float32" : "float64";
      const read = dataOf(roundTrip(constantGraph(data, dtype)));
      expect(new Uint8Array(read.buffer)).toEqual(new Uint8Array(data.buffer)); // to the bit
    }
  });

  test("any numbers, of every element type", () => {
    const words = uint32Array({ maxLength: 4 });
    assert(
      property(constantFrom(...DTYPES), words, words, (dtype, low, high) => {
        const bits = Uint32Array.from([...low, ...high, ...low, ...high]); // whole float64s
        const ArrayOf = allocate(dtype, 0).constructor as new (buffer: ArrayBuffer) => DataArray;
        let data = new ArrayOf(bits.buffer);
        if (dtype === "bool") data = data.map((x) => x & 1);
        expect(dataOf(roundTrip(constantGraph(data, dtype)))).toEqual(data);
      }),
    );
  });

  test("every op, with the parameters of its samples", () => {
    let samples = 0;
    for (const op of OP_NAMES) {
      for (const { inputs, params } of opOf(op).samples()) {
        const values = inputs.map(({ type }) => new Value(type));
        const graph = makeGraph(values, addNode(op, values, params));
        expect(toJSON(roundTrip(graph))).toEqual(toJSON(graph));
        expect(roundTrip(graph).nodes[0]!.params).toEqual(params);
        samples++;
      }
    }
    expect(samples).toBeGreaterThan(40);
  });
});

test("JSON is small and plain", () => {
  const o = graphBuilder({ path: "dense1" });
  const x = float32([2], "x");
  const c = o.constant({ data: new Float32Array([0.1, -0]), dtype: "float32", shape: [2] });
  const type = { dtype: "float32", shape: [2] };
  expect(toJSON(makeGraph([x], [o.add(x, c)]))).toEqual({
    version: 1,
    inputs: [{ ...type, name: "x" }],
    nodes: [
      {
        op: "constant",
        inputs: [],
        params: { ...type, data: [0.1, "-0"] },
        types: [type],
        path: "dense1",
      },
      { op: "add", inputs: [0, 1], types: [type], path: "dense1" },
    ],
    outputs: [2],
  });
});

describe("broken JSON is refused with the path of the bad field", () => {
  /** JSON with holes for anything. */
  type Loose = { [key: string]: Loose } & Loose[];
  type Break = (json: Loose) => unknown;

  const cases: [string, Break][] = [
    ["graph.version: expected 1, received 2", (g) => Object.assign(g, { version: 2 })],
    ["graph.outputs: expected an array, received nothing", (g) => delete g.outputs],
    ["graph.extra: no such field", (g) => Object.assign(g, { extra: 1 })],
    ["graph.inputs[0].dtype: Unknown element type", (g) => set(g.inputs![0], "dtype", "float16")],
    ["graph.inputs[0].shape[1]: expected an integer, 0", (g) => set(g.inputs![0]!.shape, 1, -2)],
    ["graph.inputs[0].name: expected a string", (g) => set(g.inputs![0], "name", 1)],
    ["graph.nodes[0]: expected an object, received null", (g) => set(g.nodes, 0, null)],
    ['graph.nodes[1].op: Unknown op "scam". Did you mean', (g) => set(g.nodes![1], "op", "scam")],
    ["graph.nodes[1].op: Unknown op", (g) => set(g.nodes![1], "op", "constructor")],
    ["graph.nodes[1].inputs[0]: expected the number of", (g) => set(g.nodes![1]!.inputs, 0, 3)],
    ["graph.nodes[2].inputs: expected an array of 1", (g) => set(g.nodes![2], "inputs", [0, 0])],
    ["graph.nodes[2].params: expected no parameters", (g) => set(g.nodes![2], "params", {})],
    ["graph.nodes[2].path: expected a string", (g) => set(g.nodes![2], "path", 7)],
    [
      "graph.nodes[2].types[0]: expected float32[2], received float64[2]",
      (g) => set(g.nodes![2]!.types![0], "dtype", "float64"),
    ],
    [
      "graph.nodes[2].types: expected an array of 1, received an array of 0",
      (g) => set(g.nodes![2], "types", []),
    ],
    ["graph.nodes[1].params.reverse: expected true", (g) => set(g.nodes![1]!.params, "reverse", 0)],
    [
      "graph.nodes[1].params.length: expected an integer",
      (g) => set(g.nodes![1]!.params, "length", undefined),
    ],
    ["graph.nodes[1].params.axes: no such field", (g) => set(g.nodes![1]!.params, "axes", [])],
    ["graph.nodes[1]: scan: operand 1", (g) => set(g.nodes![1]!.params, "length", 4)],
    [
      "graph.nodes[1].params.body.nodes[1].params.rule.mode: Unknown rule",
      (g) => set(g.nodes![1]!.params!.body!.nodes![1]!.params!.rule, "mode", "both"),
    ],
    [
      "graph.nodes[1].params.body.outputs[0]: expected the number of",
      (g) => set(g.nodes![1]!.params!.body!.outputs, 0, 99),
    ],
    [
      'graph.nodes[0].params.data[1]: expected a float32, "NaN"',
      (g) => set(g.nodes![0]!.params!.data, 1, "zero"),
    ],
    [
      'graph.nodes[0].params.data[1]: expected a float32, "NaN"',
      (g) => set(g.nodes![0]!.params!.data, 1, 1e300),
    ],
    ["graph.nodes[0]: constant: 3 numbers", (g) => g.nodes![0]!.params!.data!.push(1 as never)],
    ["graph.outputs[0]: expected an integer", (g) => set(g.outputs, 0, "4")],
  ];

  test.each(cases)("%s", (message, change) => {
    const json = JSON.parse(JSON.stringify(toJSON(everything())));
    change(json);
    const read = () => fromJSON(json, inferTypes);
    expect(read).toThrow(ArgumentError);
    expect(read).toThrow(message);
  });

  test.each([null, 3, "graph", [], undefined])("%j is no graph", (json) => {
    expect(() => fromJSON(json, inferTypes)).toThrow(/^graph: expected an object, received/);
  });

  test.each<[DType, unknown]>([
    ["int32", 2 ** 31],
    ["int32", 0.5],
    ["uint8", -1],
    ["uint8", "NaN"],
    ["bool", 2],
    ["bool", true],
  ])("%s does not hold %j", (dtype, element) => {
    const json = JSON.parse(JSON.stringify(toJSON(constantGraph(allocate(dtype, 1), dtype))));
    json.nodes[0].params.data[0] = element;
    expect(() => fromJSON(json, inferTypes)).toThrow("graph.nodes[0].params.data[0]: expected an");
  });

  function set(object: unknown, key: string | number, value: unknown): void {
    (object as Record<string | number, unknown>)[key] = value;
  }
});

test("a graph out of order cannot be written", () => {
  const o = graphBuilder();
  const x = float32([]);
  const y = o.exp(x);
  const z = o.neg(y);
  const graph = { inputs: [x], outputs: [z], nodes: [z.node!, y.node!] };
  expect(() => toJSON(graph)).toThrow(/before it is computed/);
});
