// Graph layers: the harness, segments, what a node takes from others, batches with padding, what is refused.

import { describe, expect, it, vi } from "vitest";
import "../../../tensor/methods.ts";
import { compile } from "../../../runtime/compiled/compile.ts";
import { grad } from "../../../runtime/derivatives/autodiff.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import { fromData, ones, tensor, zeros } from "../../../tensor/create.ts";
import { key, normal, permutation } from "../../../tensor/random.ts";
import { loadModel, saveModel } from "../../../train/files/saved-model.ts";
import { functionalModel } from "../../../train/model/sequential.ts";
import { network } from "../../network/functional.ts";
import { connect, input } from "../../network/place.ts";
import { BATCH, CONTEXT, testLayers } from "../harness.testing.ts";
import { dense, gat, gcn, graphPool, graphSage, type Layer } from "../index.ts";
import { segmentMax, segmentSoftmax, segmentSum } from "./segments.ts";

const NODES = 5;
const path = [
  [0, 1, 1, 2, 2, 3, 4, 4],
  [1, 0, 2, 1, 3, 2, 0, 1],
];
const padded = [
  [0, 1, 4, 2, -1, -1, -1, -1],
  [1, 0, 2, 4, -1, -1, -1, -1],
];
const edges: Tensor = tensor([path, padded, path], "int32");
const weights: Tensor = normal(key(8), [BATCH, 8], { dtype: "float64" }).abs();
const mask: Tensor = tensor([
  [1, 1, 0, 1, 0],
  [1, 1, 1, 1, 1],
  [0, 0, 0, 0, 0],
]);

const ofNodes = (
  title: string,
  layer: Layer,
  units: number,
  parameters: number,
  also: Tensor[] = [edges],
) => ({ title, layer, inputShape: [NODES, 3], outputShape: [NODES, units], parameters, also });

testLayers([
  ofNodes("gcn", gcn(2), 2, 8),
  ofNodes("gcn of floats, weighted", gcn(2, { activation: "tanh" }), 2, 8, [
    edges.cast("float64"),
    weights,
  ]),
  ofNodes("gcn without loops", gcn(4, { selfLoops: false, bias: false }), 4, 12),
  ofNodes("graphSage", graphSage(2), 2, 14, [edges, weights]),
  ofNodes("graphSage, sums", graphSage(2, { aggregate: "sum", activation: "sigmoid" }), 2, 14),
  ofNodes(
    "graphSage, largest, of length 1",
    graphSage(3, { aggregate: "max", normalize: true }),
    3,
    21,
  ),
  ofNodes("gat", gat(2), 2, 6 + 2 + 2 + 2),
  ofNodes("gat, heads", gat(2, { heads: 3, activation: "elu" }), 6, 18 + 6 + 12),
  ofNodes(
    "gat, mean of heads, dropout",
    gat(2, { heads: 2, join: "mean", dropout: 0.3 }),
    2,
    12 + 2 + 8,
  ),
  ...(["mean", "sum", "max"] as const).map((pool) => ({
    ...ofNodes(`graphPool ${pool}`, graphPool(pool), 3, 0, [mask]),
    outputShape: [3],
  })),
]);

describe("segments", () => {
  const x: Tensor = tensor([[3], [-1], [7], [2], [7], [-5]], "float64");
  const to: Tensor = tensor([2, 0, 2, 0, 2, 3], "int32");

  it("are added up, and 0 where there is no row", () => {
    expect([...segmentSum(x, to, 5).data]).toEqual([1, 0, 17, -5, 0]);
  });

  it("give their largest row, and share its gradient among equals", () => {
    expect([...segmentMax(x, to, 5).data]).toEqual([2, 0, 7, -5, 0]);
    const dy = tensor([[1], [2], [4], [8], [16]], "float64");
    const slope = grad((v: Tensor) => segmentMax(v, to, 5).mul(dy).sum())(x);
    expect([...slope.data]).toEqual([0, 0, 2, 1, 2, 8]);
  });

  it("have shares that sum to 1, however large the numbers", () => {
    const shares = segmentSoftmax(x.mul(1000), to, 5);
    expect([...shares.data]).toEqual([0, 0, 0.5, 1, 0.5, 1]);
    const even = segmentSoftmax(x.mul(0), to, 5);
    expect([...segmentSum(even, to, 5).data]).toEqual([1, 0, 1, 1, 0]);
  });

  it("of a thousand rows are those of a loop, compiled and not", () => {
    const many: Tensor = normal(key(4), [1000, 2], { dtype: "float64" });
    const places: Tensor = normal(key(5), [1000]).mul(9).abs().cast("int32");
    const expected = Array.from({ length: 60 }, () => [-Infinity, -Infinity]);
    places.data.forEach((segment, i) => {
      for (const k of [0, 1]) {
        const value = many.data[2 * i + k] as number;
        expected[Number(segment)]![k] = Math.max(expected[Number(segment)]![k]!, value);
      }
    });
    const found = expected.map((row) => row.map((v) => (v === -Infinity ? 0 : v)));
    const close = (y: Tensor) =>
      y.data.forEach((v, i) => void expect(v).toBeCloseTo(found.flat()[i]!, 14));
    close(segmentMax(many, places, 60));
    close(compile((v: Tensor, at: Tensor) => segmentMax(v, at, 60))(many, places));
  });
});

const apply = (layer: Layer, x: Tensor, also: Tensor[]): Tensor => {
  const shapes = also.map(({ shape }) => shape.slice(1));
  const variables = layer.init(key(1), x.shape.slice(1), "float64", ...shapes);
  return layer.apply(variables, x, { ...CONTEXT, also }).y;
};

describe.each<[string, Layer]>([
  ["gcn", gcn(3)],
  ["graphSage", graphSage(3)],
  ["graphSage max", graphSage(3, { aggregate: "max" })],
  ["gat", gat(3, { heads: 2 })],
])("%s", (_, layer) => {
  const x: Tensor = normal(key(2), [BATCH, NODES, 3], { dtype: "float64" });

  it("gives the same whatever the order of edges, and with padding between them", () => {
    const one = tensor([path], "int32");
    const [from, to] = path as [number[], number[]];
    const turned = tensor([[[-1, ...from].reverse(), [-1, ...to].reverse()]], "int32");
    const first = x.at("0:1");
    const [a, b] = [apply(layer, first, [one]), apply(layer, first, [turned])];
    a.data.forEach((v, i) => void expect(v).toBeCloseTo(b.data[i] as number, 12));
  });

  it("keeps the graphs of a batch apart", () => {
    const all = apply(layer, x, [edges]);
    for (let i = 0; i < BATCH; i++) {
      const alone = apply(layer, x.at(`${i}:${i + 1}`), [edges.at(`${i}:${i + 1}`)]);
      expect(alone.data).toEqual(all.at(`${i}:${i + 1}`).data);
    }
  });

  it("knows only the node itself where there are no edges", () => {
    const none = apply(layer, x, [zeros([BATCH, 2, 0], "int32")]);
    const onlyPadding = apply(layer, x, [tensor(new Array(BATCH).fill([[-1], [-1]]), "int32")]);
    none.data.forEach((v, i) => void expect(v).toBeCloseTo(onlyPadding.data[i] as number, 12));
  });

  it("refuses edges of no node, known or not", () => {
    const wrong = tensor(
      new Array(BATCH).fill([
        [0, 5],
        [1, 0],
      ]),
      "int32",
    );
    expect(() => apply(layer, x, [wrong])).toThrow(
      `${layer.kind}: expected edges between nodes 0 to 4 (or -1 and -1 for padding), received 5 at edge 1`,
    );
    const half = tensor(
      new Array(BATCH).fill([
        [0, -1],
        [1, 0],
      ]),
      "int32",
    );
    expect(() => apply(layer, x, [half])).toThrow("received -1 at edge 1");
    const broken = tensor(new Array(BATCH).fill([[0.5], [1]]), "float32");
    expect(() => apply(layer, x, [broken])).toThrow("received 0.5 at edge 0");
    const program = compile((e: Tensor) => apply(layer, x, [e]));
    for (const bad of [wrong, half, broken]) expect(() => program(bad)).toThrow("out of range");
  });

  it("wants a graph that fits", () => {
    const nodes = input([NODES, 3]);
    expect(() => connect(layer, nodes)).toThrow(
      `${layer.kind}: expected edges [2, number of edges] to read: connect(layer, x, edges)`,
    );
    expect(() => connect(layer, nodes, input([8, 2]))).toThrow(
      `${layer.kind}: expected edges [2, number of edges], from where and to where, received [8, 2]`,
    );
    expect(() => connect(layer, input([NODES]), input([2, 8]))).toThrow(
      `${layer.kind}: expected an example [nodes, features], received [5]`,
    );
    expect(() => connect(layer, input([0, 3]), input([2, 8]))).toThrow("received [0, 3]");
  });
});

it("weights want an edge each, masks a node", () => {
  const nodes = input([NODES, 3]);
  expect(() => connect(gcn(2), nodes, input([2, 8]), input([7]))).toThrow(
    "gcn: expected a weight for each of 8 edges, received [7]",
  );
  expect(() => connect(graphPool("sum"), nodes, input([4]))).toThrow(
    "graphPool: expected a mask [5], a number for each node of [5, 3], received [4]",
  );
  expect(() => gat(2, { heads: 0 })).toThrow("gat: expected heads to be a whole number above 0");
  expect(() => graphSage(2, { aggregate: "min" as "max" })).toThrow(
    'graphSage: expected aggregate to be "mean" or "sum" or "max", received "min"',
  );
});

/** Paths and stars of five nodes in any order, with room for two more edges: which is a star? */
function shapesOfGraphs(count: number) {
  const stars = Array.from({ length: count }, (_, i) => i % 2);
  const lists = stars.map((star, i) => {
    const order = [...permutation(key(i), NODES).data].map(Number);
    const ties = [0, 1, 2, 3].map((k) => [order[star ? 0 : k]!, order[k + 1]!]);
    const both = [...ties, ...ties.map(([a, b]) => [b!, a!]), [-1, -1], [-1, -1]];
    return [both.map(([a]) => a!), both.map(([, b]) => b!)];
  });
  return { edges: tensor(lists, "int32"), y: tensor(stars.map((star) => [star])) };
}

it.each<[string, (units: number) => Layer]>([
  ["gcn", (units) => gcn(units, { activation: "tanh" })],
  ["graphSage", (units) => graphSage(units, { activation: "tanh", aggregate: "sum" })],
  ["gat", (units) => gat(units, { heads: 2, activation: "tanh" })],
])(
  "a network of %s tells stars from paths, and is the same when it was saved",
  async (kind, layer) => {
    const { edges: ties, y } = shapesOfGraphs(40);
    // Attention takes means, so that nodes must differ to begin with: by half the number of their friends.
    const friends = ties.data as Int32Array;
    const degrees = new Float32Array(40 * NODES);
    friends.forEach((node, i) => {
      if (node >= 0 && i % 20 < 10) degrees[Math.floor(i / 20) * NODES + node]! += 0.5;
    });
    const x = kind === "gat" ? fromData(degrees, [40, NODES, 1]) : ones([40, NODES, 1]);
    const [nodes, edgesIn] = [input([NODES, 1]), input([2, 10])];
    const hidden = connect(layer(4), connect(layer(4), nodes, edgesIn), edgesIn);
    const told = connect(dense(1, { activation: "sigmoid" }), connect(graphPool("mean"), hidden));
    const model = functionalModel(network([nodes, edgesIn], [told]), { seed: 3 }).compile({
      loss: "binaryCrossentropy",
      optimizer: { name: "adam", learningRate: 0.03 },
      metrics: ["accuracy"],
    });
    const warn = vi.spyOn(console, "warn");
    await model.fit([x, ties], y, { epochs: 40, batchSize: 10 });
    expect(warn).not.toHaveBeenCalled(); // nothing falls back
    warn.mockRestore();
    expect((await model.evaluate([x, ties], y))["accuracy"]).toBeGreaterThan(0.95);
    const again = loadModel(saveModel(model));
    const [before] = await model.predictAll([x, ties]);
    const [after] = await again.predictAll([x, ties]);
    expect(after!.data).toEqual(before!.data);
  },
);
