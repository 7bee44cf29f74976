// What layers, optimizers, activations and initializers say to arguments that are none.

import { describe, expect, it, test } from "vitest";
import "../tensor/methods.ts";
import { ArgumentError } from "../checks/errors.ts";
import { tensor, zeros } from "../tensor/create.ts";
import { key } from "../tensor/random.ts";
import { sequential } from "../train/model/sequential.ts";
import * as nn from "./index.ts";

/** Calls as plain JavaScript writes them. */
type Call = (...args: unknown[]) => unknown;
const calls = nn as unknown as Record<string, Call>;
const { dense, conv1d, conv2d, conv2dTranspose, lstm, gru, simpleRnn, rescaling } = calls;
const { dropout, prelu, maxout, flatten, reshapeLayer, inputLayer, globalPool } = calls;
const { maxPool2d, avgPool2d, activation, addLayer, concatenateLayer } = calls;
const { sgd, adam, adamW, rmsProp, adagrad, optimizerOf, activationOf, initializerOf } = calls;
const { elu, leakyRelu, hardSigmoid, fansOf, clipByNorm, clipByValue, globalNorm } = calls;
const { timeDistributed, bidirectional, block, residual, lambda, networkLayer } = calls;
const { layerFromSpec, mergeFromSpec, layerCall } = calls;

const gradients = { w: tensor([1, 2]) };

test.each<[string, () => unknown, string]>([
  ["dense({ activaton })", () => dense!(3, { activaton: "relu" }), 'Did you mean "activation"?'],
  ["dense({ useBias })", () => dense!(3, { useBias: false }), 'there is no option "useBias"'],
  ["dense({ bias: 0 })", () => dense!(3, { bias: 0 }), "bias to be true or false, received 0"],
  ["dense({ inputShape: 2 })", () => dense!(3, { inputShape: 2 }), "to be a shape"],
  ["dense({ kernelRegularizer })", () => dense!(2, { kernelRegularizer: "l2" }), "no option"],
  ["dense({ name: '' })", () => dense!(2, { name: "" }), "expected name to be a text"],
  ["dense('3')", () => dense!("3"), 'units to be a whole number above 0, received "3"'],
  ["dense()", () => dense!(), "units to be a whole number above 0, received nothing"],
  ["dense(3, 'relu')", () => dense!(3, "relu"), 'an object of options, received "relu"'],
  ["dense({ units })", () => dense!({ units: 3 }), 'received {"units":3}'],
  ["dense activation 3", () => dense!(3, { activation: 3 }), "a name, or an object with a name"],
  ["dense activation relux", () => dense!(3, { activation: "relux" }), 'Did you mean "relu"?'],
  ["dense weights", () => dense!(3, { weights: { std: 1 } }), "the name of an initializer"],
  ["conv2d({ stride })", () => conv2d!(3, 2, { stride: 2 }), 'Did you mean "strides"?'],
  ["conv2d({ strides: '2' })", () => conv2d!(3, 2, { strides: "2" }), "one or two whole numbers"],
  ["conv2d(3)", () => conv2d!(3), "conv2d: expected kernelSize to be one or two"],
  ["conv2d({ groups: 0 })", () => conv2d!(3, 2, { groups: 0 }), "groups to be a whole number"],
  ["conv1d of two lengths", () => conv1d!(3, [2, 2]), "kernelSize to be a whole number above 0"],
  ["conv2dTranspose({ groups })", () => conv2dTranspose!(3, 2, { groups: 1 }), 'option "groups"'],
  ["maxPool2d('2')", () => maxPool2d!("2"), "poolSize to be one or two whole numbers above 0"],
  ["maxPool2d({ stride })", () => maxPool2d!(2, { stride: 1 }), 'Did you mean "strides"?'],
  ["avgPool2d(null)", () => avgPool2d!(null), "avgPool2d: expected poolSize"],
  ["globalPool()", () => globalPool!(), 'expected pool to be "average" or "max", received nothing'],
  ["lstm({ returnSequence })", () => lstm!(3, { returnSequence: true }), '"returnSequences"?'],
  ["gru({ resetAfter: 1 })", () => gru!(3, { resetAfter: 1 }), "resetAfter to be true or false"],
  [
    "simpleRnn({ recurrentActivation })",
    () => simpleRnn!(3, { recurrentActivation: "tanh" }),
    "no",
  ],
  ["dense({ trainable: 0 })", () => dense!(3, { trainable: 0 }), "trainable to be true or false"],
  ["flatten({ trainable: 'no' })", () => flatten!({ trainable: "no" }), "trainable to be true or"],
  ["lstm({ stateful: 1 })", () => lstm!(3, { stateful: 1 }), "stateful to be true or false"],
  ["gru({ statefull })", () => gru!(3, { statefull: true }), 'Did you mean "stateful"?'],
  [
    "gru({ batchSize: 0 })",
    () => gru!(3, { batchSize: 0 }),
    "batchSize to be a whole number above",
  ],
  ["lstm({ zeroOutputForMask })", () => lstm!(3, { zeroOutputForMask: 1 }), "to be true or false"],
  ["embedding({ mask_zero })", () => calls["embedding"]!(3, 2, { mask_zero: true }), '"maskZero"?'],
  [
    "timeDistributed()",
    () => timeDistributed!(),
    "expected layer to be a layer, as dense(3) makes",
  ],
  ["timeDistributed(dense)", () => timeDistributed!(nn.dense), "received the function dense"],
  ["timeDistributed(merge)", () => timeDistributed!(nn.addLayer()), "expected layer to be a layer"],
  [
    "bidirectional({ mode })",
    () => bidirectional!(nn.lstm(3), { mode: "sum" }),
    'no option "mode"',
  ],
  [
    "bidirectional({ mergeMode })",
    () => bidirectional!(nn.lstm(3), { mergeMode: "sum" }),
    'no option "mergeMode"',
  ],
  ["block(dense, dense)", () => block!(nn.dense(3), nn.dense(3)), "expected layers to be a list"],
  ["residual({ projection })", () => residual!([nn.dense(3)], { projection: 1 }), "no option"],
  [
    "residual({ shortcut: [] })",
    () => residual!([nn.dense(3)], { shortcut: [nn.dense(3)] }),
    "expected shortcut to be a layer",
  ],
  ["lambda()", () => lambda!(), "lambda: expected fn to be a function of tensors"],
  [
    "lambda({ outputShape })",
    () => lambda!((x: unknown) => x, { outputShape: 3 }),
    "to be a shape",
  ],
  ["networkLayer([dense])", () => networkLayer!([nn.dense(3)]), "expected network to be a network"],
  ["rescaling('1')", () => rescaling!("1"), "scale to be a finite number other than 0"],
  ["rescaling(0)", () => rescaling!(0), "a finite number other than 0, received 0"],
  ["rescaling({ offset })", () => rescaling!(1, { offset: Number.NaN }), "received NaN"],
  ["rescaling({ dtype })", () => rescaling!(1, { dtype: "int32" }), '"float32" or "float64"'],
  ["dropout('0.5')", () => dropout!("0.5"), "p to be a number from 0 to below 1"],
  ["dropout({ rate })", () => dropout!({ rate: 0.5 }), "dropout: expected p to be a number"],
  ["prelu(0.3)", () => prelu!(0.3), "prelu: expected an object of options, received 0.3"],
  ["maxout({ activation })", () => maxout!(3, { activation: "relu" }), 'option "activation"'],
  ["maxout({ pieces: 0 })", () => maxout!(3, { pieces: 0 }), "pieces to be a whole number above 0"],
  ["flatten(3)", () => flatten!(3), "flatten: expected an object of options, received 3"],
  ["reshapeLayer(3)", () => reshapeLayer!(3), "reshape: expected shape to be a shape"],
  ["inputLayer(3)", () => inputLayer!(3), "input: expected shape to be a shape"],
  ["activation()", () => activation!(), "activation: expected activation to be a name"],
  ["addLayer(a, b)", () => addLayer!(1), "add: expected an object of options, received 1"],
  ["concatenateLayer({ axis })", () => concatenateLayer!({ axis: 1 }), 'no option "axis"'],
  ["layerFromSpec()", () => layerFromSpec!(), "the specification of a layer, received nothing"],
  ["layerFromSpec({})", () => layerFromSpec!({}), "the kind of a layer, received nothing"],
  ["layerFromSpec(dense)", () => layerFromSpec!({ kind: "dense" }), "expected units, a whole"],
  ["mergeFromSpec", () => mergeFromSpec!({ kind: "add", axis: 1 }), 'no option "axis"'],
  ["layerCall", () => layerCall!("densee"), 'Unknown layer "densee". Did you mean "dense"?'],
  ["sgd({ lr })", () => sgd!({ lr: 1 }), 'Did you mean "learningRate"?'],
  ["sgd(0.1)", () => sgd!(0.1), "sgd: expected an object of options, received 0.1"],
  [
    "sgd({ momentum: 1 })",
    () => sgd!({ momentum: 1 }),
    "momentum to be a number from 0 to below 1",
  ],
  ["sgd({ nesterov })", () => sgd!({ nesterov: true }), "a momentum above 0 for nesterov"],
  ["sgd({ weightDecay: -1 })", () => sgd!({ weightDecay: -1 }), "weightDecay to be a number of 0"],
  ["adam({ lr })", () => adam!({ lr: 5 }), 'Did you mean "learningRate"?'],
  ["adam({ beta1: 2 })", () => adam!({ beta1: 2 }), "beta1 to be a number from 0 to below 1"],
  ["adam({ epsilon: NaN })", () => adam!({ epsilon: Number.NaN }), "epsilon to be a number of 0"],
  ["adamW({ learningRate: '1' })", () => adamW!({ learningRate: "1" }), 'received "1"'],
  ["rmsProp({ rho: 1 })", () => rmsProp!({ rho: 1 }), "rho to be a number from 0 to below 1"],
  ["adagrad({ momentum })", () => adagrad!({ momentum: 0.9 }), 'no option "momentum"'],
  ["adadelta({ beta1 })", () => calls["adadelta"]!({ beta1: 0.9 }), 'no option "beta1"'],
  ["nadam({ momentumdecay })", () => calls["nadam"]!({ momentumdecay: 1 }), '"momentumDecay"?'],
  ["radam({ beta2: 1 })", () => calls["radam"]!({ beta2: 1 }), "beta2 to be a number from 0"],
  ["lion({ decayOn: 3 })", () => calls["lion"]!({ decayOn: 3 }), "decayOn to be"],
  ["lbfgs({ memory })", () => calls["lbfgs"]!({ memory: 5 }), 'no option "memory"'],
  ["optimizerOf('lbfg')", () => optimizerOf!("lbfg"), 'Did you mean "lbfgs"?'],
  [
    "clipOf({ norm, value })",
    () => calls["clipOf"]!({ norm: 1, value: 1 }),
    "expected one of value",
  ],
  ["optimizerOf()", () => optimizerOf!(), "the name of an optimizer, received nothing"],
  [
    "optimizerOf beta1",
    () => optimizerOf!({ name: "adam", beta1: 2 }),
    "beta1 to be a number from",
  ],
  ["optimizerOf half", () => optimizerOf!({ update: () => 1 }), "expected its name to be a text"],
  [
    "optimizerOf without a rate",
    () => optimizerOf!({ name: "mine", update: () => 1, init: () => 1 }),
    "expected its learningRate to be a number of 0 or more, received nothing",
  ],
  ["activationOf()", () => activationOf!(), "the name of an activation, received nothing"],
  ["activationOf(null)", () => activationOf!(null), "received null"],
  [
    "activationOf slope",
    () => activationOf!({ name: "hardSigmoid", slope: 0 }),
    "a number above 0",
  ],
  ["initializerOf(3)", () => initializerOf!(3), "the name of an initializer, received 3"],
  [
    "initializerOf std",
    () => initializerOf!({ name: "normal", std: -1 }),
    "std to be a number of 0",
  ],
  [
    "initializerOf truncated std",
    () => initializerOf!({ name: "truncatedNormal", std: -1 }),
    "std to be a number of 0 or more, received -1",
  ],
  ["elu(x, '1')", () => elu!(tensor([1]), "1"), 'alpha to be a finite number, received "1"'],
  ["leakyRelu(x, NaN)", () => leakyRelu!(tensor([1]), Number.NaN), "leakyRelu: expected alpha"],
  ["hardSigmoid(x, 0)", () => hardSigmoid!(tensor([1]), 0), "slope to be a number above 0"],
  ["fansOf(3)", () => fansOf!(3), "fansOf: expected its argument to be a shape"],
  [
    "clipByNorm(w, '1')",
    () => clipByNorm!(gradients, "1"),
    "limit to be a number of 0 or more, rec",
  ],
  ["clipByNorm(3, 1)", () => clipByNorm!(3, 1), "gradients to be an object, received 3"],
  ["clipByValue(w, NaN)", () => clipByValue!(gradients, Number.NaN), "received NaN"],
  ["globalNorm()", () => globalNorm!(), "globalNorm: expected gradients to be an object"],
])("%s is refused", (_call, call, message) => {
  expect(call).toThrow(ArgumentError);
  expect(call).toThrow(message);
});

describe("softmax over one unit", () => {
  const message = "over one unit gives the same whatever goes in";
  it.each<[string, () => unknown]>([
    ["dense", () => dense!(1, { activation: "softmax" })],
    ["dense, logSoftmax", () => dense!(1, { activation: { name: "log_softmax" } })],
    ["conv2d", () => conv2d!(1, 3, { activation: "softmax" })],
    ["activation", () => sequential([2], nn.dense(1), nn.activation("softmax")).summary()],
    ["activation of a shape", () => nn.activation("softmax").outputShape([4, 1])],
  ])("is refused: %s", (_what, make) => {
    expect(make).toThrow(message);
  });

  it("is none over two", () => {
    dense!(2, { activation: "softmax" });
    expect(nn.activation("softmax").outputShape([1, 2])).toEqual([1, 2]);
    dense!(1, { activation: "sigmoid" });
  });
});

test("an option that is undefined is not given", () => {
  expect(nn.adam({ beta1: undefined } as object).config).toEqual(nn.adam().config);
  expect(nn.dense(2, { activation: undefined, bias: undefined } as object).spec).toEqual({
    kind: "dense",
    units: 2,
  });
});

test("an initializer of one's own fills the shape that it is told", () => {
  const mine = (shape: number[], dtype: "float32" | "float64" = "float32") => ({
    name: "mine",
    config: {},
    init: () => zeros(shape, dtype),
  });
  const init = (weights: nn.Initializer) =>
    sequential([2], nn.dense(3, { weights })).network.init(key(0), "float32");
  init(mine([2, 3]));
  const message = 'layer "dense1": params: expected "w" to be float32[2, 3], received ';
  expect(() => init(mine([3, 2]))).toThrow(`${message}float32[3, 2]`);
  expect(() => init(mine([2, 3], "float64"))).toThrow(`${message}float64[2, 3]`);
});

describe("a specification", () => {
  it.each(["input", "dense", "maxPool2d", "gru", "add", "residual"])(
    "says how code makes it: %s",
    (kind) => {
      const { maker, leading } = nn.layerCall(kind);
      expect(typeof calls[maker]).toBe("function");
      expect(nn.layerCall(kind).holds).toEqual(kind === "residual" ? ["layers", "shortcut"] : []);
      expect(leading).toEqual(
        {
          input: ["shape"],
          dense: ["units"],
          maxPool2d: ["poolSize"],
          gru: ["units"],
          add: [],
          residual: ["layers"],
        }[kind],
      );
    },
  );
});
