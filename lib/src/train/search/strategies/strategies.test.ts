// Strategies on made-up figures: what they ask for, in which order, and that a crash changes nothing.

import { describe, expect, it } from "vitest";
import { nextTrial } from "../next-trial.ts";
import { answered, asked, bowl, planOf, playSearch } from "../search.testing.ts";
import type { SearchSpecInput } from "../search-spec.ts";
import { bestTrial, type SearchTrial } from "../strategy.ts";
import { rungsOf } from "./asha.ts";

const SPACE: SearchSpecInput["space"] = {
  rate: { log: [1e-4, 1] },
  units: { log: [4, 256], whole: true },
};
const flat = () => ({ score: 0, losses: [1, 0.5] });

describe("grid", () => {
  const space = { a: [1, 2], b: { linear: [0, 1], steps: 3 } };

  it("takes every combination once, the last path fastest", () => {
    const { trials } = playSearch(planOf({ space, strategy: "grid" }), flat, 2);
    const points = trials.map(({ values }) => [values["a"], values["b"]]);
    expect(points).toEqual([1, 2].flatMap((a) => [0, 0.5, 1].map((b) => [a, b])));
  });

  it("takes some of a large one, spread over it and none twice", () => {
    const large = { a: [1, 2, 3, 4, 5, 6], b: [1, 2, 3, 4, 5, 6] };
    const { trials } = playSearch(planOf({ space: large, strategy: "grid", trials: 12 }), flat);
    expect(trials).toHaveLength(12);
    expect(new Set(trials.map(({ values }) => JSON.stringify(values))).size).toBe(12);
    expect(new Set(trials.map(({ values }) => values["a"])).size).toBeGreaterThan(2);
  });
});

describe("random", () => {
  it("draws within the bounds, the same for the same seed, and none twice", () => {
    const search = { space: SPACE, trials: 30, seed: 4 } as const;
    const { trials } = playSearch(planOf(search), flat);
    expect(playSearch(planOf(search), flat, 3).trials.map(({ values }) => values)).toEqual(
      trials.map(({ values }) => values),
    );
    expect(playSearch(planOf({ ...search, seed: 5 }), flat).trials).not.toEqual(trials);
    for (const { values } of trials) {
      expect(values["rate"]).toBeGreaterThanOrEqual(1e-4);
      expect(values["rate"]).toBeLessThanOrEqual(1);
      expect(Number.isInteger(values["units"])).toBe(true);
    }
    const below = trials.filter(({ values }) => Number(values["rate"]) < 0.01).length;
    expect(below).toBeGreaterThan(6); // half of the orders of magnitude, not a hundredth of the range
    expect(below).toBeLessThan(24);
  });

  it("ends where a small space is used up", () => {
    const { trials } = playSearch(planOf({ space: { a: [1, 2, 3] }, trials: 20 }), flat);
    expect(trials.map(({ values }) => values["a"]).sort()).toEqual([1, 2, 3]);
  });
});

describe("asha", () => {
  const search = { space: SPACE, strategy: "asha", trials: 27, minEpochs: 1 } as const;

  it("has rungs of so many times the epochs, the last the whole", () => {
    const rungs = (epochs: number, more = {}) =>
      rungsOf(planOf({ ...search, ...more }, { epochs }));
    expect(rungs(9)).toEqual([1, 3, 9]);
    expect(rungs(10)).toEqual([1, 3, 9, 10]);
    expect(rungs(16, { eta: 2, minEpochs: 2 })).toEqual([2, 4, 8, 16]);
    expect(rungs(5, { eta: 1.1 })).toEqual([1, 2, 3, 4, 5]);
    expect(rungs(1)).toEqual([1]);
    expect(rungsOf(planOf({ space: SPACE, strategy: "asha" }, { epochs: 60 }))).toEqual([
      2, 6, 18, 54, 60,
    ]);
  });

  it("lets a third of each rung go on, the best by then", () => {
    const { trials, proposals } = playSearch(planOf(search), ({ values }) => ({
      score: bowl(values),
      losses: [],
    }));
    const at = (epochs: number) => proposals.filter((one) => one.epochs === epochs).length;
    expect([at(1), at(3), at(9)]).toEqual([27, expect.any(Number), expect.any(Number)]);
    expect(at(3)).toBeGreaterThanOrEqual(9);
    expect(at(3)).toBeLessThanOrEqual(14);
    expect(at(9)).toBeGreaterThanOrEqual(3);
    // Nothing is asked for twice, and what goes on has been where it goes on from.
    expect(new Set(proposals.map(({ id, epochs }) => `${id} ${epochs}`)).size).toBe(
      proposals.length,
    );
    const best = [...trials].sort((a, b) => bowl(a.values) - bowl(b.values))[0]!;
    expect(best.epochs).toBe(9);
    expect(bestTrial(trials, "min")?.id).toBe(best.id);
  });

  it("counts those that fail as the last of their rung, and never goes on with them", () => {
    const { trials } = playSearch(planOf({ ...search, trials: 9 }), ({ id, values }) =>
      id % 2 === 0 ? null : { score: bowl(values), losses: [] },
    );
    const failed = trials.filter(({ state }) => state === "failed");
    expect(failed).toHaveLength(5);
    expect(failed.every(({ epochs }) => epochs === 1)).toBe(true);
    expect(trials.filter(({ epochs }) => epochs > 1)).toHaveLength(3);
  });
});

describe("tpe", () => {
  it("comes nearer than random draws, from the same number of trials", () => {
    const least = (strategy: "tpe" | "random", seed: number) => {
      const plan = planOf({ space: SPACE, strategy, trials: 40, seed });
      const { trials } = playSearch(plan, ({ values }) => ({ score: bowl(values), losses: [] }), 2);
      return Math.min(...trials.map(({ values }) => bowl(values)));
    };
    const seeds = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    const mean = (strategy: "tpe" | "random") =>
      seeds.reduce((sum, seed) => sum + least(strategy, seed), 0) / seeds.length;
    expect(mean("tpe")).toBeLessThan(0.6 * mean("random"));
  });

  it("comes to prefer the better of some names, and keeps away from failures", () => {
    const plan = planOf({
      space: { name: ["a", "b", "c"], x: { linear: [0, 1] } },
      strategy: "tpe",
      trials: 60,
    });
    const { trials } = playSearch(plan, ({ values: { name, x } }) =>
      name === "a" ? null : { score: Number(x) + (name === "b" ? 0 : 1), losses: [] },
    );
    const late = trials.slice(30).map(({ values }) => values["name"]);
    expect(late.filter((name) => name === "b").length).toBeGreaterThan(20);
    expect(late.filter((name) => name === "a").length).toBeLessThan(6);
  });
});

describe("nielsen", () => {
  const space = {
    "optimizer.learningRate": { log: [1e-4, 100] },
    "regularizer.lambda": { log: [1e-3, 1e3] },
    "training.batchSize": [10, 30],
  };
  /** Falls at rates up to 0.6; best at lambda 10 and minibatches of 30. */
  const book = ({ values }: { values: Readonly<Record<string, unknown>> }) => {
    const rate = Number(values["optimizer.learningRate"]);
    const lambda = Number(values["regularizer.lambda"]);
    const score =
      Math.abs(Math.log10(lambda || 1e-4) - 1) + (values["training.batchSize"] === 30 ? 0 : 0.1);
    return { score, losses: rate <= 0.6 ? [3, 2, 1] : [3, 4, 2] };
  };
  const plan = planOf(
    { space, strategy: "nielsen" },
    { base: { "optimizer.learningRate": 3, "training.batchSize": 10 }, epochs: 30 },
  );

  it("finds the threshold by orders of magnitude, and takes half of it", () => {
    const { trials } = playSearch(plan, book);
    const rates = trials.map(({ values }) => values["optimizer.learningRate"]);
    expect(rates.slice(0, 6)).toEqual([0.01, 0.1, 1, 0.2, 0.5, 0.25]);
    expect(trials.slice(0, 5).every(({ values }) => values["regularizer.lambda"] === 0)).toBe(true);
    expect(trials.slice(0, 5).every(({ train, epochs }) => train === 1000 && epochs === 5)).toBe(
      true,
    );
  });

  it("tries lambda from 1 on by factors of ten, the rate once more, and the rest one by one", () => {
    const { trials } = playSearch(plan, book, 2);
    const lambdas = trials.slice(5).map(({ values }) => values["regularizer.lambda"]);
    expect(lambdas.slice(0, 7)).toEqual([0, 1, 10, 0.1, 100, 20, 5]);
    const last = trials.at(-1)!;
    const quick = trials
      .slice(0, -1)
      .map(({ values }) => JSON.stringify(Object.entries(values).sort()));
    expect(new Set(quick).size).toBe(quick.length); // no quick trial twice
    // One whole trial: all examples, all epochs; lambda grown with the examples, as its penalty is over n.
    expect(last).toMatchObject({ epochs: 30, train: undefined });
    expect(last.values).toEqual({
      "optimizer.learningRate": 0.25,
      "regularizer.lambda": 500,
      "training.batchSize": 30,
    });
    expect(bestTrial(trials, "min")?.id).toBe(last.id);
  });

  it("goes down where the first rate is too large, and stays within the bounds", () => {
    const low = planOf({
      space: { "optimizer.learningRate": { log: [1e-4, 0.05] } },
      strategy: "nielsen",
    });
    const { trials } = playSearch(low, ({ values }) => {
      const rate = Number(values["optimizer.learningRate"]);
      return rate > 1 ? null : { score: 0, losses: rate < 5e-4 ? [2, 1] : [2, 3] };
    });
    const rates = trials.map(({ values }) => values["optimizer.learningRate"]);
    expect(rates).toEqual([0.01, 0.001, 0.0001, 0.0002, 0.0005, 0.0001]);
  });

  it("keeps within its number of trials, the last one whole", () => {
    const few = planOf({ space, strategy: "nielsen", trials: 4 });
    const { trials } = playSearch(few, book);
    expect(trials.map(({ train }) => train)).toEqual([1000, 1000, 1000, undefined]);
  });
});

it.each(["grid", "random", "asha", "tpe", "nielsen"] as const)(
  "%s says the same again after a crash, wherever it comes",
  (strategy) => {
    const space = { "optimizer.learningRate": { log: [1e-4, 1] }, "training.batchSize": [8, 16] };
    const plan = planOf({ space, strategy, trials: 12 });
    const figure = (id: number) => (id === 3 ? null : { score: (id * 7) % 5, losses: [2, 1] });
    let trials: readonly SearchTrial[] = [];
    for (let step = 0; step < 100; step++) {
      const next = nextTrial(plan, trials);
      expect(nextTrial(plan, structuredClone(trials))).toEqual(next);
      if (!next) break;
      trials = answered(asked(trials, next), next.id, figure(next.id));
    }
    expect(trials.length).toBeGreaterThan(3);
    expect(trials.every(({ state }) => state !== "asked")).toBe(true);
  },
);
