// Runs that have an illness, and healthy ones: each rule finds its own, and nothing where all is well.

import { describe, expect, it } from "vitest";
import { NumberError } from "../../checks/errors.ts";
import { type Dataset, loadData } from "../../data/index.ts";
import { NODE_DATA } from "../../data/node/index.ts";
import type { LayerSpec } from "../../spec/parts.ts";
import { parseRunSpec, type RunSpec, type RunSpecInput } from "../../spec/runspec.ts";
import { DEFAULT_RUNS, fitData, modelOf, trainRun } from "../../train/index.ts";
import type { Finding } from "./finding.ts";
import { type Health, healthOf } from "./health.ts";
import { faultOf } from "./observe.ts";

/** Trains a run and looks at it. */
async function healthAfter(spec: RunSpec, given?: Dataset): Promise<Health> {
  const model = modelOf(spec);
  const raw = given ?? (await loadData(spec.data, NODE_DATA));
  const data = fitData(raw, model.network, spec);
  try {
    const { epochs } = await trainRun(spec, model, data);
    return await healthOf({ spec, model, data, epochs });
  } catch (error) {
    if (!(error instanceof NumberError)) throw error;
    return await healthOf({ spec, model, data, epochs: [], fault: faultOf(error) });
  }
}

const idsOf = ({ findings }: Health) => findings.map(({ id }) => id);
const remediesOf = ({ remedies }: Finding) => remedies.map(({ id }) => id);

const dense = (units: number, activation?: string, more: object = {}): LayerSpec => ({
  kind: "dense",
  units,
  ...(activation && { activation }),
  ...more,
});
const chain = (inputs: number, ...layers: LayerSpec[]) => ({
  layers: [{ kind: "input", shape: [inputs] }, ...layers],
});
const OUT = dense(1, "sigmoid");

/** Two moons, by plain gradient descent. */
function moonsRun(layers: readonly LayerSpec[], rate = 0.1, more: Partial<RunSpecInput> = {}) {
  return parseRunSpec({
    version: 1,
    data: { name: "moons", samples: 200, noise: 0.3 },
    model: chain(2, ...layers),
    loss: "binaryCrossentropy",
    optimizer: { name: "sgd", learningRate: rate },
    training: { epochs: 5, batchSize: 10 },
    ...more,
  });
}

/** One example with target 0, and a run of no epochs: the net as it begins. */
function atStart(x: number[], layers: readonly LayerSpec[]): [RunSpec, Dataset] {
  const examples = {
    x: { dtype: "float32", shape: [1, x.length], data: Float32Array.from(x) },
    y: { dtype: "float32", shape: [1, 1], data: Float32Array.of(0) },
  } as const;
  const spec = parseRunSpec({
    version: 1,
    data: { name: "own" },
    model: chain(x.length, ...layers),
    loss: "binaryCrossentropy",
    optimizer: "sgd",
    training: { epochs: 0, batchSize: 1 },
  });
  return [spec, { name: "own", classes: null, train: examples, test: examples }];
}

describe("a healthy run", () => {
  it.each(["iris", "moons", "xor", "regressionPlane"])("%s has no finding", async (name) => {
    const health = await healthAfter(parseRunSpec(DEFAULT_RUNS[name]));
    expect(health.findings).toEqual([]);
    expect(health.cost.end).toBeLessThan(health.cost.start / 5);
  });

  it("digits, in short, has no finding", async () => {
    const spec = parseRunSpec({
      ...DEFAULT_RUNS["mnist"]!,
      data: { name: "mnist", train: 2000, test: 300 },
      training: { epochs: 2, batchSize: 32 },
    });
    expect(idsOf(await healthAfter(spec))).toEqual([]);
  });
});

describe("units", () => {
  it("of biases -8 are dead from the start, and nothing is learnt", async () => {
    const low = { biases: { name: "constant", value: -8 } };
    const { findings } = await healthAfter(
      moonsRun([dense(3, "relu", low), dense(3, "relu"), OUT]),
    );
    const [dead, oneClass] = findings;
    expect(dead).toMatchObject({
      id: "dead-relu",
      severity: "failure",
      where: [
        { layer: "dense1", units: [0, 1, 2] },
        { layer: "dense2", units: [0, 1, 2] },
      ],
      evidence: { share: 1, shareAtStart: 1 },
    });
    expect(dead!.cause).toContain("they begin with z < 0");
    expect(remediesOf(dead!)).toEqual(["leaky-relu", "scaled-start"]);
    expect(oneClass).toMatchObject({ id: "one-class", severity: "failure" });
    expect(oneClass!.cause).toContain("every unit of dense1 is dead");
    expect(oneClass!.says).toMatch(/^all of \d+ examples are taken for class \d, which/);
  });

  it("that training killed are told apart from those that were born dead", async () => {
    const { findings } = await healthAfter(moonsRun([dense(8, "relu"), OUT], 30));
    const dead = findings.find(({ id }) => id === "dead-relu")!;
    expect(dead.evidence["shareAtStart"]).toBeLessThan(dead.evidence["share"]! - 0.2);
    expect(dead.cause).toContain("steps too long");
    expect(remediesOf(dead)[0]).toBe("smaller-rate");
  });

  // Nielsen, chapter 3: 1,000 inputs, half of them on: z spreads by sqrt(501), and |z| > 5 for 82.3 % of units.
  const half = Array.from({ length: 1000 }, (_, i) => i % 2);
  const hidden = (weights: string) => [dense(500, "sigmoid", { weights, biases: "normal" }), OUT];

  it("of weights from N(0, 1) are saturated by the book's numbers", async () => {
    const { findings } = await healthAfter(...atStart(half, hidden("normal")));
    expect(findings.map(({ id }) => id)).toEqual(["saturation"]);
    const [{ evidence, cause, remedies }] = findings as [Finding];
    expect(evidence["flat"]).toBeCloseTo(0.823, 1);
    expect(evidence["zDeviation"]! / Math.sqrt(501)).toBeCloseTo(1, 1);
    expect(evidence["weightGain"]! / Math.sqrt(1000)).toBeCloseTo(1, 2);
    expect(cause).toContain("times as wide as N(0, 1/n)");
    expect(remedies.map(({ id }) => id)).toEqual(["scaled-start"]);
  });

  it("of weights from N(0, 1/n) are not", async () => {
    expect(idsOf(await healthAfter(...atStart(half, hidden("scaledNormal"))))).toEqual([]);
  });

  it("that read large inputs are saturated by these", async () => {
    const spec = moonsRun([{ kind: "rescaling", scale: 100 }, dense(8, "tanh"), OUT]);
    const { findings } = await healthAfter(spec);
    expect(findings[0]!.id).toBe("saturation");
    expect(findings[0]!.cause).toMatch(/^it reads numbers of about \d+/);
    expect(remediesOf(findings[0]!)).toEqual(["scale-inputs"]);
  });

  it("of the output are stuck under a quadratic loss, not under cross-entropy", async () => {
    const layers = [
      dense(4, "tanh"),
      dense(1, "sigmoid", { biases: { name: "constant", value: 9 } }),
    ];
    const more = { loss: "quadratic", training: { epochs: 1, batchSize: 10 } } as const;
    const stuck = await healthAfter(moonsRun(layers, 0.01, more));
    const found = stuck.findings.find(({ id }) => id === "saturated-output")!;
    expect(found.evidence["stuckAtStart"]).toBeCloseTo(0.5, 1); // all of class 0
    expect(remediesOf(found)[0]).toBe("cross-entropy");
    const free = await healthAfter(moonsRun(layers, 0.01, { ...more, loss: "crossEntropy" }));
    expect(idsOf(free)).not.toContain("saturated-output");
  });
});

describe("gradients in a chain of single units", () => {
  /** w and b such that z = 0 everywhere: a = 1/2, and each unit multiplies the error by w / 4. */
  const units = (w: number) =>
    Array.from({ length: 4 }, () =>
      dense(1, "sigmoid", {
        weights: { name: "constant", value: w },
        biases: { name: "constant", value: -w / 2 },
      }),
    );

  it.each([
    [100, "exploding", 15_625], // (100 / 4)^3
    [0.5, "vanishing", 1 / 512],
  ] as const)("w = %d: %s", async (w, id, ratio) => {
    const { findings } = await healthAfter(...atStart([0.5], units(w)));
    const found = findings.find((finding) => finding.id === id)!;
    expect(found.evidence["ratio"]! / ratio).toBeCloseTo(1, 4);
    expect(found.where[0]).toEqual({ layer: "dense1", units: [] });
  });

  it.each([1, 4, 20])("w = %d: neither", async (w) => {
    const ids = idsOf(await healthAfter(...atStart([0.5], units(w))));
    expect(ids.filter((id) => id === "exploding" || id === "vanishing")).toEqual([]);
  });

  it("all zeros let no error through", async () => {
    const zero = { weights: "zeros" };
    const { findings } = await healthAfter(
      moonsRun([dense(5, "sigmoid", zero), dense(1, "sigmoid", zero)]),
    );
    expect(findings[0]).toMatchObject({ id: "vanishing", evidence: { ratio: 0 } });
    expect(findings[0]!.cause).toContain("stay alike for ever");
    expect(remediesOf(findings[0]!)).toEqual(["scaled-start"]);
  });
});

describe("a run that came to nothing", () => {
  it("by an infinity is told with step and op", async () => {
    const spec = moonsRun([dense(8, "relu"), dense(1)], 3, { loss: "meanSquaredError" });
    const { findings } = await healthAfter(spec);
    expect(findings[0]!.id).toBe("not-finite");
    expect(findings[0]!.says).toMatch(/ceased to be finite in epoch \d, step \d+: op \d+ \(\w+/);
    expect(remediesOf(findings[0]!)[0]).toBe("smaller-rate");
  });

  it("by a NaN among its examples cannot be mended", async () => {
    const spec = moonsRun([dense(2, "tanh"), OUT]);
    const model = modelOf(spec);
    const data = await loadData(spec.data);
    const { findings } = await healthOf({
      spec,
      model,
      data: fitData(data, model.network, spec),
      epochs: [],
      fault: { isGiven: true },
    });
    expect(findings[0]).toMatchObject({ id: "not-finite", remedies: [{ id: "clean-data" }] });
  });

  it("by growing steps has diverged, though all is finite", async () => {
    const spec = parseRunSpec({
      ...DEFAULT_RUNS["regressionPlane"]!,
      model: chain(2, dense(1)),
      optimizer: { name: "sgd", learningRate: 0.5 },
      training: { epochs: 1, batchSize: 200 },
    });
    const { findings, cost } = await healthAfter(spec);
    expect(findings.map(({ id }) => id)).toEqual(["divergence"]);
    expect(findings[0]!.evidence).toMatchObject({ costAtStart: cost.start, costAtEnd: cost.end });
    expect(cost.end).toBeGreaterThan(10 * cost.start);
  });

  it("by steps that are too short stands still", async () => {
    const { findings } = await healthAfter(moonsRun([dense(4, "sigmoid"), OUT], 1e-6));
    const ids = findings.map(({ id }) => id);
    expect(ids.some((id) => id === "standstill" || id === "one-class")).toBe(true);
    expect(findings[0]!.evidence["moved"]).toBeLessThan(0.001);
    expect(remediesOf(findings[0]!)[0]).toBe("larger-rate");
  });

  it("by inputs far to one side is told of these, and only where nothing else is wrong", async () => {
    const spec = moonsRun(
      [{ kind: "rescaling", scale: 1, offset: 5 }, dense(6, "relu"), OUT],
      0.01,
    );
    const { findings } = await healthAfter(spec);
    expect(findings.map(({ id }) => id)).toEqual(["bias-shift"]);
    // moons lie about (0.5, 0.25) and spread by about 0.7
    expect(findings[0]!.evidence["inputMean"]).toBeCloseTo(5.375, 1);
    expect(findings[0]!.evidence["shift"]).toBeGreaterThan(6);
  });
});

it("refuses what is no run", async () => {
  await expect(healthOf({ spec: {} } as never)).rejects.toThrow("healthOf: ");
  await expect(healthOf({ modle: 3 } as never)).rejects.toThrow('"model"');
});
