import { describe, expect, it } from "vitest";
import { moons } from "../../data/index.ts";
import { modelOf, parseRunSpec, type RunSpecInput, trainRun } from "../../train/index.ts";
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
  it("ends where the run ends", async () => {
    const spec = specOf();
    const model = modelOf(spec);
    await trainRun(spec, model, data);
    const timeline = timelineOfRun(spec, data);
    await timeline.advance(2 * timeline.stepsPerEpoch);
    expect(timeline.model.state.snapshot()).toEqual(model.state.snapshot());
  });

  it("refuses a rate that depends on what validation gives", () => {
    expect(() => timelineOfRun(specOf({ halving: { patience: 2 } } as never), data)).toThrow(
      "expected a run whose rate follows from the step, received one with halving",
    );
  });
});
