// Frozen layers: what fit() leaves alone, what is computed for it, and how it is shown and written.

import { describe, expect, it } from "vitest";
import "../../tensor/methods.ts";
import {
  addLayer,
  batchNormalization,
  block,
  connect,
  dense,
  input,
  network,
  networkLayer,
  residual,
} from "../../nn/index.ts";
import type { OptimizerSpec } from "../../nn/optimizers/index.ts";
import { compile } from "../../runtime/compiled/compile.ts";
import { setEngine } from "../../runtime/interpreter/current.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { key, normal } from "../../tensor/random.ts";
import { loadModel, saveModel } from "../files/saved-model.ts";
import { networkOf } from "../run/run.ts";
import type { Model } from "./model.ts";
import { functionalModel, sequential } from "./sequential.ts";

const x = normal(key(1), [16, 3]);
const y = normal(key(2), [16, 1]);

function compiled(model: Model, optimizer: OptimizerSpec = "adam"): Model {
  return model.compile({
    loss: "meanSquaredError",
    optimizer,
    regularizer: { kind: "l2", lambda: 0.1, convention: "keras" },
  });
}

const numbers = (model: Model) =>
  new Map([...model.instance.params.variables].map(([path, v]) => [path, [...v.data].join()]));

/** Paths of the parameters that a few steps of training move. */
async function moved(model: Model, options = {}): Promise<string[]> {
  const before = numbers(model);
  await model.fit(x, y, { epochs: 2, batchSize: 8, ...options });
  return [...numbers(model)].flatMap(([path, now]) => (before.get(path) === now ? [] : [path]));
}

const slots = (model: Model) =>
  [...model.state.variables.keys()].filter((name) => name.startsWith("slots/"));

describe("trainable: false", () => {
  const make = () =>
    sequential([3], dense(4, { activation: "tanh", trainable: false }), dense(1)).with({ seed: 1 });

  it.each<[string, OptimizerSpec, object]>([
    ["sgd", "sgd", {}],
    ["sgd, eager", "sgd", { eager: true }],
    ["momentum and decay", { name: "sgd", momentum: 0.9, weightDecay: 0.1 }, {}],
    ["adam", "adam", {}],
    ["adamW", "adamW", {}],
    ["rmsProp", "rmsProp", {}],
    ["adagrad", "adagrad", {}],
    ["accumulated gradients", "adam", { accumulate: 2 }],
  ])("moves nothing of the layer under %s", async (_, optimizer, options) => {
    expect(await moved(compiled(make(), optimizer), options)).toEqual(["dense2/w", "dense2/b"]);
  });

  it("computes no gradient by it, and keeps no slot for it", () => {
    const model = compiled(make());
    expect(slots(model)).toEqual([
      "slots/mean/dense2/w",
      "slots/mean/dense2/b",
      "slots/square/dense2/w",
      "slots/square/dense2/b",
    ]);
    // Of the backward pass nothing is left before the last layer: fewer products than where all learns.
    const products = (of: Model) => {
      const step = of.instance.trainStep(of.training, { count: 16, size: 16 }, "eager");
      setEngine(of.instance.engine);
      const graph = compile((...xy: Tensor[]) => step([xy[0]!], [xy[1]!])).graph(x, y);
      return graph.nodes.filter(({ op }) => op === "matmul").length;
    };
    const all = sequential([3], dense(4, { activation: "tanh" }), dense(1)).with({ seed: 1 });
    expect(products(model)).toBeGreaterThan(0);
    expect(products(model)).toBeLessThan(products(compiled(all)));
  });

  it("learns what a model of the other layers alone would learn", async () => {
    const model = compiled(make());
    const front = sequential([3], dense(4, { activation: "tanh" }));
    for (const name of ["w", "b"]) {
      front.layer("dense1")[name]!.assign(model.layer("dense1")[name]!.read());
    }
    const back = sequential([4], dense(1, { name: "dense2" }));
    for (const name of ["w", "b"]) {
      back.layer("dense2")[name]!.assign(model.layer("dense2")[name]!.read());
    }
    await model.fit(x, y, { epochs: 3, batchSize: 8, shuffle: false });
    const features = await front.predict(x);
    await compiled(back).fit(features, y, { epochs: 3, batchSize: 8, shuffle: false });
    const [a, b] = [model, back].map((of) => of.layer("dense2")["w"]!.read());
    expect(a!.sub(b!).abs().max().item()).toBeLessThan(1e-5);
  });

  it("reaches layers inside layers, one by one or all", async () => {
    const inside = [dense(3, { trainable: false }), dense(3)];
    expect(await moved(compiled(sequential([3], block(inside), dense(1))))).toEqual([
      "block1/dense2/w",
      "block1/dense2/b",
      "dense1/w",
      "dense1/b",
    ]);
    const whole = residual([dense(3), dense(3)], { trainable: false });
    expect(await moved(compiled(sequential([3], whole, dense(1))))).toEqual([
      "dense1/w",
      "dense1/b",
    ]);
    const sub = networkLayer(sequential([3], dense(2, { trainable: false }), dense(2)));
    expect(await moved(compiled(sequential([3], sub, dense(1))))).toEqual([
      "network1/dense2/w",
      "network1/dense2/b",
      "dense1/w",
      "dense1/b",
    ]);
  });

  it("holds the running statistics of batch normalisation", async () => {
    for (const inside of [false, true]) {
      const norm = batchNormalization({ trainable: inside });
      const layer = inside ? block([norm], { trainable: false }) : norm;
      const model = compiled(sequential([3], layer, dense(1)));
      const state = () => [...model.instance.layerState.variables.values()].map((v) => [...v.data]);
      const before = state();
      await model.fit(x, y, { epochs: 1 });
      expect(state()).toEqual(before);
    }
  });

  it("goes into the specification and comes back, with its slots", async () => {
    const model = compiled(make());
    const spec = JSON.parse(JSON.stringify(model.network.spec));
    expect(spec.layers[1]).toEqual({
      kind: "dense",
      units: 4,
      activation: "tanh",
      trainable: false,
    });
    expect(networkOf(spec).placed[1]!.trainable).toBe(false);
    const again = loadModel(saveModel(model));
    expect(await moved(compiled(again))).toEqual(["dense2/w", "dense2/b"]);
  });
});

describe("freeze and unfreeze", () => {
  const make = () =>
    sequential([3], dense(4), dense(2, { name: "head" }), dense(1)).with({ seed: 1 });

  it("change what the next compile() trains", async () => {
    const model = compiled(make());
    expect((await moved(model)).length).toBe(6);
    model.freeze("dense1", "head");
    expect(() => model.training).toThrow("call compile() first");
    expect(await moved(compiled(model))).toEqual(["dense2/w", "dense2/b"]);
    compiled(model.unfreeze("head"));
    expect(await moved(model)).toEqual(["head/w", "head/b", "dense2/w", "dense2/b"]);
    expect(await moved(compiled(model.unfreeze()))).toHaveLength(6);
    expect(JSON.stringify(model.network.spec)).not.toContain("trainable");
  });

  it("are told by summary and specification", () => {
    const model = make().freeze("dense1", "head");
    expect(model.summary()).toMatchInlineSnapshot(`
      "layer   kind   output      parameters
      -------------------------------------
      dense1  dense  [batch, 4]   16 frozen
      head    dense  [batch, 2]   10 frozen
      dense2  dense  [batch, 1]           3
      -------------------------------------
      29 parameters, 3 trainable and 26 frozen"
    `);
    expect(model.network.spec).toMatchObject({
      layers: [{}, { kind: "dense", trainable: false }, { name: "head", trainable: false }, {}],
    });
    const half = sequential([3], block([dense(3, { trainable: false }), dense(2)]));
    expect(half.summary()).toContain("20, 12 frozen");
    expect(half.summary()).toContain("20 parameters, 8 trainable and 12 frozen");
  });

  it("act on a layer at all its places", async () => {
    const shared = dense(3);
    const [a, b] = [input([3]), input([3])];
    const sum = connect(addLayer(), connect(shared, a), connect(shared, b));
    const model = functionalModel(network([a, b], [connect(dense(1), sum)]));
    model.freeze("dense2");
    expect(model.network.placed.map(({ name, trainable }) => [name, trainable])).toEqual([
      ["dense1", false],
      ["dense2", false],
      ["add1", undefined],
      ["dense3", undefined],
    ]);
    compiled(model);
    const before = numbers(model);
    await model.fit([x, x] as never, y, { epochs: 1 });
    expect(numbers(model).get("dense1/w")).toBe(before.get("dense1/w"));
    expect(numbers(model).get("dense3/w")).not.toBe(before.get("dense3/w"));
  });

  it("refuse unknown layers, a model in training, and a model that learns nothing", async () => {
    const model = compiled(make());
    expect(() => model.freeze("dense3")).toThrow('Unknown layer "dense3". Did you mean "dense');
    expect(() => model.freeze(3 as never)).toThrow("freeze: expected argument 1 to be a text");
    const fitting = model.fit(x, y, { epochs: 1 });
    expect(() => model.freeze("head")).toThrow("freeze: this model is being trained");
    await fitting;
    compiled(model.freeze());
    await expect(model.fit(x, y)).rejects.toThrow(
      "fit: every layer is frozen, so that nothing would be learnt: unfreeze() one, then compile()",
    );
    expect(Object.keys(await model.evaluate(x, y))).toEqual(["loss"]);
  });
});
