// Searches made ready: paths, values and figures that are refused, and the specifications that come of them.

import { describe, expect, it } from "vitest";
import { parseRunSpec, type RunSpecInput } from "../../spec/runspec.ts";
import { DEFAULT_RUNS } from "../run/presets.ts";
import { modelOf } from "../run/run.ts";
import { defaultSpace } from "./default-space.ts";
import { bestSpec, planSearch, trialSpec } from "./plan.ts";
import { parseSearch, type SearchSpecInput } from "./search-spec.ts";

const iris = parseRunSpec(DEFAULT_RUNS["iris"]);
const RATE = { "optimizer.learningRate": { log: [1e-3, 0.1] } };
const plan = (space: SearchSpecInput["space"], more: object = {}) =>
  planSearch(iris, { space, ...more }, 120);

describe("a search that is refused", () => {
  it.each<readonly [what: string, search: object, says: RegExp]>([
    ["an empty space", { space: {} }, /search\.space: the space is empty/],
    ["no space", {}, /search\.space: expected this field/],
    ["an empty list", { space: { seed: [] } }, /at least one element/],
    [
      "a range backwards",
      { space: { a: { log: [1, 0.1] } } },
      /space\.a\.log: expected two numbers/,
    ],
    ["a logarithm from 0", { space: { a: { log: [0, 1] } } }, /bounds above 0, received 0/],
    ["no bounds", { space: { a: { steps: 3 } } }, /expected a list, \{ "log"/],
    ["bounds of parts", { space: { a: { linear: [0.5, 2], whole: true } } }, /whole bounds/],
    ["no trials", { space: RATE, trials: 0 }, /trials: expected a whole number from 1/],
    ["an unknown strategy", { space: RATE, strategy: "anneal" }, /expected "grid" or "random"/],
    ["an unknown field", { space: RATE, trails: 3 }, /no such field\. Did you mean "trials"/],
    ["an eta of 1", { space: RATE, eta: 1 }, /eta: expected a number above 1/],
  ])("for %s", (_, search, says) => {
    expect(() => parseSearch(search)).toThrow(says);
  });

  it.each<readonly [what: string, space: SearchSpecInput["space"], says: RegExp]>([
    [
      "a misspelt path",
      { "optimizer.learningrate": [1] },
      /no such path\. Did you mean "optimizer\.learningRate"/,
    ],
    [
      "a misspelt part",
      { "traning.batchSize": [1] },
      /no such path\. Did you mean "training\.batchSize"/,
    ],
    [
      "a layer that is not there",
      { "model.layers.7.units": [1] },
      /Did you mean "model\.layers\.[12]\.units"/,
    ],
    [
      "an ending of several",
      { kind: ["dense"] },
      /several paths end so; write one of model\.layers\.0/,
    ],
    ["a value that is refused", { "training.batchSize": [8, 0] }, /refuses 0: .*batchSize/],
    [
      "a name that is refused",
      { "model.layers.1.activation": ["relu", "relo"] },
      /refuses "relo": .*relu/,
    ],
    ["a bound that is refused", { "optimizer.learningRate": { linear: [-1, 1] } }, /refuses -1/],
    ["other data", { "data.name": ["iris", "xor"] }, /same examples/],
    ["epochs", { "training.epochs": [1, 2] }, /the strategy says how many epochs/],
  ])("for %s", (_, space, says) => {
    expect(() => plan(space)).toThrow(says);
  });

  it("for a figure that there is not, or of the test set", () => {
    expect(() => plan(RATE, { monitor: "valAcuracy" })).toThrow(/Did you mean "valAccuracy"/);
    expect(() => plan(RATE, { monitor: "testAccuracy" })).toThrow(/test set judges the best/);
  });
});

describe("a search made ready", () => {
  it("keeps a part for validation and judges by it", () => {
    const { spec, monitor, plan: made } = plan(RATE);
    expect(spec.training.validationSplit).toBe(0.2);
    expect([monitor, made.mode, made.examples]).toEqual(["valAccuracy", "max", 96]);
    expect(plan(RATE, { monitor: "valLoss" }).plan.mode).toBe("min");
  });

  it("judges by the training loss where the examples are a handful", () => {
    const xor = parseRunSpec(DEFAULT_RUNS["xor"]);
    const { spec, monitor, plan: made } = planSearch(xor, { space: RATE }, 4);
    expect([monitor, made.mode, spec.training.validationSplit]).toEqual(["loss", "min", 0]);
  });

  it("takes an ending for the path where only one ends so", () => {
    expect(
      plan({ learningRate: [0.1], units: [4] }).plan.dimensions.map(({ path }) => path),
    ).toEqual(["optimizer.learningRate", "model.layers.1.units"]);
  });

  it("reads what the specification says under search", () => {
    const spec = parseRunSpec({ ...iris, search: { space: RATE, trials: 7 } });
    const ready = planSearch(spec, undefined, 120);
    expect(ready.plan.search.trials).toBe(7);
    expect(ready.spec.search).toBeUndefined();
  });
});

describe("specifications of a search", () => {
  it("have the values of a trial and its examples; the best has all of them", () => {
    const ready = plan({ ...RATE, "model.layers.1.units": [4, 8] });
    const values = { "optimizer.learningRate": 0.02, "model.layers.1.units": 8 };
    const trial = trialSpec(ready, { values, train: 40 });
    expect(trial.optimizer).toEqual({ name: "adam", learningRate: 0.02 });
    expect(trial.model).toMatchObject({ layers: [{}, { units: 8 }, { units: 3 }] });
    expect(trial.training).toEqual({ epochs: 60, batchSize: 10, validationSplit: 0.2 });
    expect(trial.data).toEqual({ name: "iris", train: 50 });
    const best = bestSpec(ready, { values });
    expect(best.training).toEqual({ epochs: 60, batchSize: 10 });
    expect(best.data).toEqual({ name: "iris" });
  });

  it("keep the split for the best where a callback watches it", () => {
    const stopping = parseRunSpec({ ...iris, stopping: { patience: 3 } });
    const ready = planSearch(stopping, { space: RATE }, 120);
    expect(bestSpec(ready, { values: {} }).training.validationSplit).toBe(0.2);
  });

  it("give options to what was a name alone, and begin a schedule with the rate", () => {
    const named: RunSpecInput = {
      ...iris,
      optimizer: "sgd",
      schedule: { name: "exponential", rate: 0.1, decay: 0.5 },
    };
    const ready = planSearch(parseRunSpec(named), { space: RATE }, 120);
    const trial = trialSpec(ready, { values: { "optimizer.learningRate": 0.01 } });
    expect(trial.optimizer).toEqual({ name: "sgd", learningRate: 0.01 });
    expect(trial.schedule).toEqual({ name: "exponential", rate: 0.01, decay: 0.5 });
    expect(modelOf(trial).training).toBeDefined();
  });

  it("count lambda as the books do where there was no penalty", () => {
    const ready = plan({ "regularizer.lambda": { log: [0.01, 10] } });
    const trial = trialSpec(ready, { values: { "regularizer.lambda": 5 } });
    expect(trial.regularizer).toEqual({ kind: "l2", lambda: 5, convention: "network2" });
  });
});

it.each(Object.keys(DEFAULT_RUNS))(
  "the default space of %s is one that can be searched",
  (name) => {
    const spec = parseRunSpec(DEFAULT_RUNS[name]);
    const space = defaultSpace(spec, 200);
    expect(Object.keys(space).length).toBeGreaterThan(2);
    expect(planSearch(spec, { space }, 200).plan.dimensions).toHaveLength(
      Object.keys(space).length,
    );
  },
);
