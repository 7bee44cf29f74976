// Hopfield memories: small ones by hand, energies that fall, how much they hold, and the continuous one as attention.

import { describe, expect, it, test } from "vitest";
import "../../tensor/methods.ts";
import { grad } from "../../runtime/derivatives/autodiff.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { fromData, tensor } from "../../tensor/create.ts";
import { bernoulli, foldIn, key, normal } from "../../tensor/random.ts";
import { scaledDotProductAttention } from "../layers/attention/scaled-dot-product.ts";
import { hopfieldMemory, retrievalEnergy, retrieve } from "./index.ts";

/** Random patterns of -1 and 1. */
const randomSigns = (seed: number, shape: number[]): Tensor =>
  bernoulli(key(seed), 0.5, shape).cast("float32").mul(2).sub(1);

/** The pattern with some units turned around. */
const disturbed = (pattern: Tensor, share: number, seed: number): Tensor =>
  bernoulli(key(seed), share, pattern.shape).cast("float32").mul(-2).add(1).mul(pattern);

const overlap = (a: Tensor, b: Tensor): number => a.mul(b).mean().item();

describe("hopfieldMemory", () => {
  const patterns = tensor([
    [1, 1, -1, -1],
    [1, -1, 1, -1],
  ]);

  it("has Hebb's weights, and their energy", () => {
    const { weights, energy, units } = hopfieldMemory(patterns);
    expect(units).toBe(4);
    expect(weights.toArray()).toEqual([
      [0, 0, 0, -0.5],
      [0, 0, -0.5, 0],
      [0, -0.5, 0, 0],
      [-0.5, 0, 0, 0],
    ]);
    expect(energy(patterns.at(0))).toBe(-1); // -1/2 (4 times -0.5 times -1)
    expect(energy(tensor([1, 1, 1, 1]))).toBe(1);
  });

  it("finds a pattern of which units were turned, by either rule and in either mode", () => {
    const stored = randomSigns(3, [5, 120]);
    for (const rule of ["hebb", "pseudoInverse"] as const) {
      const memory = hopfieldMemory(stored, { rule });
      for (const mode of ["async", "sync"] as const) {
        for (let i = 0; i < 5; i++) {
          const found = memory.recall(disturbed(stored.at(i), 0.15, i), { mode });
          expect(found.settled).toBe(true);
          expect(found.state.data).toEqual(stored.at(i).data);
          expect(found.energies.at(-1)).toBe(memory.energy(stored.at(i)));
        }
      }
    }
  });

  it("never climbs one unit at a time, and always settles", () => {
    const memory = hopfieldMemory(randomSigns(4, [30, 60]));
    for (let seed = 0; seed < 10; seed++) {
      const { energies, settled } = memory.recall(randomSigns(seed, [60]), { seed });
      expect(settled).toBe(true);
      energies.slice(1).forEach((e, i) => void expect(e).toBeLessThanOrEqual(energies[i]! + 1e-12));
    }
  });

  it("may go to and fro where all units move at once", () => {
    const memory = hopfieldMemory(tensor([[1, -1]]));
    const { settled, state, energies } = memory.recall(tensor([1, 1]), { mode: "sync", sweeps: 7 });
    expect([settled, [...state.data], energies.length]).toEqual([false, [-1, -1], 8]);
    expect(memory.recall(tensor([1, 1])).settled).toBe(true);
  });

  // Amit, Gutfreund and Sompolinsky (1985): up to 0.138 patterns a unit states near each pattern stay; beyond, none.
  test("holds about 0.138 patterns a unit by Hebb's rule", () => {
    const units = 400;
    const kept = (load: number) => {
      const stored = randomSigns(7, [Math.round(load * units), units]);
      const memory = hopfieldMemory(stored);
      const states = Array.from({ length: 8 }, (_, i) => memory.recall(stored.at(i)).state);
      return states.reduce((sum, state, i) => sum + overlap(state, stored.at(i)) / 8, 0);
    };
    expect(kept(0.05)).toBeGreaterThan(0.999);
    expect(kept(0.12)).toBeGreaterThan(0.95);
    expect(kept(0.25)).toBeLessThan(0.6);
  });

  test("holds as many as are independent by the pseudo-inverse, however alike", () => {
    const base = randomSigns(5, [60]);
    const alike = fromData(
      Float32Array.from(
        Array.from({ length: 20 }, (_, i) => [...disturbed(base, 0.1, 50 + i).data]).flat(),
        Number,
      ),
      [20, 60],
    );
    const isKept = (rule: "hebb" | "pseudoInverse") => {
      const memory = hopfieldMemory(alike, { rule });
      const same = (i: number) => overlap(memory.recall(alike.at(i)).state, alike.at(i)) === 1;
      return Array.from({ length: 20 }, (_, i) => same(i)).filter(Boolean).length;
    };
    expect(isKept("pseudoInverse")).toBe(20);
    expect(isKept("hebb")).toBeLessThan(5);
    const twice = hopfieldMemory(
      tensor([
        [1, -1, 1],
        [1, -1, 1],
      ]),
      { rule: "pseudoInverse" },
    );
    expect(twice.weights.at(0, 1).item()).toBeCloseTo(-1 / 3, 12);
  });

  it.each<[() => unknown, string]>([
    [
      () => hopfieldMemory(tensor([1, -1])),
      "expected patterns [count, units], one or more, received [2]",
    ],
    [
      () => hopfieldMemory(tensor([[1, 0]])),
      "hopfieldMemory: expected numbers of -1 and 1, received 0",
    ],
    [() => hopfieldMemory([[1]] as never), "Make a tensor of it with tensor()"],
    [() => hopfieldMemory(patterns, { rules: "hebb" } as never), 'Did you mean "rule"?'],
    [
      () => hopfieldMemory(patterns).recall(tensor([1, 1])),
      "recall: expected a state [4], received [2]",
    ],
    [
      () => hopfieldMemory(patterns).energy(tensor([1, 1, 2, 1])),
      "energy: expected numbers of -1 and 1, received 2",
    ],
    [
      () => hopfieldMemory(patterns).recall(patterns.at(0), { mode: "both" as "sync" }),
      'recall: expected mode to be "async" or "sync"',
    ],
  ])("refusal %#", (make, message) => {
    expect(make).toThrow(message);
  });
});

describe("retrieve", () => {
  const patterns: Tensor = normal(key(1), [50, 16]);

  it("finds the nearest of patterns in one step, where beta is large", () => {
    for (let i = 0; i < 50; i += 7) {
      const asked = patterns.at(i).add(normal(foldIn(key(2), i), [16], { std: 0.3 }));
      const found = retrieve(patterns, asked, { beta: 8 });
      found.data.forEach((v, k) => void expect(v).toBeCloseTo(patterns.at(i).data[k] as number, 1));
    }
  });

  it("is attention to the patterns, and by beta near 0 their mean", () => {
    const states: Tensor = normal(key(3), [4, 16]);
    const attended = scaledDotProductAttention(states, patterns, patterns);
    retrieve(patterns, states).data.forEach(
      (v, i) => void expect(v).toBeCloseTo(attended.data[i] as number, 5),
    );
    const mean = patterns.mean(0);
    retrieve(patterns, states.at(0), { beta: 1e-6 }).data.forEach(
      (v, i) => void expect(v).toBeCloseTo(mean.data[i] as number, 4),
    );
    expect(retrieve(patterns, states, { steps: 0 })).toBe(states);
  });

  it("lowers the energy, whose gradient is the state less what is retrieved", () => {
    const state: Tensor = normal(key(4), [16], { dtype: "float64" });
    const stored: Tensor = patterns.cast("float64");
    const before = retrievalEnergy(stored, state, 2).item();
    const after = retrieve(stored, state, { beta: 2 });
    expect(retrievalEnergy(stored, after, 2).item()).toBeLessThan(before);
    expect(before).toBeGreaterThan(0);
    const slope = grad((s: Tensor) => retrievalEnergy(stored, s, 2))(state);
    const expected = state.sub(after);
    slope.data.forEach((v, i) => void expect(v).toBeCloseTo(expected.data[i] as number, 10));
  });

  it("refuses what does not fit", () => {
    expect(() => retrieve(patterns, tensor([1, 2]))).toThrow(
      "retrieve: expected patterns [count, features] and states [..., features], received [50, 16] and [2]",
    );
    expect(() => retrieve(patterns, patterns, { beta: 0 })).toThrow("beta to be a number above 0");
    expect(() => retrievalEnergy(tensor([1]), tensor([1]))).toThrow("received [1] and [1]");
  });
});
