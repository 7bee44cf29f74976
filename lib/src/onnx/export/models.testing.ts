// Models whose files are checked and run elsewhere.

import {
  avgPool2d,
  batchNormalization,
  bidirectional,
  concatenateLayer,
  connect,
  conv1d,
  conv2d,
  conv2dTranspose,
  dense,
  depthwiseConv2d,
  dropout,
  embedding,
  flatten,
  globalPool,
  gru,
  input,
  type Layer,
  layerNormalization,
  lstm,
  maxPool2d,
  multiHeadAttention,
  network,
  simpleRnn,
  transformerBlock,
  upsampling2d,
} from "../../nn/index.ts";
import { compile } from "../../runtime/compiled/compile.ts";
import { grad } from "../../runtime/derivatives/autodiff.ts";
import { cond } from "../../runtime/loops/cond.ts";
import { scan } from "../../runtime/loops/scan.ts";
import { whileLoop } from "../../runtime/loops/while.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { flattenTree } from "../../runtime/values/tree.ts";
import { ones, zeros } from "../../tensor/create.ts";
import { foldIn, key, normal, randint, uniform } from "../../tensor/random.ts";
import { functionalModel, sequential } from "../../train/index.ts";
import { decodeOnnx } from "../schema/file.ts";
import type { NamedArray, OnnxCase } from "./case.testing.ts";
import { exportOnnx } from "./export-onnx.ts";

const images = [12, 10, 3];
const sequences = [6, 4];

const MODELS: Readonly<Record<string, readonly [readonly number[], ...Layer[]]>> = {
  dense: [[5], dense(7, { activation: "tanh" }), dense(3, { activation: "softmax" })],
  "dense on sequences": [sequences, dense(7, { activation: "gelu" }), dense(1)],
  "a conv net": [
    images,
    conv2d(4, 3, { activation: "relu", padding: "same" }),
    maxPool2d(2),
    batchNormalization(),
    conv2d(5, 2, { strides: 2 }),
    flatten(),
    dropout(0.5),
    dense(10, { activation: "logSoftmax" }),
  ],
  "other windows": [
    images,
    depthwiseConv2d(3),
    avgPool2d(2),
    conv2dTranspose(3, 3, { strides: 2 }),
    upsampling2d(2),
    globalPool("average"),
  ],
  conv1d: [sequences, conv1d(3, 2, { activation: "elu" }), flatten(), dense(2)],
  lstm: [sequences, lstm(5, { returnSequences: true }), lstm(3, { goBackwards: true }), dense(1)],
  gru: [
    sequences,
    gru(5, { returnSequences: true, goBackwards: true }),
    gru(3, { resetAfter: false }),
  ],
  "simple rnn": [sequences, simpleRnn(4, { activation: "relu", bias: false })],
  "an lstm of its own activation": [sequences, lstm(4, { activation: "elu" })],
  bidirectional: [sequences, bidirectional(lstm(3, { returnSequences: true }))],
  attention: [sequences, multiHeadAttention(2, { headSize: 3 }), layerNormalization()],
  transformer: [
    sequences,
    transformerBlock(2, { hidden: 8 }),
    layerNormalization({ scale: false }),
  ],
  embedding: [[7], embedding(20, 6), lstm(4), dense(2, { activation: "sigmoid" })],
};

/** Trained for a step, so that running statistics and biases are no zeros. */
export async function* modelCases(isChosen: (name: string) => boolean): AsyncGenerator<OnnxCase> {
  for (const [title, [shape, ...layers]] of Object.entries(MODELS)) {
    const name = `model ${title}`;
    if (!isChosen(name)) continue;
    const model = sequential([...shape], ...(layers as [Layer]));
    const batch = [9, ...shape];
    const x: Tensor =
      title === "embedding" ? randint(key(1), batch, 0, 20).cast("float32") : normal(key(1), batch);
    const target = await model.predict(x as never);
    model.compile({ loss: "mse", optimizer: { name: "sgd", learningRate: 0.01 } });
    await model.fit(x, (target as Tensor).add(1), { epochs: 1, batchSize: 3 });
    const y = (await model.predict(x as never)) as Tensor;
    const inputs = [named("input", x)];
    const outputs = [named(model.network.outputNames[0]!, y)];
    yield { name, bytes: exportOnnx(model), inputs, outputs, bound: 1e-5 };
  }
  if (isChosen("model of two inputs")) yield await twoInputs();
  yield* functionCases(isChosen);
  yield* stepCases(isChosen);
}

async function twoInputs(): Promise<OnnxCase> {
  const [left, right] = [input([4], { name: "left" }), input([6])];
  const both = connect(concatenateLayer(), connect(dense(5), left), connect(dense(3), right));
  const first = connect(dense(2, { activation: "softmax", name: "which" }), both);
  const model = functionalModel(
    network([left, right], [first, connect(dense(1, { name: "much" }), both)]),
  );
  const x = [normal(key(1), [3, 4]), normal(key(2), [3, 6])];
  const [which, much] = await model.predictAll(x);
  const inputs = [named("input1", x[0]!), named("input2", x[1]!)];
  const outputs = [named("which", which!), named("much", much!)];
  return { name: "model of two inputs", bytes: exportOnnx(model), inputs, outputs, bound: 1e-5 };
}

const square = (x: Tensor) => x.mul(x);

/** Functions of control flow, of random numbers and of variables. */
const FUNCTIONS: Readonly<Record<string, readonly [(...x: Tensor[]) => unknown, ...Tensor[]]>> = {
  "scan both ways": [
    (start, xs) => {
      const step = (h: Tensor, x: Tensor): [Tensor, Tensor] => [h.mul(0.5).add(x), h.sub(x).tanh()];
      return [scan(step, start, xs), scan(step, start, xs, { reverse: true })];
    },
    normal(key(2), [3]),
    normal(key(3), [5, 3]),
  ],
  "scan without sequences": [
    (start) =>
      scan((h: Tensor) => [h.mul(1.5).add(start), null] as [Tensor, null], start, null, {
        length: 4,
      })[0],
    normal(key(2), [3]),
  ],
  "scan of no steps": [
    (start, xs) => scan((h: Tensor, x: Tensor): [Tensor, Tensor] => [h.add(x), x], start, xs),
    normal(key(2), [3]),
    normal(key(3), [0, 3]),
  ],
  cond: [
    (x) =>
      cond(
        x.sum().less(0),
        (v: Tensor) => [v.neg(), v],
        (v: Tensor) => [square(v), v],
        x,
      ),
    normal(key(4), [4]),
  ],
  "while loop": [
    (x) =>
      whileLoop(
        (v: Tensor) => v.sum().less(100),
        (v: Tensor) => v.mul(2).add(x),
        x,
      ),
    normal(key(5), [4]).abs(),
  ],
  "random numbers": [
    (x) => [x.add(normal(key(7), [3, 5])), uniform(foldIn(key(1), x.cast("int32").sum()), [7])],
    normal(key(6), [5]),
  ],
  "a gradient": [
    grad((x: Tensor) => x.reshape([2, 3]).softmax().square().sum()) as never,
    normal(key(8), [6]),
  ],
  "the same value twice": [(x) => [x, x, x.exp(), x.exp()], normal(key(8), [2])],
  "constants alone": [(x) => [zeros([2, 3]), x.mul(0).add(ones([4, 2]))], normal(key(8), [2])],
};

function* functionCases(isChosen: (name: string) => boolean): Generator<OnnxCase> {
  for (const [title, [f, ...args]] of Object.entries(FUNCTIONS)) {
    const name = `function ${title}`;
    if (!isChosen(name)) continue;
    const results = flattenTree(compile(f)(...args)).leaves;
    const called = (what: string, list: readonly Tensor[]) =>
      list.map((x, i) => named(list.length === 1 ? what : `${what}${i + 1}`, x));
    const bytes = exportOnnx(f, { args });
    yield {
      name,
      bytes,
      inputs: called("input", args),
      outputs: called("output", results),
      bound: 3e-6,
    };
  }
}

/** A whole step of training: loss, outputs and every variable after it. */
async function* stepCases(isChosen: (name: string) => boolean): AsyncGenerator<OnnxCase> {
  const optimizers = [
    { name: "sgd", learningRate: 0.01 },
    { name: "adam", learningRate: 0.01 },
  ] as const;
  for (const optimizer of optimizers) {
    const name = `step ${optimizer.name}`;
    if (!isChosen(name)) continue;
    const model = sequential(
      [8, 8, 2],
      conv2d(3, 3, { activation: "relu" }),
      maxPool2d(2),
      batchNormalization(),
      flatten(),
      dropout(0.4),
      dense(4, { activation: "softmax" }),
    );
    model.compile({
      loss: "categoricalCrossentropy",
      optimizer,
    });
    const x = normal(key(1), [6, 8, 8, 2]);
    const y = normal(key(2), [6, 4]).softmax();
    const bytes = exportOnnx(model, { step: { x, y } });
    const before = new Set(decodeOnnx(bytes).graph!.input.map((input) => input.name));
    await model.trainOnBatch(x, y);
    const outputs = [...model.state.variables.values()].flatMap((variable) =>
      before.has(variable.name!) ? [named(`${variable.name}/next`, variable)] : [],
    );
    const inputs = [named("input", x), named("target", y)];
    yield { name, bytes, inputs, outputs, bound: 1e-5 };
  }
}

function named(name: string, { dtype, type: { shape }, data }: Tensor): NamedArray {
  return { name, dtype, shape, data };
}
