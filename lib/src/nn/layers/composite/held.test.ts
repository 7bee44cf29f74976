// Layers that hold other layers: what they compute, how they are named and written, and what they refuse.

import { describe, expect, it } from "vitest";
import "../../../tensor/methods.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import { tensor, zeros } from "../../../tensor/create.ts";
import { key, normal } from "../../../tensor/random.ts";
import { functionalModel, sequential } from "../../../train/model/sequential.ts";
import { networkOf } from "../../../train/run/run.ts";
import { addLayer, connect, input, network, networkLayer } from "../../index.ts";
import {
  activation,
  batchNormalization,
  bidirectional,
  block,
  conv2d,
  dense,
  dropout,
  flatten,
  gru,
  type Layer,
  lambda,
  layerFromSpec,
  lstm,
  rescaling,
  residual,
  timeDistributed,
} from "../index.ts";

const TOLD = { training: false, key: key(1) };

function run(layer: Layer, x: Tensor): Tensor {
  return layer.apply(layer.init(key(4), x.shape.slice(1), "float64"), x, TOLD).y;
}

const x: Tensor = normal(key(2), [2, 4, 3], { dtype: "float64" });

describe("timeDistributed", () => {
  it("is the layer, step by step", () => {
    const inner = dense(2, { activation: "tanh" });
    const layer = timeDistributed(inner);
    const { params, state } = layer.init(key(4), [4, 3], "float64");
    const all = layer.apply({ params, state }, x, TOLD).y;
    for (let t = 0; t < 4; t++) {
      const one = inner.apply({ params: params["layer"] as never, state }, x.at(":", t), TOLD).y;
      expect(all.at(":", t).toArray()).toEqual(one.toArray());
    }
  });

  it("takes sequences of no steps, and refuses what has none", () => {
    expect(run(timeDistributed(dense(2)), zeros([2, 0, 3], "float64")).shape).toEqual([2, 0, 2]);
    expect(() => timeDistributed(dense(2)).outputShape([])).toThrow(
      "timeDistributed: expected an example [steps, ...], received []",
    );
    expect(() => timeDistributed(conv2d(2, 3)).outputShape([5, 3])).toThrow(
      'in "layer": conv2d: expected an example [height, width, channels], received [3]',
    );
  });

  it("hands on what running statistics became", async () => {
    const model = sequential([4, 3], timeDistributed(batchNormalization()), flatten(), dense(1));
    model.compile({ loss: "meanSquaredError", optimizer: "sgd" });
    const mean = model.state.variables.get("state/timeDistributed1/layer/mean")!;
    expect([...mean.data]).toEqual([0, 0, 0]);
    await model.fit(x.cast("float32"), zeros([2, 1]), { epochs: 1 });
    expect([...mean.data].every((value) => value !== 0)).toBe(true);
  });
});

describe("bidirectional", () => {
  it("has the same weights both ways where the sequence is a palindrome: so it gives the same", () => {
    const layer = bidirectional(gru(2));
    const { params, state } = layer.init(key(4), [4, 3], "float64");
    const same = { forward: params["forward"]!, backward: params["forward"]! };
    const mirrored = tensor([[[1], [2], [1]]])
      .mul(tensor([1, -1, 0.5]))
      .cast("float64");
    const y = layer.apply({ params: same, state }, mirrored, TOLD).y;
    expect(y.at(":", "0:2").toArray()).toEqual(y.at(":", "2:4").toArray());
  });

  it("gives each step what was read up to it from either end", () => {
    const layer = bidirectional(gru(2, { returnSequences: true }));
    const variables = layer.init(key(4), [4, 3], "float64");
    const all = layer.apply(variables, x, TOLD).y;
    const end = layer.apply(variables, x.at(":", "2:4") as Tensor, TOLD).y;
    const start = layer.apply(variables, x.at(":", "0:3") as Tensor, TOLD).y;
    expect(all.at(":", 2, "2:4").toArray()).toEqual(end.at(":", 0, "2:4").toArray());
    expect(all.at(":", 2, "0:2").toArray()).toEqual(start.at(":", 2, "0:2").toArray());
  });

  it("refuses what is not recurrent, and ways that do not go together", () => {
    const calls = bidirectional as unknown as (...args: unknown[]) => Layer;
    expect(() => calls(dense(3))).toThrow(
      "bidirectional: expected layer to be a recurrent layer, as lstm(8) makes, received dense",
    );
    expect(() => calls(3)).toThrow(
      "bidirectional: expected layer to be a layer, as dense(3) makes",
    );
    expect(() => calls(lstm(3), { merge: "ave" })).toThrow(
      'expected merge to be "concat" or "sum" or "mul" or "mean", received "ave"',
    );
    expect(() => calls(lstm(3), { backward: lstm(3) })).toThrow(
      "bidirectional: expected backward to read the other way, with another goBackwards",
    );
    const sequences = lstm(3, { goBackwards: true, returnSequences: true });
    expect(() => calls(lstm(3), { backward: sequences })).toThrow("the layer's returnSequences");
    const other = bidirectional(lstm(3), { backward: gru(2, { goBackwards: true }), merge: "sum" });
    expect(() => other.outputShape([4, 2])).toThrow(
      'bidirectional: merge "sum" wants the same shape both ways, received [3] and [2]',
    );
    const joined = bidirectional(lstm(3), { backward: gru(2, { goBackwards: true }) });
    expect(joined.outputShape([4, 2])).toEqual([5]);
    expect(() => bidirectional(lstm(3)).outputShape([4, 2], [3])).toThrow("expected a mask [4]");
    expect(() => bidirectional(lstm(3)).outputShape([4])).toThrow('in "forward": lstm: expected');
  });
});

describe("block and residual", () => {
  it("are the layers one after the other, and these plus what they read", () => {
    const layers = [dense(5, { activation: "tanh" }), dense(3)] as const;
    const one = block(layers);
    const { params, state } = one.init(key(4), [3], "float64");
    const from = x.at(":", 0);
    const found = one.apply({ params, state }, from, TOLD).y;
    const hidden = layers[0].apply({ params: params["dense1"] as never, state }, from, TOLD).y;
    const byHand = layers[1].apply({ params: params["dense2"] as never, state }, hidden, TOLD).y;
    expect(found.toArray()).toEqual(byHand.toArray());
    const added = residual(layers).apply({ params: { layers: params }, state }, from, TOLD).y;
    expect(added.toArray()).toEqual(byHand.add(from).toArray());
  });

  it("is a graph of the same layers and a sum", async () => {
    const [first, last] = [dense(4, { activation: "relu" }), dense(3)];
    const start = input([3]);
    const sum = connect(addLayer(), connect(last, connect(first, start)), start);
    const graph = functionalModel(network([start], [sum]));
    const short = sequential([3], residual([dense(4, { activation: "relu" }), dense(3)]));
    for (const name of ["w", "b"]) {
      for (const at of ["dense1", "dense2"]) {
        const value = graph.layer(at)[name]!;
        short.layer("residual1")[`layers/${at}/${name}`]!.assign(value.read());
      }
    }
    const rows = x.at(":", 1).cast("float32");
    expect((await short.predict(rows)).toArray()).toEqual((await graph.predict(rows)).toArray());
  });

  it("says which layer does not fit, and what a shortcut is for", () => {
    expect(() => residual([dense(4)]).outputShape([3])).toThrow(
      "residual: the layers give [4], and [3] goes by: give a shortcut, as dense(units) or " +
        "conv2d(filters, 1)",
    );
    expect(() => residual([dense(4)], { shortcut: dense(5) }).outputShape([3])).toThrow(
      "residual: the layers give [4], and [5] goes by",
    );
    const nested: Layer = block([dense(4), block([flatten(), gru(2)])]);
    expect(() => sequential([3], nested).summary()).toThrow(
      'layer "block1": in "block1": in "gru1": gru: expected an example [steps, features], received [4]',
    );
    const calls = block as unknown as (...args: unknown[]) => Layer;
    expect(() => calls([])).toThrow("expected layers to be a list of one layer or more");
    expect(() => calls(dense(3))).toThrow("expected layers to be a list of one layer or more");
    expect(() => calls([dense])).toThrow("expected layers to be a list of one layer or more");
    const twice = dense(3);
    expect(() => block([twice, activation("relu"), twice])).toThrow(
      "block: layers 1 and 3 are the same layer. Make two layers",
    );
    expect(() => block([dense(3, { name: "a" }), dense(3, { name: "a" })])).toThrow(
      'block: two layers are named "a"',
    );
  });

  it("keeps one layer out of two layers", () => {
    const inner = dense(3);
    expect(() => sequential([3], inner, block([inner])).summary()).toThrow(
      'layer "block1/dense1": it is the same layer as "dense1", with parameters that both would need',
    );
  });

  it("draws something else in each layer, and nothing after training", async () => {
    const dropped = block([dropout(0.5), dropout(0.5)]);
    const ones = zeros([1, 2000]).add(1);
    const told = { training: true, key: key(3) };
    const y = dropped.apply({ params: {}, state: {} }, ones, told).y;
    const kept = [...y.data].filter((value) => value !== 0).length / 2000;
    expect(kept).toBeGreaterThan(0.2);
    expect(kept).toBeLessThan(0.3); // 0.5 if both drew the same
    expect(run(dropped, ones).toArray()).toEqual(ones.toArray());
  });
});

describe("lambda", () => {
  it("finds its shape, or is told it", () => {
    expect(lambda((t) => t.sum(1)).outputShape([4, 3])).toEqual([3]);
    expect(lambda((t) => t, { outputShape: [4, 3] }).outputShape([4, 3])).toEqual([4, 3]);
    expect(
      run(
        lambda((t) => t.square()),
        x,
      ).toArray(),
    ).toEqual(x.square().toArray());
  });

  it("learns through it, and has no specification", async () => {
    const model = sequential(
      [3],
      dense(2),
      lambda((t) => t.square()),
      dense(1),
    );
    model.compile({ loss: "meanSquaredError", optimizer: "sgd" });
    const before = model.layer("dense1")["w"]!.toArray();
    await model.fit(x.at(":", 0).cast("float32"), tensor([[1], [0]]), { epochs: 1 });
    expect(model.layer("dense1")["w"]!.toArray()).not.toEqual(before);
    expect(model.network.spec).toBeNull();
    expect(sequential([3], block([lambda((t) => t)])).network.spec).toBeNull();
  });

  it("is refused in a specification, and where it gives no batch", () => {
    expect(() => layerFromSpec({ kind: "lambda" })).toThrow(
      "lambda: expected fn, a function of tensors, as (x) => x.square(). It stands in the program " +
        "alone: no specification and no file can hold a function",
    );
    expect(() => lambda(((t: Tensor) => t.data) as never).outputShape([3])).toThrow(
      "was read while tracing",
    );
    expect(() => lambda((() => 3) as never).outputShape([3])).toThrow(
      "lambda: expected the function to give a tensor, received 3",
    );
    expect(() => lambda((t) => t.sum()).outputShape([3])).toThrow(
      "lambda: expected the function to keep the batch in front, received [] of [1, 3]",
    );
    expect(() =>
      run(
        lambda((t) => t, { outputShape: [7] }),
        x,
      ),
    ).toThrow("lambda: expected the function to give [2, 7], received [2, 4, 3]");
    expect(() => (lambda as (...args: unknown[]) => Layer)("relu")).toThrow(
      "expected fn to be a function",
    );
  });
});

describe("a specification with layers inside layers", () => {
  it("names the path to what is wrong", () => {
    const bad: [object, string][] = [
      [{ kind: "timeDistributed" }, "timeDistributed: expected layer, a layer"],
      [
        { kind: "timeDistributed", layer: { kind: "dens" } },
        'in "layer": Unknown layer "dens". Did you mean "dense"?',
      ],
      [
        { kind: "timeDistributed", layer: { kind: "dense", unit: 3 } },
        'in "layer": dense: there is no option "unit". Did you mean "units"?',
      ],
      [{ kind: "timeDistributed", layer: 3 }, "timeDistributed: expected layer to be a layer"],
      [
        {
          kind: "block",
          layers: [
            { kind: "dense", units: 3 },
            { kind: "dense", units: 0 },
          ],
        },
        'in "layers.1": dense: expected units to be a whole number above 0, received 0',
      ],
      [
        { kind: "block", layers: [{ kind: "timeDistributed", layer: { kind: "dropout", p: 2 } }] },
        'in "layers.0": in "layer": dropout: expected p',
      ],
      [
        { kind: "residual", layers: [{ kind: "dense", units: 3 }], shortcut: { kind: "add" } },
        'in "shortcut": Unknown layer "add"',
      ],
      [
        { kind: "bidirectional", layer: { kind: "lstm", units: 3 }, backward: { kind: "lstm" } },
        'in "backward": lstm: expected units',
      ],
      [{ kind: "block", layers: [] }, "a list of one layer or more"],
      [{ kind: "block", layer: [] }, 'there is no option "layer". Did you mean "layers"?'],
    ];
    for (const [spec, message] of bad) {
      expect(() => layerFromSpec(spec as never), JSON.stringify(spec)).toThrow(message);
    }
    const model = { layers: [{ kind: "input", shape: [3] }, bad[1]![0]] };
    expect(() => networkOf(model as never)).toThrow(
      'spec: model.layers.1: in "layer": Unknown layer',
    );
  });

  it("may be deep, but not without end", () => {
    let spec: Record<string, unknown> = { kind: "dense", units: 2 };
    for (let i = 0; i < 20; i++) spec = { kind: "block", layers: [spec] };
    const layer = layerFromSpec(spec as never);
    expect(layer.outputShape([3])).toEqual([2]);
    expect(layer.spec).toEqual(spec);
    for (let i = 0; i < 5000; i++) spec = { kind: "block", layers: [spec] };
    expect(() => layerFromSpec(spec as never)).toThrow("nests deeper than 100");
    const deep = { layers: [{ kind: "input", shape: [3] }, spec] };
    expect(() => networkOf(deep as never)).toThrow("nest deeper than 100");
  });

  it("makes doubles of bytes inside too, where the model computes in doubles", async () => {
    const layers = [{ kind: "input", shape: [2] }, block([rescaling(0.5), dense(1)]).spec!];
    const built = functionalModel(networkOf({ layers }, "float64"), { dtype: "float64" });
    expect((await built.predict(tensor([[2, 4]], "uint8"))).dtype).toBe("float64");
  });
});

describe("networkLayer", () => {
  const inner = () => sequential([3], dense(4, { activation: "tanh" }), dense(2));

  it("is the network, with variables under its names", async () => {
    const model = sequential([3], networkLayer(inner(), { name: "inner" }), dense(1));
    expect([...model.instance.params.variables.keys()]).toEqual([
      "inner/dense1/w",
      "inner/dense1/b",
      "inner/dense2/w",
      "inner/dense2/b",
      "dense1/w",
      "dense1/b",
    ]);
    expect([...model.network.weights(model.instance.params.tree)]).toEqual([
      "inner/dense1/w",
      "inner/dense2/w",
      "dense1/w",
    ]);
    const flat = sequential([3], dense(4, { activation: "tanh" }), dense(2), dense(1));
    const values = [...model.instance.params.variables.values()];
    [...flat.instance.params.variables.values()].forEach((v, i) => {
      v.assign(values[i]!.read());
    });
    const rows = x.at(":", 0).cast("float32");
    expect((await model.predict(rows)).toArray()).toEqual((await flat.predict(rows)).toArray());
    model.compile({ loss: "meanSquaredError", optimizer: "adam" });
    await model.fit(rows, tensor([[1], [0]]), { epochs: 2 });
  });

  it("reads several inputs, is shared where it is connected twice, and comes back from JSON", async () => {
    const [a, b] = [input([3]), input([3])];
    const two = network([a, b], [connect(addLayer(), connect(dense(2), a), connect(dense(2), b))]);
    const [p, q] = [input([3]), input([3])];
    const shared = networkLayer(two);
    const ends = [connect(shared, p, q), connect(shared, q, p)] as const;
    const model = functionalModel(network([p, q], [connect(addLayer(), ...ends)]));
    expect(model.instance.params.variables.size).toBe(4);
    const spec = JSON.parse(JSON.stringify(model.network.spec));
    const again = functionalModel(networkOf(spec));
    expect(again.network.spec).toEqual(spec);
    const rows = [x.at(":", 0).cast("float32"), x.at(":", 1).cast("float32")];
    expect((await again.predictAll(rows))[0]!.toArray()).toEqual(
      (await model.predictAll(rows))[0]!.toArray(),
    );
    expect(() => connect(networkLayer(two), p)).toThrow(
      "network: expected 2 places to read, received 1",
    );
    expect(() => connect(networkLayer(two), p, input([4]))).toThrow(
      "network: expected examples [3], received [4]",
    );
  });

  it("refuses what is no network, and one of several outputs", () => {
    const calls = networkLayer as unknown as (...args: unknown[]) => Layer;
    expect(() => calls(dense(3))).toThrow(
      "expected network to be a network, as network() makes, or a model",
    );
    const a = input([3]);
    const two = network([a], [connect(dense(2), a), connect(dense(3), a)]);
    expect(() => networkLayer(two)).toThrow(
      "network: expected a network of one output, received one of 2",
    );
    const spec = {
      layers: [
        { kind: "input", shape: [3] },
        { kind: "network", network: { layers: [{ kind: "dense" }] } },
      ],
    };
    expect(() => networkOf(spec)).toThrow('spec: model.layers.1: in "network": ');
  });
});
