import { grad, mean, random, type Tensor, tensor } from "neurite";
import { pickExamples } from "neurite/data";
import { EXPRESSION_PRESETS } from "neurite/inspect/expression";
import { describe, expect, it } from "vitest";
import { type Settings, XOR } from "../../../state/index.ts";
import { ProblemError } from "../../problem-error.ts";
import { type LiveRun, startRun } from "../../run/live-run.ts";
import { runJob } from "../index.ts";

const presetOf = (name: string) =>
  runJob("unfold", { source: { kind: "preset", name, at: {} } }, null);

const problemIn = async (what: Promise<unknown>) => {
  const error = await what.then(
    () => null,
    (error: unknown) => error,
  );
  return error instanceof ProblemError ? error.problem : error;
};

const THREE = [
  { x: [0, 0], y: 0 },
  { x: [1, 0.2], y: 1 },
  { x: [0.3, 1], y: 2 },
  { x: [-1, 0.5], y: 1 },
];

describe("unfolding", () => {
  it("gives figure 4.8 with the book's numbers", async () => {
    const { operations, jacobian, forward, reverse } = await presetOf("fig48");
    expect(operations.map(({ value }) => value)).toEqual([0, 0, -0, 1, 2, 0.5]);
    expect(jacobian.inputs.map((name, i) => [name, jacobian.values[0]![i]])).toEqual([
      ["w", 0.25],
      ["x", 0],
      ["b", 0.25],
    ]);
    expect([forward.length, reverse.length]).toEqual([3, 1]);
  });

  it("takes the numbers of one's own, and 1 where there are none", async () => {
    const source = { kind: "written", text: "x*y + x", at: { x: 3, gone: 7 } } as const;
    const { inputs, outputs } = await runJob("unfold", { source }, null);
    expect(inputs).toEqual([
      { name: "x", value: 3 },
      { name: "y", value: 1 },
    ]);
    expect(outputs[0]!.value).toBe(6);
  });

  it.each(["", " \n"])("says of %j that there is nothing to compute", async (text) => {
    const source = { kind: "written", text, at: {} } as const;
    expect(await problemIn(runJob("unfold", { source }, null))).toMatchObject({
      code: "expression",
      data: { at: 0, fault: { code: "empty" } },
    });
  });

  it("says what is wrong as a code with its place", async () => {
    const source = { kind: "written", text: "x + 2y", at: {} } as const;
    expect(await problemIn(runJob("unfold", { source }, null))).toMatchObject({
      code: "expression",
      data: { at: 5, fault: { code: "operator", received: "y", product: "2*y" } },
    });
    const long = { kind: "written", text: Array(152).fill("x").join("+"), at: {} } as const;
    expect(await problemIn(runJob("unfold", { source: long }, null))).toEqual({
      code: "noGraph",
      data: { reason: "size", name: "151" },
    });
  });

  it("writes out the network that is loaded: its loss, and the deltas of the library's record", async () => {
    const live = await startRun(XOR);
    await live.timeline.advance(20);
    for (const example of [0, 1, 2]) {
      const source = { kind: "network", example, at: {} } as const;
      const graph = await runJob("unfold", { source }, live);
      const { layers } = await runJob("equations", { example }, live);
      expect(graph.network).toEqual({ examples: 4, rows: [example], isChain: true });
      const adjoints = new Map(
        graph.reverse[0]!.moves.map(({ operation, value }) => [operation, value]),
      );
      layers.forEach(({ z, a, delta }, l) => {
        z.forEach((value, j) => {
          const find = (name: string) => graph.operations.find((op) => op.name === name)!.value;
          expect(find(`z${l + 1}_${j + 1}`)).toBeCloseTo(value, 5);
          expect(find(`a${l + 1}_${j + 1}`)).toBeCloseTo(a[j]!, 5);
          expect(adjoints.get(`z${l + 1}_${j + 1}`)).toBeCloseTo(delta[j]!, 5);
        });
      });
      const x = live.data.fitted.train.x.data.slice(example * 2, example * 2 + 2);
      const inputs = graph.inputs.filter(({ name }) => /^x/.test(name));
      for (const { name, value } of inputs) expect(value).toBe(x[Number(name.slice(1)) - 1]);
    }
  });

  const outputOf = (loss: string, units: number, activation: string, hidden = "tanh") => ({
    ...XOR.run,
    loss,
    metrics: [],
    model: {
      layers: [
        { kind: "input", shape: [2] },
        { kind: "dense", units: 3, activation: hidden },
        { kind: "dropout", p: 0.5 },
        { kind: "dense", units, activation },
      ],
    },
  });
  it.each([
    ["softmax with cross-entropy", outputOf("sparseCategoricalCrossentropy", 3, "softmax")],
    ["softmax with the log-likelihood", outputOf("logLikelihood", 3, "softmax", "softsign")],
    ["the absolute error", outputOf("meanAbsoluteError", 1, "linear", "gelu")],
    ["Huber's loss", outputOf("huber", 1, "linear", "softplus")],
    ["sigmoids with cross-entropy", outputOf("binaryCrossentropy", 1, "sigmoid", "elu")],
  ])(
    "writes out %s, behind dropout too: loss and error terms are the library's",
    async (_, run) => {
      const isClasses = run.model.layers.at(-1)!.units === 3;
      const data = isClasses
        ? {
            ...XOR.data,
            source: { kind: "points", classes: 3, names: ["x1", "x2"], points: THREE },
          }
        : XOR.data;
      const live = await startRun({ data, run } as Settings);
      const source = { kind: "network", example: 1, at: {} } as const;
      const graph = await runJob("unfold", { source }, live);
      const { layers } = await runJob("equations", { example: 1 }, live);
      const { x, y } = pickExamples(live.data.fitted.train, [1]);
      const { loss } = await live.timeline.model.evaluate(x, y);
      expect(graph.outputs[0]!.value).toBeCloseTo(loss, 5);
      const adjoints = new Map(
        graph.reverse[0]!.moves.map(({ operation, value }) => [operation, value]),
      );
      layers.forEach(({ delta }, l) => {
        delta.forEach((value, j) => {
          expect(adjoints.get(`z${l + 1}_${j + 1}`)).toBeCloseTo(value, 5);
        });
      });
    },
  );

  const twoInputs = { kind: "input", shape: [2] } as const;
  const hidden = { kind: "dense", units: 2, activation: "tanh" } as const;
  const yes = { kind: "dense", units: 1, activation: "sigmoid" } as const;
  it.each([
    ["the hinge loss", { loss: "hinge" }, [twoInputs, hidden, { kind: "dense", units: 1 }]],
    [
      "a loss of net inputs",
      { loss: { name: "binaryCrossentropy", fromLogits: true } },
      [twoInputs, hidden, { kind: "dense", units: 1 }],
    ],
    [
      "Huber's loss with a delta of its own",
      { loss: { name: "huber", delta: 0.25 } },
      [twoInputs, hidden, { kind: "dense", units: 1 }],
    ],
    ["layer normalization", {}, [twoInputs, hidden, { kind: "layerNormalization" }, yes]],
    [
      "rescaled inputs and a learnt slope",
      { loss: "meanSquaredError" },
      [
        twoInputs,
        { kind: "rescaling", scale: 0.5, offset: -0.1 },
        { kind: "dense", units: 2 },
        { kind: "prelu" },
        { kind: "dropout", p: 0.5 },
        yes,
      ],
    ],
  ] as const)(
    "writes out %s: loss and all derivatives are the library's",
    async (_, more, layers) => {
      const run = { ...XOR.run, metrics: [], ...more, model: { layers } } as Settings["run"];
      const live = await startRun({ ...XOR, run });
      await live.timeline.advance(3);
      await expectLikeLibrary(live, [2], false);
    },
  );

  it("writes out layers that branch and come together", async () => {
    const nodes = [
      { id: "h", kind: "dense", units: 2, activation: "tanh", reads: ["x"] },
      { id: "sum", kind: "add", reads: ["h", "x"] },
      { id: "both", kind: "concatenate", reads: ["sum", "x"] },
      { id: "y", kind: "dense", units: 1, activation: "sigmoid", reads: ["both"] },
    ];
    const x = { id: "x", kind: "input", shape: [2], reads: [] };
    const model = { inputs: ["x"], outputs: ["y"], nodes: [x, ...nodes] };
    const run = { ...XOR.run, metrics: [], model };
    const live = await startRun({ ...XOR, run: run as unknown as Settings["run"] });
    await expectLikeLibrary(live, [1], false);
  });

  it("writes out batch normalization for a minibatch of two, as a training step has it", async () => {
    const layers = [twoInputs, { kind: "dense", units: 2 }, { kind: "batchNormalization" }, yes];
    const run = { ...XOR.run, metrics: [], model: { layers } } as unknown as Settings["run"];
    const live = await startRun({ ...XOR, run });
    await live.timeline.advance(3);
    // The last one with the first.
    await expectLikeLibrary(live, [3, 0], true);
  });

  it("says which kind of layer is not written out", async () => {
    const layers = [twoInputs, { kind: "maxout", units: 2 }, yes];
    const run = { ...XOR.run, metrics: [], model: { layers } } as unknown as Settings["run"];
    const live = await startRun({ ...XOR, run });
    const source = { kind: "network", example: 0, at: {} } as const;
    expect(await problemIn(runJob("unfold", { source }, live))).toEqual({
      code: "noGraph",
      data: { reason: "kind", name: "maxout" },
    });
  });

  it("draws no network of more ops than one walks through, and still has its record", async () => {
    const layers = [
      { kind: "input", shape: [2] },
      { kind: "dense", units: 8, activation: "tanh" },
      { kind: "dense", units: 8, activation: "tanh" },
      { kind: "dense", units: 1, activation: "sigmoid" },
    ] as const;
    const live = await startRun({ ...XOR, run: { ...XOR.run, model: { layers } } });
    const source = { kind: "network", example: 0, at: {} } as const;
    expect(await problemIn(runJob("unfold", { source }, live))).toMatchObject({
      code: "noGraph",
      data: { reason: "size" },
    });
    const found = await runJob("equations", { example: 0 }, live);
    expect(found.layers.map(({ delta }) => delta.length)).toEqual([8, 8, 1]);
  });

  it("changes with every weight of the network", async () => {
    const live = await startRun(XOR);
    const ask = (at: Record<string, number>) =>
      runJob("unfold", { source: { kind: "network", example: 1, at } }, live);
    const before = await ask({});
    for (const { name, value } of before.inputs.filter(({ name }) => /^w2|^b2/.test(name))) {
      const after = await ask({ [name]: value + 0.5 });
      expect(after.outputs[0]!.value).not.toBe(before.outputs[0]!.value);
    }
  });
});

/** The graph of some examples has the loss that the library computes of them, and its derivatives by all parameters. */
async function expectLikeLibrary(live: LiveRun, rows: readonly number[], training: boolean) {
  const source = { kind: "network", example: rows[0]!, at: {} } as const;
  const graph = await runJob("unfold", { source }, live);
  expect(graph.network!.rows).toEqual(rows);
  const { model } = live.timeline;
  const { network, params, layerState } = model.instance;
  const { x, y } = pickExamples(live.data.fitted.train, [...rows]);
  const [inputs, targets] = [x, y].map((part) => tensor(Array.from(part.data)).reshape(part.shape));
  const loss = model.training.losses[0]!;
  const costOf = (tree: typeof params.tree) => {
    const state = layerState.tree;
    const context = { training, key: random.key(0) };
    const { outputs } = network.apply({ params: tree, state }, [inputs!], context);
    return mean(loss.perExample(targets!, outputs[0]!.y));
  };
  const found = grad(costOf)(params.tree as never) as unknown;
  expect(graph.outputs.at(-1)!.value).toBeCloseTo(costOf(params.tree).item(), 5);
  const cost = graph.reverse.find(({ of }) => of === graph.outputs.at(-1)!.name)!;
  const slopes = graph.jacobian.inputs.map((name, i) => {
    const row = graph.jacobian.outputs.indexOf(cost.of);
    return [name, graph.jacobian.values[row]![i]!] as const;
  });
  // Names differ, numbers do not: those of weights, biases, scales, offsets and slopes.
  const own = slopes.flatMap(([name, slope]) => (/^[wbgos]\d/.test(name) ? [slope] : []));
  const library = Object.values(found as Record<string, Record<string, Tensor>>).flatMap((layer) =>
    Object.values(layer).flatMap(({ data }) => Array.from(data)),
  );
  const sorted = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b);
  expect(own).toHaveLength(library.length);
  sorted(own).forEach((slope, i) => expect(slope).toBeCloseTo(sorted(library)[i]!, 5));
}

describe("beside the graph", () => {
  it("are matrices: f' of a layer is diagonal, and the net inputs by the activations are W", async () => {
    const { text, at } = EXPRESSION_PRESETS.mazur;
    const wanted = [
      { of: ["out_o1", "out_o2"], by: ["net_o1", "net_o2"] },
      { of: ["net_o1", "net_o2"], by: ["out_h1", "out_h2"] },
      { of: ["net_h1", "net_h2"], by: ["w1", "w2", "w3", "w4"] },
    ];
    const { matrices } = await runJob("matrices", { text, at, wanted }, null);
    const [slopes, weights, inputs] = matrices.map(({ values }) => values);
    expect([slopes![0]![1], slopes![1]![0]]).toEqual([0, 0]);
    expect(slopes![0]![0]).toBeCloseTo(0.1868156018, 9);
    expect(weights).toEqual([
      [0.4, 0.45],
      [0.5, 0.55],
    ]);
    expect(inputs).toEqual([
      [0.05, 0.1, 0, 0],
      [0, 0, 0.05, 0.1],
    ]);
  });

  it("is a check of all derivatives by differences", async () => {
    const { text, at } = EXPRESSION_PRESETS.micrograd;
    const { rows } = await runJob("slopeCheck", { text, at, stepSize: 1e-6 }, null);
    expect(rows.map(({ input, exact }) => [input, exact.toFixed(4)])).toEqual([
      ["a", "138.8338"],
      ["b", "645.5773"],
    ]);
    for (const { error, exact } of rows) expect(error! / exact).toBeLessThan(1e-7);
  });

  it("are Mazur's two schemes, and the passes of 784-30-10", async () => {
    const { simultaneous, sequential } = await runJob("mazur", { steps: 50, rate: 0.5 }, null);
    expect(simultaneous.start.toFixed(9)).toBe("0.298371109");
    expect(simultaneous.afterOne.toFixed(9)).toBe("0.291027774");
    expect(sequential.afterOne.toFixed(9)).toBe("0.291027924");
    expect(sequential.afterAll).not.toBe(simultaneous.afterAll);
    const counts = await runJob("passCount", { sizes: [784, 30, 10] }, null);
    expect(counts).toEqual({ forward: 23_860, reverse: 1 });
  });
});
