// Networks of connected layers: names, shared layers, states by name, weights, and what is too large.

import { describe, expect, it, test } from "vitest";
import "../../tensor/methods.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { ones, tensor, zeros } from "../../tensor/create.ts";
import { key } from "../../tensor/random.ts";
import { functionalModel, type Model, modelOf, networkOf, sequential } from "../../train/index.ts";
import {
  activation,
  addLayer,
  connect,
  conv2d,
  conv2dTranspose,
  dense,
  dropout,
  gru,
  input,
  inputLayer,
  type Layer,
  type LayerResult,
  lstm,
  type Network,
  network,
  type Optimizer,
  type Params,
  prelu,
  reshapeLayer,
} from "../index.ts";

const namesOf = ({ placed }: Network): string[] => placed.map(({ name }) => name);
const pathsOf = (model: Model): string[] => [...model.instance.params.variables.keys()];

/** A layer with the parameters and the state that it is told. */
function custom(
  params: Params,
  options: Partial<Layer> & { state?: Params; next?: (state: Params) => unknown } = {},
): Layer {
  const { state = {}, next = (same) => same, ...rest } = options;
  return {
    kind: "custom",
    spec: null,
    outputShape: (shape) => shape,
    init: () => ({ params, state }),
    apply: (variables, y) => ({ y, state: next(variables.state) }) as LayerResult,
    ...rest,
  };
}

describe("names", () => {
  it("number layers of a kind", () => {
    const a = input([3]);
    const joined = connect(addLayer(), connect(dense(2), a), connect(dense(2), a));
    expect(namesOf(network([a], [joined]))).toEqual(["dense1", "dense2", "add1"]);
  });

  it("leave out numbers that a user has given", () => {
    const layers = [dense(2), dense(2, { name: "dense1" }), dense(2)] as const;
    const model = sequential([2], ...layers);
    expect(namesOf(model.network)).toEqual(["dense2", "dense1", "dense3"]);
    expect(pathsOf(model)).toHaveLength(6);
    const a = input([2], { name: "input2" });
    const b = input([2]);
    const inner = connect(inputLayer([2], { name: "input3" }), a);
    expect(network([a, b], [connect(addLayer(), inner, b)]).placed[1]!.reads).toEqual([
      "input3",
      "input4",
    ]);
  });

  it("belong to one layer each", () => {
    const a = input([3]);
    const one = connect(dense(2, { name: "head" }), a);
    const other = connect(dense(2, { name: "head" }), a);
    const message = 'two layers are named "head"';
    expect(() => network([a], [one, other])).toThrow(`network: ${message}`);
    expect(() => network([input([3], { name: "head" }), a], [one])).toThrow(message);
    expect(() =>
      sequential([3], dense(2, { name: "head" }), dense(2, { name: "head" })).summary(),
    ).toThrow(`sequential: ${message}`);
  });

  it("may be those of things that every object has", () => {
    const named = activation("relu", { name: "constructor" });
    const model = sequential([2], named, dense(1, { name: "toString" }));
    expect(pathsOf(model)).toEqual(["toString/w", "toString/b"]);
    expect(() => dense(1, { name: "a/b" })).toThrow(
      'dense: expected name to be a text without "/"',
    );
  });
});

describe("a layer in two places", () => {
  const shared = (layer: Layer) => {
    const [a, b] = [input([3]), input([3])];
    return functionalModel(
      network([a, b], [connect(addLayer(), connect(layer, a), connect(layer, b))]),
    );
  };
  const x = [tensor([[1, 2, 3]]) as Tensor, tensor([[4, 5, 6]]) as Tensor];

  it.each([
    ["without a name", dense(2), "dense1"],
    ["with a name", dense(2, { name: "twin" }), "twin"],
  ])("has one set of variables: %s", async (_what, layer, name) => {
    const model = shared(layer);
    expect(pathsOf(model)).toEqual([`${name}/w`, `${name}/b`]);
    const { w } = model.layer(name);
    expect(model.layer(model.network.placed[1]!.name)["w"]).toBe(w);
    w!.assign(ones([3, 2]));
    expect((await model.predictAll(x))[0]!.toArray()).toEqual([[21, 21]]);
    model.compile({ loss: "meanSquaredError", optimizer: { name: "sgd", learningRate: 0.1 } });
    await model.fit(x, tensor([[20, 21]]));
    // d/dw of mean((s - t)^2) is (s - t) (a + b): 1 for the first output, 0 for the second.
    const moved = [1 - 0.1 * 5, 1, 1 - 0.1 * 7, 1, 1 - 0.1 * 9, 1];
    moved.forEach((value, i) => expect(w!.data[i]).toBeCloseTo(value, 5));
  });

  it("keeps its sharing when it is written down", () => {
    const model = shared(dense(2));
    const { spec } = model.network;
    const again = networkOf(JSON.parse(JSON.stringify(spec)));
    expect(again.spec).toEqual(spec);
    expect(again.placed).toEqual(model.network.placed);
    expect(Object.keys(again.init(key(1), "float32").params)).toEqual(["dense1"]);
  });

  it("hands its state on from one place to the next", () => {
    const counter = custom(
      {},
      { state: { count: zeros([]) }, next: ({ count }) => ({ count: (count as Tensor).add(1) }) },
    );
    const { network: built, layerState } = shared(counter).instance;
    const { state } = built.apply({ params: {}, state: layerState.tree }, x, {
      training: true,
      key: key(0),
    });
    expect(((state["custom1"] as Params)["count"] as Tensor).item()).toBe(2);
  });

  it("fits both, or is refused", () => {
    const [a, b] = [input([3]), input([4])];
    const layer = dense(2);
    expect(() => network([a, b], [connect(layer, a), connect(layer, b)])).toThrow(
      'layer "dense1": it stands in two places, but its w would be [3, 2] in one and [4, 2] in the other',
    );
  });

  it("is refused in a chain where it learns, and is one of many where it does not", () => {
    const [twice, relu] = [dense(3), activation("relu")];
    expect(() => sequential([3], twice, twice).summary()).toThrow(
      'sequential: "dense2" is the same layer as "dense1"',
    );
    const { placed } = sequential([3], relu, dense(3), relu).network;
    expect(placed.map(({ name }) => name)).toEqual(["activation1", "dense1", "activation2"]);
  });
});

describe("nodes of a specification", () => {
  const dense1 = { kind: "dense", units: 2 };
  const x = { kind: "input", id: "x", reads: [], shape: [3] };
  const graph = (...nodes: object[]) =>
    networkOf({ inputs: ["x"], outputs: ["y"], nodes: [x, ...nodes] as never });

  it("give their ids to the layers", () => {
    const built = graph(
      { ...dense1, id: "hidden", reads: ["x"] },
      { kind: "add", id: "sum", reads: ["hidden", "hidden"] },
      { ...dense1, id: "y", reads: ["sum"] },
    );
    expect(namesOf(built)).toEqual(["hidden", "sum", "y"]);
    expect(built.placed[0]!.reads).toEqual(["x"]);
    expect(networkOf(built.spec!).spec).toEqual(built.spec);
  });

  it.each<[string, object[], string]>([
    [
      "two of one id",
      [
        { ...dense1, id: "y", reads: ["x"] },
        { ...dense1, id: "y", reads: ["x"] },
      ],
      'model.nodes.2: two nodes have the id "y"',
    ],
    ["one of an input's id", [{ ...dense1, id: "x", reads: ["x"] }], 'two nodes have the id "x"'],
    [
      "a bad id",
      [{ ...dense1, id: "a/y", reads: ["x"] }],
      'expected name to be a text without "/"',
    ],
    [
      "an input that reads",
      [{ kind: "input", id: "y", reads: ["x"], shape: [3] }],
      "an input reads nothing",
    ],
    [
      "sharing with another kind",
      [{ kind: "dense", id: "y", reads: ["x"], shares: "x" }],
      '"x", which it shares, is no dense',
    ],
  ])("are refused: %s", (_what, nodes, message) => {
    expect(() => graph(...nodes)).toThrow(message);
  });
});

describe("the state that a layer gives", () => {
  const state = { mean: zeros([3]), variance: ones([3]) };
  const moving = (next: (state: Params) => unknown) =>
    sequential([3], custom({}, { state, next }), dense(1)).compile({
      loss: "quadratic",
      optimizer: "sgd",
    });
  const fit = (model: Model) => model.fit(ones([4, 3]), ones([4, 1]), { batchSize: 4 });
  const numbersOf = (model: Model, name: string) => [
    ...model.state.variables.get(`state/custom1/${name}`)!.data,
  ];

  it("is found by name, in whatever order", async () => {
    const model = moving(({ mean, variance }) => ({
      variance: (variance as Tensor).mul(7),
      mean: (mean as Tensor).add(3),
    }));
    await fit(model);
    expect(numbersOf(model, "mean")).toEqual([3, 3, 3]);
    expect(numbersOf(model, "variance")).toEqual([7, 7, 7]);
  });

  it("may be the old one, changed about", async () => {
    const model = moving(({ mean, variance }) => ({ mean: variance, variance: mean }));
    await fit(model);
    expect([...numbersOf(model, "mean"), ...numbersOf(model, "variance")]).toEqual([
      1, 1, 1, 0, 0, 0,
    ]);
  });

  it.each<[string, (state: Params) => unknown, string]>([
    ["lacks a key", ({ mean }) => ({ mean }), 'expected "variance", received nothing'],
    [
      "has another",
      (old) => ({ ...old, count: zeros([]) }),
      'expected nothing more, received "count"',
    ],
    [
      "names one otherwise",
      ({ mean, variance }) => ({ mean, var: variance }),
      'expected "variance", received "var"',
    ],
    [
      "changes a shape",
      (old) => ({ ...old, mean: zeros([2]) }),
      'expected "mean" to be float32[3], received float32[2]',
    ],
    [
      "changes an element type",
      (old) => ({ ...old, mean: zeros([3], "int32") }),
      'expected "mean" to be float32[3], received int32[3]',
    ],
    [
      "holds no tensors",
      (old) => ({ ...old, mean: 3 }),
      'expected "mean" to be a tensor, received 3',
    ],
    ["is nothing", () => undefined, "expected a record of tensors, received nothing"],
  ])("is refused where it %s", async (_what, next, message) => {
    await expect(fit(moving(next))).rejects.toThrow(`layer "custom1": state: ${message}`);
  });

  it("comes with a tensor", async () => {
    const bare = custom({}, { apply: (_, x) => x as never });
    await expect(
      fit(sequential([3], bare, dense(1)).compile({ loss: "mse", optimizer: "sgd" })),
    ).rejects.toThrow(
      'layer "custom1": apply: expected { y, state }, y a tensor, received a Tensor',
    );
  });
});

describe("an optimizer's slots", () => {
  /** Adam whose records are in another order, or damaged. */
  const changed = async (change: (slots: Params) => Params, params = (p: Params) => p) => {
    const { optimizerOf } = await import("../index.ts");
    const adam = optimizerOf("adam");
    const optimizer: Optimizer = {
      ...adam,
      update: (args) => {
        const next = adam.update(args);
        return { params: params(next.params), slots: change(next.slots) };
      },
    };
    const model = sequential([3], dense(2), dense(1)).with({ seed: 2 });
    model.compile({ loss: "quadratic", optimizer });
    await model.fit(ones([4, 3]), ones([4, 1]), { epochs: 5, batchSize: 2 });
    return [...model.state.snapshot()].map(([name, data]) => [name, ...data]);
  };
  const reversed = (tree: Params): Params =>
    Object.fromEntries(
      Object.entries(tree)
        .reverse()
        .map(([name, one]) => [name, "dtype" in one ? one : reversed(one as Params)]),
    );

  it("are found by name, as the parameters are", async () => {
    const plain = await changed((slots) => slots);
    expect(await changed(reversed)).toEqual(plain);
    expect(await changed((slots) => slots, reversed)).toEqual(plain);
  });

  it("stay as they are", async () => {
    await expect(changed(({ mean }) => ({ mean: mean! }))).rejects.toThrow(
      'optimizer "adam": slots: expected "square/dense1/w", "square/dense1/b", "square/dense2/w", …, received nothing',
    );
    await expect(
      changed(
        (slots) => slots,
        ({ dense1 }) => ({ dense1: dense1! }),
      ),
    ).rejects.toThrow(
      'optimizer "adam": params: expected "dense2/w", "dense2/b", received nothing',
    );
  });
});

describe("weights, which regularizers penalise", () => {
  const weights = (...layers: Layer[]) => {
    const built = sequential([4, 3], ...(layers as [Layer])).network as Network;
    return [...built.weights(built.init(key(0), "float32").params)];
  };
  const params = { width: ones([3]), kernel: ones([3, 3]), inner: { scale: ones([2]) } };

  it.each<[Layer, string[]]>([
    [dense(2), ["dense1/w"]],
    [prelu(), []],
    [lstm(2), ["lstm1/w", "lstm1/wRecurrent"]],
    [gru(2, { name: "g" }), ["g/w", "g/wRecurrent"]],
    [custom(params), ["custom1/kernel"]],
    [
      custom(params, { weights: ["width", "inner/scale"] }),
      ["custom1/width", "custom1/inner/scale"],
    ],
    [custom(params, { weights: [] }), []],
  ])("are what the layer says, else all of two axes or more", (layer, expected) => {
    expect(weights(layer)).toEqual(expected);
  });

  it("must be there", () => {
    expect(() => weights(custom(params, { weights: ["kernal"] }))).toThrow(
      'layer "custom1": its weights name "kernal"; its parameters are: width, kernel, inner/scale',
    );
  });

  it("alone are moved by a penalty", async () => {
    const make = (declared?: readonly string[]) => {
      const own = custom({ width: ones([3]), kernel: ones([3, 3]) }, { weights: declared });
      // A gradient reaches them, and is 0.
      const still: Layer = {
        ...own,
        apply: ({ params: { width, kernel }, state }, x) => {
          const both = (kernel as Tensor).mul(width as Tensor) as Tensor;
          return { y: x.add(both.sum(0).mul(0)) as Tensor, state };
        },
      };
      return sequential([3], still).compile({
        loss: "quadratic",
        optimizer: { name: "sgd", learningRate: 1 },
        regularizer: { kind: "l2", lambda: 0.25, convention: "nndl" },
      });
    };
    const after = async (model: Model) => {
      await model.fit(ones([2, 3]), ones([2, 3]), { batchSize: 2 });
      const { width, kernel } = model.layer("custom1");
      return [width!.data[0], kernel!.data[0]];
    };
    expect(await after(make())).toEqual([1, 0.75]);
    expect(await after(make(["width"]))).toEqual([0.75, 1]);
  });
});

describe("what is too large", () => {
  test.each<[string, () => unknown, string]>([
    [
      "units",
      () => sequential([784], dense(100_000), dense(100_000)).summary(),
      'layer "dense2": its 10,000,100,000 parameters take 37.3 GiB, all layers together 37.5 GiB; 2 GiB is the most',
    ],
    [
      "one layer's units",
      () => sequential([2], dense(1e9)).summary(),
      "dense: an example [1000000000]",
    ],
    ["units beyond counting", () => dense(1e300), "expected units to be a whole number above 0"],
    ["filters", () => sequential([8, 8, 3], conv2d(1e8, 3)).summary(), 'layer "conv2d1": conv2d'],
    [
      "kernels",
      () => sequential([8, 8, 3], conv2d(1, 1e6, { padding: "same" })).summary(),
      "its 3,000,000,000,001 parameters take",
    ],
    [
      "images",
      () => sequential([8, 8, 3], conv2dTranspose(1, 1, { strides: 1e5 })).summary(),
      "an example [800000, 800000, 1]",
    ],
    [
      "state of a cell",
      () => sequential([3, 2], lstm(50_000)).summary(),
      "10,000,600,000 parameters",
    ],
    ["examples", () => input([1e5, 1e5]), "input: an example [100000, 100000]"],
    [
      "float64, twice as soon",
      () => sequential([2 ** 14], dense(2 ** 14)).with({ dtype: "float64" }).instance,
      "take 2 GiB",
    ],
  ])("%s", (_what, make, message) => {
    expect(make).toThrow(message);
  });

  test("is refused before anything is drawn", () => {
    let drawn = 0;
    const weights = { name: "mine", config: {}, init: () => zeros([++drawn]) };
    const model = sequential(
      [1e5],
      dense(2, { weights: weights as never }),
      dense(1e5),
      dense(1e5),
    );
    expect(() => model.summary()).toThrow("is the most that can be trained");
    expect(drawn).toBe(0);
  });
});

describe("what cannot be connected", () => {
  const a = input([3]);
  const bad = (value: unknown): never => value as never;
  test.each<[string, () => unknown, string]>([
    ["a function not called", () => connect(bad(dense), a), "received the function dense"],
    ["no place", () => connect(dense(1), bad([3])), "expected argument 2 to be a place"],
    ["no places", () => connect(dense(1)), "dense reads one place, received 0"],
    ["two places", () => connect(dense(1), a, a), "dense reads one place, received 2"],
    ["one for a list", () => network(bad(a), [a]), "expected inputs to be a list of places"],
    ["no output", () => network([a], []), "expected outputs to be a list of places"],
    ["an input twice", () => network([a, a], [a]), "an input is listed twice"],
    [
      "a layer for an input",
      () => network([connect(dense(1), a)], [a]),
      "expected inputs.0 to be an input(), received a layer",
    ],
    [
      "an input not listed",
      () => network([a], [connect(dense(1), input([3]))]),
      "depends on an input that is not listed",
    ],
    [
      "examples that the layer does not expect",
      () => connect(dense(1, { inputShape: [2] }), a),
      "dense: expected examples [2], as its inputShape says, received [3]",
    ],
    ["a shape that is none", () => input(bad(3)), "input: expected its shape to be a shape"],
    ["a misspelt option", () => input([3], bad({ nam: "x" })), 'Did you mean "name"?'],
    ["a list in place of a model", () => functionalModel(bad([a])), "to be a network"],
    ["no layer in a chain", () => sequential([3], bad("dense")), "expected layer 1 to be a layer"],
    ["none added", () => sequential().add(bad(undefined)), "expected its argument to be a layer"],
    [
      "another shape within a chain",
      () => sequential([3], dense(2), dense(1, { inputShape: [7] })).summary(),
      'layer "dense2": dense: expected examples [7], as its inputShape says, received [2]',
    ],
    [
      "too few inputs",
      () =>
        network([a], [a]).apply({ params: {}, state: {} }, [], { training: false, key: key(0) }),
      "expected 1 inputs, received 0",
    ],
  ])("%s", (_what, make, message) => {
    expect(make).toThrow(message);
  });
});

test("a deep network is put together without recursion", () => {
  let place = input([1]);
  const start = place;
  for (let i = 0; i < 20_000; i++) place = connect(activation("relu"), place);
  expect(network([start], [place]).placed).toHaveLength(20_000);
});

test("a layer with a function of the user's own cannot be written down", () => {
  const own = { name: "relu", config: {}, apply: (x: Tensor): Tensor => x };
  expect(dense(1, { activation: own }).spec).toBeNull();
  expect(sequential([1], dense(1, { activation: own })).network.spec).toBeNull();
  expect(reshapeLayer([1]).spec).toEqual({ kind: "reshape", shape: [1] });
});

test("dropout of a layer in two places draws for each place", () => {
  const drop = dropout(0.5);
  const a = input([64]);
  const built = network([a], [connect(drop, a), connect(drop, a)]);
  const { outputs } = built.apply({ params: {}, state: {} }, [ones([1, 64])], {
    training: true,
    key: key(4),
  });
  expect(outputs[0]!.y.toArray()).not.toEqual(outputs[1]!.y.toArray());
});

test("modelOf names the regularizer's field", () => {
  const spec = {
    version: 1 as const,
    data: { name: "moons" },
    model: {
      layers: [
        { kind: "input", shape: [2] },
        { kind: "dense", units: 1 },
      ],
    },
    loss: "quadratic",
    optimizer: "sgd",
    metrics: [],
    training: { epochs: 1, batchSize: 1 },
    seed: 0,
    dtype: "float32" as const,
    engine: "wasm" as const,
    regularizer: {
      kind: "l2" as const,
      lambda: Number.POSITIVE_INFINITY,
      convention: "keras" as const,
    },
  };
  expect(() => modelOf(spec)).toThrow(/spec: regularizer.*lambda/);
});
