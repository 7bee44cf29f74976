// Remedies as changes of a specification, and what becomes of a run by them.

import { describe, expect, it } from "vitest";
import { loadData } from "../../data/index.ts";
import { parseRunSpec, type RunSpec, type RunSpecInput } from "../../spec/runspec.ts";
import { modelOf } from "../../train/index.ts";
import type { Finding, RemedyId } from "./finding.ts";
import { applyRemedy, changesOf } from "./remedies.ts";
import { tryRemedies } from "./trial.ts";

function findingWith(remedies: readonly RemedyId[], more: Partial<Finding> = {}): Finding {
  return {
    id: "vanishing",
    severity: "failure",
    says: "",
    where: [],
    evidence: {},
    cause: "",
    remedies: remedies.map((id) => ({ id, says: "" })),
    ...more,
  };
}

const low = { biases: { name: "constant", value: -8 } };

function specOf(more: Partial<RunSpecInput> = {}): RunSpec {
  return parseRunSpec({
    version: 1,
    data: { name: "moons", samples: 100, noise: 0.2 },
    model: {
      layers: [
        { kind: "input", shape: [2] },
        { kind: "dense", units: 4, activation: "relu", ...low },
        { kind: "dense", units: 4, activation: "sigmoid" },
        { kind: "dense", units: 1, activation: "sigmoid" },
      ],
    },
    loss: "quadratic",
    optimizer: "sgd",
    metrics: ["accuracy"],
    training: { epochs: 4, batchSize: 10 },
    ...more,
  });
}

describe("a remedy", () => {
  const numbers = { largestInput: 4, inputMean: 3, inputDeviation: 2, moved: 1e-4 };
  const finding = findingWith([], { evidence: numbers });

  it.each([
    ["leaky-relu", ["model.layers.1.activation: relu -> leakyRelu"]],
    [
      "relu",
      [
        "model.layers.2.activation: sigmoid -> relu", // not the output's
        "model.layers.2.weights: none -> heNormal",
      ],
    ],
    [
      "batch-norm",
      [
        'model.layers.2: none -> {"kind":"batchNormalization"}',
        'model.layers.4: none -> {"kind":"batchNormalization"}',
      ],
    ],
    ["tanh", ["model.layers.2.activation: sigmoid -> tanh"]],
    [
      "scaled-start",
      [
        'model.layers.1.biases: {"name":"constant","value":-8} -> none',
        "model.layers.1.weights: none -> heNormal",
        "model.layers.2.weights: none -> scaledNormal",
        "model.layers.3.weights: none -> scaledNormal",
      ],
    ],
    ["smaller-rate", ['optimizer: sgd -> {"name":"sgd","learningRate":0.001}']],
    ["larger-rate", ['optimizer: sgd -> {"name":"sgd","learningRate":1}']],
    ["cross-entropy", ["loss: quadratic -> crossEntropy"]],
    ["scale-inputs", ['model.layers.1: none -> {"kind":"rescaling","scale":0.25}']],
    ["center-inputs", ['model.layers.1: none -> {"kind":"rescaling","scale":0.5,"offset":-1.5}']],
  ] as const)("%s changes what it says", (remedy, changes) => {
    const spec = specOf();
    const changed = applyRemedy(spec, finding, remedy)!;
    expect(changesOf(spec, changed)).toEqual(changes);
    expect(spec).toEqual(specOf());
    modelOf(changed); // it can be built
  });

  it("is none where there is nothing to change", () => {
    expect(applyRemedy(specOf(), finding, "clean-data")).toBeNull();
    expect(
      applyRemedy(specOf({ loss: "binaryCrossentropy" }), finding, "cross-entropy"),
    ).toBeNull();
    expect(applyRemedy(specOf(), findingWith([]), "scale-inputs")).toBeNull();
  });

  it("changes the rate where the schedule holds it", () => {
    const spec = specOf({ schedule: { name: "exponential", rate: 0.3 } });
    expect(changesOf(spec, applyRemedy(spec, finding, "smaller-rate")!)).toEqual([
      "schedule.rate: 0.3 -> 0.03",
    ]);
    const both = specOf({
      schedule: { name: "exponential", rate: 0.3 },
      optimizer: { name: "adam", learningRate: 0.3 },
    });
    modelOf(applyRemedy(both, finding, "smaller-rate")!);
  });

  it("changes graphs too, but for their inputs", () => {
    const nodes = [
      { kind: "input", id: "x", reads: [], shape: [2] },
      { kind: "dense", id: "h", reads: ["x"], units: 3, activation: "relu" },
      { kind: "dense", id: "y", reads: ["h"], units: 1, activation: "sigmoid" },
    ];
    const spec = specOf({ model: { inputs: ["x"], outputs: ["y"], nodes } });
    expect(changesOf(spec, applyRemedy(spec, finding, "leaky-relu")!)).toEqual([
      "model.nodes.1.activation: relu -> leakyRelu",
    ]);
    expect(applyRemedy(spec, finding, "scale-inputs")).toBeNull();
  });
});

describe("a trial", () => {
  it("trains both from the same seed, and says that it helped", async () => {
    const spec = specOf({
      loss: "binaryCrossentropy",
      optimizer: { name: "sgd", learningRate: 0.5 },
    });
    const data = await loadData(spec.data);
    const runs: string[] = [];
    const onRun = (name: string) => void runs.push(name);
    const finding = findingWith(["scaled-start"]);
    const { original, tried } = await tryRemedies(spec, data, finding, { onRun });
    expect(runs).toEqual(["original", "scaled-start"]);
    const [{ verdict, told, run }] = tried as [(typeof tried)[0]];
    expect(original.health.findings.map(({ id }) => id)).toContain("dead-relu");
    expect(run.health.findings.map(({ id }) => id)).not.toContain("dead-relu");
    expect(verdict).toBe("helped");
    expect(told!.figure).toBe("testAccuracy");
    expect(told!.after).toBeGreaterThan(told!.before + 0.2);
    expect(original.epochs).toHaveLength(4);
    const again = await tryRemedies(spec, data, finding);
    expect(again.tried[0]!.run.test).toEqual(run.test);
  });

  it("looks for a rate by tens while the illness stays", async () => {
    const linear = {
      layers: [
        { kind: "input", shape: [2] },
        { kind: "dense", units: 1 },
      ],
    };
    const spec = specOf({
      model: linear,
      loss: "meanSquaredError",
      optimizer: { name: "sgd", learningRate: 300 },
      training: { epochs: 3, batchSize: 10 },
    });
    const finding = findingWith(["smaller-rate"], { id: "not-finite" });
    const { original, tried } = await tryRemedies(spec, await loadData(spec.data), finding);
    expect(original.fault).toContain("no longer finite");
    expect(tried.map(({ changes }) => changes[0])).toEqual([
      "optimizer.learningRate: 300 -> 30",
      "optimizer.learningRate: 300 -> 3",
      "optimizer.learningRate: 300 -> 0.3",
    ]);
    expect(tried.map(({ verdict }) => verdict)).toEqual(["alike", "alike", "helped"]);
  });

  it("says that nothing can be tried", async () => {
    const spec = specOf();
    const finding = findingWith(["clean-data"], { id: "not-finite" });
    await expect(tryRemedies(spec, await loadData(spec.data), finding)).rejects.toThrow(
      'tryRemedies: none of the remedies of "not-finite" can be written into this specification',
    );
  });
});
