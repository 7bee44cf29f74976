// What models are told and given: plain numbers are taken, and what means nothing is refused in a sentence.

import { describe, expect, it } from "vitest";
import "../tensor/methods.ts";
import { NeuriteError } from "../checks/errors.ts";
import { connect, input, network } from "../nn/index.ts";
import { dense, inputLayer } from "../nn/layers/index.ts";
import { tensor } from "../tensor/create.ts";
import type { Callback } from "./callbacks/index.ts";
import type { FitOptions } from "./loop/fit.ts";
import type { CompileModelOptions } from "./model/compile-options.ts";
import { Model } from "./model/model.ts";
import { functionalModel, sequential } from "./model/sequential.ts";

const rows = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
];
const targets = [[0], [1], [1], [0]];
const x = tensor(rows);
const y = tensor(targets);

const bare = () => sequential([inputLayer([2]), dense(1)]).with({ seed: 2 });
const made = () => bare().compile({ loss: "mse", optimizer: "sgd" });
const classifier = () =>
  sequential([inputLayer([2]), dense(3, { activation: "softmax" })]).compile({
    loss: "sparseCategoricalCrossentropy",
    optimizer: "sgd",
  });

/** The sentence with which something is refused; an error that is not ours is thrown on. */
async function refusal(body: () => unknown): Promise<string> {
  try {
    await body();
    return "accepted";
  } catch (error) {
    if (error instanceof NeuriteError) return error.message;
    throw error;
  }
}

describe("plain numbers", () => {
  const outcome = async (xs: unknown, ys: unknown, model: Model = made()) => {
    await model.fit(xs as never, ys as never, { epochs: 2, batchSize: 2 });
    const evaluation = await model.evaluate(xs as never, ys as never);
    const all = await model.predictAll(xs as never);
    const one = await model.predict(xs as never);
    return [evaluation.loss, ...all[0]!.data, ...one.data];
  };

  it("are taken wherever tensors are, to the same bits", async () => {
    const expected = await outcome(x, y);
    expect(await outcome(rows, targets)).toEqual(expected);
    expect(await outcome(rows, [0, 1, 1, 0])).toEqual(expected);
    expect(await outcome(rows, Float32Array.of(0, 1, 1, 0))).toEqual(expected);
    expect(await outcome(rows, Float64Array.of(0, 1, 1, 0))).toEqual(expected);
    expect(await outcome(rows, Int32Array.of(0, 1, 1, 0))).toEqual(expected);
    expect(await outcome(rows, [false, true, true, false])).toEqual(expected);
    expect(
      await outcome(
        rows.map((row) => Float32Array.from(row)),
        targets,
      ),
    ).toEqual(expected);
    expect(
      await outcome(
        rows.map((row) => Uint8Array.from(row)),
        targets,
      ),
    ).toEqual(expected);
    expect(await outcome(rows, BigInt64Array.of(0n, 1n, 1n, 0n))).toEqual(expected);
    expect(await outcome([x], [y])).toEqual(expected);
    const array = { dtype: "float32", shape: [4, 2], data: Float32Array.from(rows.flat()) };
    expect(await outcome(array, y)).toEqual(expected);
  });

  it("are labels where the loss wants labels", async () => {
    const expected = await outcome(x, tensor([0, 1, 2, 0], "int32"), classifier());
    expect(await outcome(rows, [0, 1, 2, 0], classifier())).toEqual(expected);
    expect(await outcome(rows, Uint8Array.of(0, 1, 2, 0), classifier())).toEqual(expected);
  });

  it("get the element type of the model", async () => {
    const model = bare().with({ dtype: "float64" }).compile({ loss: "mse", optimizer: "sgd" });
    await model.fit(rows, targets);
    expect((await model.predict(rows)).dtype).toBe("float64");
  });

  it("are an input each in a list for several", async () => {
    const [a, b] = [input([2]), input([2])];
    const model = functionalModel(
      network([a, b], [connect(dense(1), a), connect(dense(2), b)]),
    ).compile({ loss: "mse", optimizer: "sgd" });
    await model.fit([rows, x], [targets, rows]);
    const outputs = await model.predictAll([rows, rows]);
    expect(outputs.map(({ shape }) => shape)).toEqual([
      [4, 1],
      [4, 2],
    ]);
    expect(await refusal(() => model.fit(rows, [targets, rows]))).toBe(
      "fit: expected x to hold a list of 2 arrays, since the network has 2 inputs, received a list of 4",
    );
    expect(await refusal(() => model.fit([rows, rows], y))).toContain(
      "y to hold a list of 2 arrays",
    );
    expect(await refusal(() => model.fit([rows, rows.slice(1)], [targets, rows]))).toBe(
      "fit: expected as many examples in every input, received [4, 2] and [3, 2]",
    );
    expect(await refusal(() => model.predict([rows, rows] as never))).toContain(
      "predict: expected a network of one output, received one of 2: predictAll()",
    );
  });
});

describe("examples that are none", () => {
  const array = (part: object) => ({
    dtype: "float32",
    shape: [4, 2],
    data: new Float32Array(8),
    ...part,
  });
  it.each([
    [
      undefined,
      "expected x to be a tensor, an array { dtype, shape, data }, a typed array or nested",
    ],
    [null, "expected x to be a tensor"],
    ["data.csv", 'received "data.csv"'],
    [() => {}, "received a function"],
    [(function* () {})(), "expected x to be a tensor"],
    [new Map(), "received a Map"],
    [new DataView(new ArrayBuffer(8)), "received a DataView"],
    [[Float32Array.of(0, 1), Float32Array.of(0)], "x: rows of nested data differ in length"],
    [[[1n, 2n]], "expected numbers"],
    [3, "expected examples along the first axis of x, received a scalar"],
    [tensor(3), "expected examples along the first axis of x, received a scalar"],
    [[], "expected input of shape [batch, 2], received [0]"],
    [[[1, 2], [3]], "x: rows of nested data differ in length"],
    [[["1", "2"]], "expected numbers"],
    [[[1, null]], "expected numbers"],
    [[[1, undefined]], "expected numbers"],
    [Float32Array.of(0, 1), "expected input of shape [batch, 2], received [2]"],
    [tensor([0, 1]), "expected input of shape [batch, 2], received [2]"],
    [[x, x], "expected x to hold one array, since the network has 1 input, received a list of 2"],
    [array({ data: new Float32Array(3) }), "x.data: 3 elements do not fill shape [4, 2]"],
    [array({ data: new Float32Array(30) }), "x.data: 30 elements do not fill shape [4, 2]"],
    [array({ data: rows.flat() }), "expected x.data to be a typed array that holds float32"],
    [
      array({ data: new Float64Array(8) }),
      "expected x.data to be a typed array that holds float32",
    ],
    [array({ dtype: undefined }), 'expected x.dtype to be "float32"'],
    [array({ dtype: "float16" }), 'expected x.dtype to be "float32"'],
    [array({ shape: undefined }), "expected x.shape to be a shape"],
    [array({ shape: [-4, 2] }), "expected x.shape to be a shape"],
  ])("%# are refused by every method", async (bad, text) => {
    const model = made();
    for (const [where, run] of [
      ["fit", () => model.fit(bad as never, y)],
      ["evaluate", () => model.evaluate(bad as never, y)],
      ["predict", () => model.predict(bad as never)],
      ["predict", () => model.predictAll(bad as never)],
      ["fit: validationData", () => model.fit(x, y, { validationData: [bad as never, y] })],
    ] as const) {
      const message = await refusal(run);
      expect(message).toContain(text);
      expect(message.startsWith(`${where}: `)).toBe(true);
    }
  });

  it("are as many as their targets, and at least one", async () => {
    expect(await refusal(() => made().fit(x, tensor([[1]])))).toBe(
      "fit: expected as many targets as examples, received [4, 2] and [1, 1]",
    );
    const none = { dtype: "float32", shape: [0, 2], data: new Float32Array(0) } as const;
    expect(await refusal(() => made().predict(none))).toContain("at least one example");
    expect(await refusal(() => made().fit(x, undefined as never))).toContain("expected y to be");
  });

  it("are refused before training where only validation cannot do with them", async () => {
    const epochs: unknown[] = [];
    const seen = { name: "seen", onProgress: (logs: object) => void epochs.push(logs) };
    const wide = tensor([[1, 2]]);
    const fit = (options: FitOptions) => made().fit(x, y, { callbacks: [seen], ...options });
    expect(await refusal(() => fit({ validationData: [wide, wide] }))).toContain(
      "prediction's shape",
    );
    expect(await refusal(() => fit({ validationData: x as never }))).toBe(
      "fit: expected validationData to be a list of two, [x, y], or of three, [x, y, { sampleWeight, mask }], received a Tensor",
    );
    expect(await refusal(() => fit({ validationData: [x] as never }))).toContain("[x, y]");
    expect(await refusal(() => fit({ validationData: [[x], [y, y]] as never }))).toContain(
      "fit: validationData: expected y to hold one array",
    );
    expect(await refusal(() => fit({ validationData: [x, y], validationSplit: 0.5 }))).toContain(
      "received both",
    );
    expect(epochs).toEqual([]);
  });
});

describe("options of fit", () => {
  it.each([
    [{ epoch: 7 }, 'fit: there is no option "epoch". Did you mean "epochs"?'],
    [{ batch_size: 3 }, 'Did you mean "batchSize"?'],
    [{ batchsize: 3 }, 'Did you mean "batchSize"?'],
    [{ validation_data: [x, y] }, 'Did you mean "validationData"?'],
    [{ classWeight: 3 }, 'expected classWeight to be "balanced", or weights of 0 or more'],
    [3, "fit: expected an object of options, received 3"],
    [null, "fit: expected an object of options, received null"],
    [{ epochs: "3" }, 'expected epochs to be a whole number above 0, received "3"'],
    [{ epochs: 0 }, "expected epochs to be a whole number above 0, received 0"],
    [{ epochs: 1.5 }, "epochs"],
    [{ epochs: Number.NaN }, "epochs"],
    [{ epochs: Infinity }, "epochs"],
    [{ batchSize: 2.5 }, "batchSize"],
    [
      { validationSplit: "0.5" },
      'expected validationSplit to be a number from 0 to below 1, received "0.5"',
    ],
    [{ validationSplit: 1 }, "validationSplit"],
    [{ validationSplit: -0.1 }, "validationSplit"],
    [{ validationSplit: 0.9 }, "expected validationSplit to leave an example to train on"],
    [{ shuffle: "no" }, 'expected shuffle to be true or false, received "no"'],
    [{ eager: 1 }, "expected eager to be true or false, received 1"],
    [{ resume: {} }, "expected resume to be a list"],
    [{ resume: [1] }, "expected resume"],
    [{ schedule: true }, "expected schedule to be a rate, a name"],
    [{ schedule: [0.1] }, "expected schedule to be a rate, a name"],
    [{ schedule: "cosin" }, 'Unknown schedule "cosin". Did you mean "cosine"?'],
    [{ schedule: { name: "cosine", rat: 1 } }, 'Did you mean "rate"?'],
  ])("%# are refused", async (options, text) => {
    expect(await refusal(() => made().fit(x, y, options as FitOptions))).toContain(text);
  });

  it.each([
    [{ name: "one", onEpochEnd() {} }, "fit: expected callbacks to be a list of callbacks"],
    [[() => {}], "fit: expected callbacks[0] to be an object with methods as onTrainBegin"],
    [[undefined], "expected callbacks[0] to be an object"],
    [[{ name: "late", onEpochEnded() {} }], 'no moment "onEpochEnded". Did you mean "onEpochEnd"?'],
    [[{ name: "none" }], "expected callbacks[0] to have one of the methods onTrainBegin"],
    [
      [{ name: "text", onEpochEnd: "print" }],
      'expected onEpochEnd to be a function, received "print"',
    ],
    [
      [
        new (class {
          onBatchEnd() {}
        })(),
      ],
      'no moment "onBatchEnd"',
    ],
  ])("callbacks %# are refused", async (callbacks, text) => {
    expect(await refusal(() => made().fit(x, y, { callbacks } as never))).toContain(text);
  });

  it("callbacks may be of a class, and have other members", async () => {
    const seen: number[] = [];
    class Counting {
      readonly name = "counting";
      online = true;
      onEpochEnd(): void {
        this.#count();
      }
      #count(): void {
        seen.push(seen.length);
      }
    }
    class Derived extends Counting {}
    const callbacks: Callback[] = [new Counting(), new Derived()];
    await made().fit(x, y, { callbacks });
    expect(seen).toEqual([0, 1]);
  });

  it("stopped before its first step, an epoch is none", async () => {
    const stop: Callback = {
      name: "stop",
      onEpochBegin(epoch, control) {
        if (epoch === 1) control.stop("enough");
      },
    };
    const history = await made().fit(x, y, { epochs: 3, callbacks: [stop] });
    expect(history.epochs.length).toBe(1);
    expect(history.stopped).toBe("enough");
  });
});

describe("options of models", () => {
  it.each([
    [undefined, "compile: expected an object of options, received nothing"],
    [{}, "compile: expected loss"],
    [{ loss: "mse" }, "compile: expected optimizer"],
    [{ optimizer: "sgd" }, "compile: expected loss"],
    [{ metric: ["mse"] }, 'compile: there is no option "metric". Did you mean "metrics"?'],
    [
      { metrics: "mse" },
      'expected metrics to be a list of names, specifications or metrics, received "mse"',
    ],
    [
      { learningRate: 1 },
      'compile: there is no option "learningRate". The rate belongs to the optimizer, as in optimizer: { name: "sgd", learningRate: 0.1 }.',
    ],
    [{ lr: 1 }, "The rate belongs to the optimizer"],
  ])("compile refuses %#", async (options, text) => {
    const known =
      options &&
      ("metric" in options || "metrics" in options || "lr" in options || "learningRate" in options);
    const whole = known ? { loss: "mse", optimizer: "sgd", ...options } : options;
    expect(await refusal(() => bare().compile(whole as CompileModelOptions))).toContain(text);
  });

  it("metrics are names, specifications or metrics", async () => {
    const metrics = ["mae", { name: "binaryAccuracy", threshold: 0.4 }] as const;
    const model = bare().compile({ loss: "mse", optimizer: "sgd", metrics });
    expect(Object.keys(await model.evaluate(x, y))).toEqual([
      "loss",
      "meanAbsoluteError",
      "binaryAccuracy",
    ]);
  });

  it.each([
    [{ sed: 1 }, 'with: there is no option "sed". Did you mean "seed"?'],
    [{ seed: -1 }, "with: expected seed to be a whole number from 0 to 4294967295, received -1"],
    [{ seed: 1.5 }, "seed"],
    [{ dtype: "float16" }, 'expected dtype to be "float32" or "float64"'],
    [{ engine: "wasm" }, 'with: expected engine to be an engine, as engineNamed("wasm") gives'],
    [1, "with: expected an object of options"],
  ])("with refuses %#", async (options, text) => {
    expect(await refusal(() => bare().with(options as object))).toContain(text);
    const build = () => bare().network;
    if (typeof options === "object") {
      expect(await refusal(() => new Model(build, options as object))).toMatch(/^Model: /);
      const net = build();
      expect(await refusal(() => functionalModel(net, options as object))).toMatch(
        /^functionalModel: /,
      );
    }
  });

  it("evaluate and predict take a batch size and which weights, and no more", async () => {
    for (const method of ["evaluate", "predict", "predictAll"] as const) {
      const call = (options: object) =>
        method === "evaluate"
          ? made().evaluate(x, y, options)
          : made()[method](x as never, options);
      expect(await refusal(() => call({ batchsize: 2 }))).toBe(
        `${method}: there is no option "batchsize". Did you mean "batchSize"? Expected one of: batchSize, weights${
          method === "evaluate" ? ", sampleWeight, mask, exchange" : ""
        }.`,
      );
      expect(await refusal(() => call({ batchSize: 0 }))).toContain("a whole number above 0");
      expect(await refusal(() => call(2 as never))).toContain("an object of options");
    }
    expect(await refusal(() => functionalModel({} as never))).toContain("expected network to be");
    expect(await refusal(() => new Model(3 as never))).toContain("expected build to be a function");
  });

  it("compile waits for the end of a fit", async () => {
    const model = made();
    let text = "";
    const callback: Callback = {
      name: "again",
      async onEpochEnd() {
        text = await refusal(() => model.compile({ loss: "mse", optimizer: "adam" }));
        expect(await refusal(() => model.fit(x, y))).toContain("being trained already");
      },
    };
    await model.fit(x, y, { callbacks: [callback] });
    expect(text).toBe("compile: this model is being trained; wait for that to end");
    model.compile({ loss: "mse", optimizer: "adam" });
  });
});
