import { describe, expect, it } from "vitest";
import { moons } from "../../data/index.ts";
import { modelOf, parseRunSpec, type RunSpecInput, trainRun } from "../../train/index.ts";
import { loadTimeline } from "./load-timeline.ts";
import { timelineOfRun } from "./run-timeline.ts";

const data = moons({ samples: 120, noise: 0.3, seed: 1 });

function specOf(more: Partial<RunSpecInput> = {}) {
  return parseRunSpec({
    version: 1,
    data: { name: "moons" },
    model: {
      layers: [
        { kind: "input", shape: [2] },
        { kind: "dense", units: 5, activation: "tanh" },
        { kind: "dense", units: 1, activation: "sigmoid" },
      ],
    },
    loss: "binaryCrossentropy",
    optimizer: "adam",
    training: { epochs: 2, batchSize: 16, validationSplit: 0.25 },
    seed: 4,
    ...more,
  } as RunSpecInput);
}

describe("the timeline of a run", () => {
  const training = specOf().training;
  it.each<[string, Partial<RunSpecInput>]>([
    ["as it is", {}],
    ["with classes that weigh", { training: { ...training, classWeights: { 1: 5 } } }],
    ["balanced", { training: { ...training, classWeights: "balanced" } }],
    ["in parts of a batch", { training: { ...training, accumulate: 2 } }],
    ["in order", { training: { ...training, shuffle: false } }],
    ["by a schedule", { schedule: { name: "cosine", epochs: 2, rate: 0.1 } }],
    ["clipped", { clip: { norm: 0.1 } }],
    ["with an average of its weights", { averageWeights: { kind: "ema", decay: 0.9 } }],
    ["with a penalty", { regularizer: { kind: "l2", lambda: 0.1, convention: "keras" } }],
  ])("ends where the run ends, %s", async (_, more) => {
    const spec = specOf(more);
    const model = modelOf(spec);
    await trainRun(spec, model, data);
    for (const timeline of [timelineOfRun(spec, data), await loadTimeline(spec, data)]) {
      await timeline.advance(2 * timeline.stepsPerEpoch);
      const ends = timeline.model.state.snapshot();
      for (const [name, values] of model.state.snapshot()) {
        // A schedule has no more to say after the last step.
        if (name !== "learningRate") expect(ends.get(name), name).toEqual(values);
      }
    }
  });

  it("refuses a class that the data do not have", async () => {
    const spec = specOf({ training: { ...training, classWeights: { 7: 2 } } });
    const words = 'spec: training.classWeights: Unknown class "7"';
    expect(() => timelineOfRun(spec, data)).toThrow(words);
    await expect(loadTimeline(spec, data)).rejects.toThrow(words);
  });

  it("refuses a rate that depends on what validation gives", () => {
    expect(() => timelineOfRun(specOf({ halving: { patience: 2 } } as never), data)).toThrow(
      "expected a run whose rate follows from the step, received one with halving",
    );
  });
});
