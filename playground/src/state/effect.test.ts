import { describe, expect, it } from "vitest";
import { changedFields, effectBetween, effectOf } from "./effect.ts";
import { XOR } from "./presets.ts";
import type { Settings } from "./settings.ts";

const withRun = (change: Partial<Settings["run"]>): Settings => ({
  ...XOR,
  run: { ...XOR.run, ...change },
});

describe("effectOf", () => {
  it.each([
    ["run.optimizer.learningRate", "live"],
    ["run.optimizer.name", "keepsWeights"],
    ["run.training.batchSize", "keepsWeights"],
    ["run.regularizer.lambda", "keepsWeights"],
    ["run.model.layers.1.units", "restarts"],
    ["run.seed", "restarts"],
    ["run.data.noise", "restarts"],
    ["data.features", "restarts"],
    ["whatever", "restarts"],
  ])("says of %s that it %s", (field, effect) => {
    expect(effectOf(field)).toBe(effect);
  });
});

describe("effectBetween", () => {
  const rate = { name: "sgd", learningRate: 0.1 };
  it("is the strongest of all that changed", () => {
    expect(effectBetween(XOR, structuredClone(XOR))).toBeNull();
    expect(effectBetween(XOR, withRun({ optimizer: rate }))).toBe("live");
    const loss = "meanSquaredError";
    expect(effectBetween(XOR, withRun({ optimizer: rate, loss }))).toBe("keepsWeights");
    expect(effectBetween(XOR, withRun({ optimizer: rate, seed: 9 }))).toBe("restarts");
  });

  it("keeps the weights where only a rate of dropout changes", () => {
    const dropped = (p: number) =>
      withRun({
        model: {
          layers: [
            { kind: "input", shape: [2] },
            { kind: "dropout", p },
          ],
        },
      });
    expect(changedFields(dropped(0.1), dropped(0.2), "")).toEqual(["run.model.dropout"]);
    expect(effectBetween(dropped(0.1), dropped(0.2))).toBe("keepsWeights");
    expect(effectBetween(XOR, dropped(0.2))).toBe("restarts");
  });

  it("sees fields that come and go", () => {
    const regularizer = { kind: "l2", lambda: 0.1, convention: "keras" } as const;
    expect(changedFields(XOR, withRun({ regularizer }), "")).toEqual(["run.regularizer"]);
    expect(effectBetween(withRun({ regularizer }), XOR)).toBe("keepsWeights");
  });
});
