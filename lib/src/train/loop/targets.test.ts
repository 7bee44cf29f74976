// Targets and losses that cannot train are refused before anything moves, however training is run.

import { afterEach, describe, expect, it, vi } from "vitest";
import "../../tensor/methods.ts";
import type { ActivationName } from "../../nn/activations/index.ts";
import { activation, dense, inputLayer } from "../../nn/layers/index.ts";
import { type LossName, type LossSpec, lossOf } from "../../nn/losses/index.ts";
import { network } from "../../nn/network/functional.ts";
import { connect, input } from "../../nn/network/place.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { tensor } from "../../tensor/create.ts";
import type { Model } from "../model/model.ts";
import { functionalModel, sequential } from "../model/sequential.ts";

const x = tensor([
  [0, 1],
  [1, 0],
]);

function makeModel(loss: LossSpec, units = 3, f?: ActivationName): Model {
  const layers = [inputLayer([2]), dense(units), ...(f ? [activation(f)] : [])];
  return sequential(layers).compile({ loss, optimizer: { name: "sgd", learningRate: 1 } });
}

const weightsOf = (model: Model) => [...model.state.snapshot().values()];

afterEach(() => {
  vi.restoreAllMocks();
});

describe("targets", () => {
  it.each<[LossName, ActivationName, number, Tensor, string]>([
    ["sparseCategoricalCrossentropy", "softmax", 3, tensor([1, 3], "int32"), "labels from 0 to 2"],
    ["logLikelihood", "softmax", 3, tensor([0, 3], "int32"), "labels from 0 to 2"],
    ["logLikelihood", "softmax", 3, tensor([0, 0.5]), "received 0.5 for example 1"],
    ["binaryCrossentropy", "sigmoid", 1, tensor([0, 5]), "targets from 0 to 1"],
    ["crossEntropy", "sigmoid", 1, tensor([0, Number.NaN]), "received NaN for example 1"],
    [
      "categoricalCrossentropy",
      "softmax",
      2,
      tensor([
        [0, 1],
        [1, 1],
      ]),
      "add up to 1",
    ],
    [
      "klDivergence",
      "softmax",
      2,
      tensor([
        [0, 1],
        [0, 0],
      ]),
      "add up to 1",
    ],
    ["hinge", "linear", 1, tensor([0, 3]), "targets of -1 and 1"],
    [
      "categoricalHinge",
      "linear",
      2,
      tensor([
        [0, 1],
        [1, 1],
      ]),
      "single 1",
    ],
  ])("of %s are looked at on every way", async (loss, f, units, y, message) => {
    const model = makeModel(loss, units, f);
    const before = weightsOf(model);
    const fine =
      units === 1 ? tensor([1, 1]) : tensor([[0, 1, 0].slice(0, units), [1, 0, 0].slice(0, units)]);
    const takesLabels = lossOf(loss).targets === "labels";
    const ok = takesLabels ? tensor([0, 1], "int32") : (fine as Tensor);
    await expect(model.fit(x, ok, { validationData: [x, y] })).rejects.toThrow(
      `fit: validationData: ${loss}: expected`,
    );
    const fits = [
      model.fit(x, y),
      model.fit(x, y, { eager: true }),
      model.fit(x, y, { validationSplit: 0.5 }),
      model.evaluate(x, y),
    ];
    const results = await Promise.allSettled(fits);
    const errors = results.map((result) => String((result as PromiseRejectedResult).reason));
    expect(errors[0]).toContain(`fit: ${loss}: expected`);
    expect(errors[0]).toContain(message);
    expect(errors[3]).toContain(`evaluate: ${loss}: expected`);
    await expect(model.fit(x, y, { eager: true })).rejects.toThrow(message);
    await expect(model.fit(x, y, { validationSplit: 0.5 })).rejects.toThrow(message);
    expect(weightsOf(model)).toEqual(before);
  });

  it("are named where there are several outputs", async () => {
    const place = input([2]);
    const ends = [connect(dense(1), place), connect(dense(3, { activation: "softmax" }), place)];
    const model = functionalModel(network([place], ends)).compile({
      loss: ["mse", "logLikelihood"],
      optimizer: "sgd",
    });
    const bad = [tensor([1, 2]), tensor([0, 3], "int32")];
    await expect(model.fit(x, bad)).rejects.toThrow(
      "fit: target 1: logLikelihood: expected labels",
    );
  });
});

describe("losses that could learn nothing", () => {
  it("a softmax over one unit is refused when it is compiled", () => {
    for (const loss of ["categoricalCrossentropy", "binaryCrossentropy", "mse"] as const) {
      expect(() => makeModel(loss, 1, "softmax")).toThrow(
        /softmax over one unit .* nothing can be learnt/,
      );
    }
    expect(() => makeModel("mse", 1, "logSoftmax")).toThrow("logSoftmax over one unit");
    expect(() => makeModel("sparseCategoricalCrossentropy", 1)).toThrow(
      "expected 2 outputs or more",
    );
    makeModel("binaryCrossentropy", 1, "sigmoid");
  });

  it("net inputs that went through their activation already are refused", () => {
    const fromLogits = true;
    for (const [name, f] of [
      ["crossEntropy", "sigmoid"],
      ["logLikelihood", "softmax"],
    ] as const) {
      expect(() => makeModel({ name, fromLogits } as LossSpec, 3, f)).toThrow(
        `went through ${f} already. Leave out one of the two.`,
      );
    }
  });

  it("probabilities that are none get a remark", () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const model = makeModel("binaryCrossentropy", 1, "tanh");
    expect(warn.mock.calls).toEqual([
      [
        expect.stringMatching(
          /^neurite: compile: binaryCrossentropy takes .*\(tanh\).* sigmoid, or/,
        ),
      ],
    ]);
    model.compile({ loss: "binaryCrossentropy", optimizer: "sgd" });
    expect(warn).toHaveBeenCalledOnce();
    makeModel("categoricalCrossentropy", 3);
    expect(warn).toHaveBeenLastCalledWith(expect.stringContaining("(linear)"));
    warn.mockClear();
    makeModel("binaryCrossentropy", 1, "sigmoid");
    makeModel({ name: "binaryCrossentropy", fromLogits: true }, 1);
    makeModel("mse", 1, "tanh");
    expect(warn).not.toHaveBeenCalled();
  });

  const y = tensor([[0], [1]]);
  const wrong = (t: Tensor, a: Tensor) => a.greater(0.5).notEqual(t.greater(0.5)).cast("float32");
  const constant = () => tensor(1);

  it.each<[string, LossSpec, ActivationName | undefined]>([
    ["a count", wrong as LossSpec, undefined],
    ["a constant", constant, undefined],
    ["rounding", (t, a) => a.round().sub(t).square() as Tensor, undefined],
    ["an output behind a step", "mse", "step"],
    ["no gradient on purpose", (t, a) => a.stopGradient().sub(t).square() as Tensor, undefined],
  ])("a loss without a derivative is refused: %s", async (_, loss, f) => {
    const model = makeModel(loss, 1, f);
    const before = weightsOf(model);
    for (const eager of [false, true]) {
      const run = model.fit(x, y, { eager, epochs: 2 });
      await expect(run).rejects.toThrow(/^fit: the loss ".*" does not depend on any parameter/);
      await expect(model.fit(x, y, { eager })).rejects.toThrow("so that nothing would be learnt");
    }
    expect(weightsOf(model)).toEqual(before);
    expect(await model.evaluate(x, y)).toHaveProperty("loss");
  });

  it("parameters that no gradient reaches are named, once", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const model = sequential([inputLayer([2]), dense(3, { activation: "step" }), dense(1)]).compile(
      { loss: "mse", optimizer: "sgd" },
    );
    await model.fit(x, y, { eager: true, epochs: 2 });
    await model.fit(x, y);
    expect(warn.mock.calls).toEqual([
      [expect.stringContaining('no gradient reaches "dense1/w", "dense1/b", which will not learn')],
    ]);
  });

  it("one that is at its minimum, or saturated, trains on", async () => {
    const model = makeModel("hinge", 1);
    model.layer("dense1")["w"]!.assign(tensor([[-9], [9]]));
    await model.fit(x, tensor([[1], [-1]]));
    expect(model.instance.step.item()).toBe(1);
  });
});

it("a function is a loss like those by name", async () => {
  const weights = async (loss: LossSpec, eager: boolean) => {
    const model = makeModel(loss, 1);
    await model.fit(x, tensor([1, 3]), { epochs: 3, eager });
    return weightsOf(model);
  };
  const own = (t: Tensor, a: Tensor) => a.sub(t).square().mean() as Tensor;
  const expected = await weights("mse", false);
  for (const eager of [false, true]) {
    (await weights(own, eager)).forEach((array, i) => {
      [...array].forEach((value, k) => {
        expect(value).toBeCloseTo(expected[i]![k]!, 5);
      });
    });
  }
});
