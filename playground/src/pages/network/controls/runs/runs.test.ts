import { describe, expect, it } from "vitest";
import {
  PRESET_GROUPS,
  type Settings,
  stackOf,
  withLayer,
  withOptimizer,
  withRate,
  withRegularizer,
  XOR,
} from "../../../../state/index.ts";
import { controls as en } from "../../../../text/en/controls.ts";
import { controls as zh } from "../../../../text/zh/controls.ts";
import { differencesOf, summaryOf } from "./summary.ts";
import { measuredEpochs, RACE_KINDS, variantsOf } from "./variants.ts";

const change = (edit: (run: Settings["run"]) => Settings["run"]): Settings => ({
  ...XOR,
  run: edit(XOR.run),
});

describe("a summary", () => {
  const differs = (settings: Settings) =>
    differencesOf(summaryOf(settings, en), summaryOf(XOR, en)).map((row) => [...row]);
  it("says what differs, and nothing else", () => {
    expect(differs(XOR)).toEqual([]);
    expect(differs(change((run) => withRate(run, 0.25)))).toEqual([["Learning rate", "0.25"]]);
    expect(differs(change((run) => withLayer(run, 0, { units: 3, activation: "relu" })))).toEqual([
      ["Units", "2-3-1"],
      ["Activation function", "ReLU"],
    ]);
    expect(differs(change((run) => withRegularizer(run, { kind: "l1", lambda: 0.01 })))).toEqual([
      ["Penalty", "L1 0.01 (NNDL's)"],
    ]);
  });
  it("is in the language of the page, for every preset", () => {
    const chinese = summaryOf(PRESET_GROUPS.playground.spiral, zh).map(([, value]) => value);
    expect(chinese).toContain("螺线（点数 400、数据的种子 1）");
    for (const group of Object.values(PRESET_GROUPS)) {
      for (const settings of Object.values(group) as Settings[]) {
        const values = summaryOf(settings, en).map(([, value]) => value);
        expect(values.every((value) => value !== "" && !value.includes("undefined"))).toBe(true);
      }
    }
  });
});

describe("a race", () => {
  it.each(RACE_KINDS)("of the kind %s has runners that differ in it alone", (kind) => {
    const variants = variantsOf(kind, XOR, en);
    expect(new Set(variants.map(({ name }) => name)).size).toBe(variants.length);
    const runs = variants.map(({ settings }) => JSON.stringify(settings.run));
    expect(new Set(runs).size).toBe(variants.length);
    for (const { settings } of variants) {
      expect(settings.data).toBe(XOR.data);
      expect([settings.run.seed, settings.run.data]).toEqual([XOR.run.seed, XOR.run.data]);
    }
  });
  it("runs plain gradient descent without momentum, whatever is chosen now", () => {
    const now = change((run) => withOptimizer(run, "sgd", { momentum: 0.9 }));
    const [plain, momentum] = variantsOf("optimizer", now, en);
    expect(plain!.settings.run.optimizer).toMatchObject({ name: "sgd", momentum: 0 });
    expect(momentum!.settings.run.optimizer).toMatchObject({ momentum: 0.9, learningRate: 0.5 });
  });
  it("changes every hidden layer", () => {
    const deep = PRESET_GROUPS.notes.deepSigmoid;
    const [one] = variantsOf("units", deep, en);
    expect(stackOf(one!.settings.run)!.hidden.map(({ dense }) => dense["units"])).toEqual([
      1, 1, 1, 1, 1,
    ]);
  });
  it("is measured at whole epochs that rise, the last one last", () => {
    expect(measuredEpochs(3)).toEqual([0, 1, 2, 3]);
    const many = measuredEpochs(1000);
    expect([many.length, many[1], many.at(-1)]).toEqual([41, 25, 1000]);
  });
});
