import { describe, expect, it } from "vitest";
import { conv2d, dense, flatten, inputLayer } from "../../nn/layers/index.ts";
import { tensor } from "../../tensor/create.ts";
import { sequential } from "../../train/model/sequential.ts";
import { maximiseUnits } from "./maximise.ts";

/** The input of one unit. */
function climbOf(...args: Parameters<typeof maximiseUnits>) {
  const [found, ...others] = maximiseUnits(...args);
  expect(others).toEqual([]);
  return found!;
}

/** Unit 0 wants the first number and not the second; a bias keeps its ReLU silent at the start. */
function wanting() {
  const model = sequential([inputLayer([3]), dense(2, { activation: "relu" })]);
  const { w, b } = model.layer("dense1");
  w!.assign(
    tensor([
      [2, 0],
      [-1, 1],
      [0, 0],
    ]),
  );
  b!.assign(tensor([-1, 0]));
  return model;
}

describe("maximiseUnits", () => {
  it("climbs to the corner that a linear unit wants, through a silent ReLU", () => {
    const found = climbOf(wanting(), { layer: "dense1", units: [0], steps: 60 });
    // Nothing pulls at the third number: it stays in the noise about the middle.
    expect(found.values[0]).toBe(1);
    expect(found.values[1]).toBe(0);
    expect(Math.abs(found.values[2]! - 0.5)).toBeLessThan(0.051);
    expect(found.climb).toHaveLength(61);
    expect(found.climb[0]).toBeLessThan(0);
    expect(found.climb.at(-1)).toBe(1);
    expect(found).toMatchObject({ shape: [3], at: [], isNetInput: true, unit: 0 });
  });

  it("takes steps of a fixed length, within its range", () => {
    const options = {
      layer: "dense1",
      units: [0],
      steps: 1,
      low: 0,
      high: 255,
      rate: 0.1,
    } as const;
    const [before, after] = [1e-9, 0.1].map((rate) => climbOf(wanting(), { ...options, rate }));
    const moved = Array.from(after!.values, (x, i) => x - before!.values[i]!);
    const length = Math.sqrt(moved.reduce((sum, d) => sum + d * d, 0) / 3);
    expect(length).toBeCloseTo(25.5, 3);
    expect(moved[0]! / moved[1]!).toBeCloseTo(-2, 4);
  });

  it("gives another start for another seed, and the same for the same", () => {
    const of = (seed: number) =>
      Array.from(climbOf(wanting(), { layer: "dense1", units: [1], seed, steps: 2 }).values);
    expect(of(1)).toEqual(of(1));
    expect(of(2)).not.toEqual(of(1));
  });

  it("moves what a cell of a map sees, and nothing else", () => {
    const model = sequential([
      inputLayer([4, 4, 1]),
      conv2d(1, 2, { activation: "relu" }),
      flatten(),
    ]);
    model.layer("conv2d1")["w"]!.assign(
      tensor([
        [[[1]], [[-1]]],
        [[[-1]], [[1]]],
      ]),
    );
    const { values, at, climb } = climbOf(model, { layer: "conv2d1", units: [0], steps: 60 });
    expect(at).toEqual([1, 1]);
    const seen = [5, 6, 9, 10];
    expect(seen.map((i) => values[i])).toEqual([1, 0, 0, 1]);
    expect(climb.at(-1)).toBe(2);
    const rest = Array.from(values).filter((_, i) => !seen.includes(i));
    expect(Math.max(...rest.map((x) => Math.abs(x - 0.5)))).toBeLessThan(0.051);
  });

  it("climbs for every unit alone, from the same noise", () => {
    const options = { layer: "dense1", steps: 7 } as const;
    const both = maximiseUnits(wanting(), { ...options, units: [1, 0] });
    const alone = [1, 0].map((unit) => climbOf(wanting(), { ...options, units: [unit] }));
    expect(both).toEqual(alone);
    expect(maximiseUnits(wanting(), { ...options, units: [] })).toEqual([]);
  });

  it("refuses what is not there, and numbers that are not finite", () => {
    const model = wanting();
    expect(() => maximiseUnits(model, { layer: "dense1", units: [2] })).toThrow(
      '"dense1" gives [2], the last axis counting its units; received unit 2',
    );
    expect(() => maximiseUnits(model, { layer: "dense1", units: [0], at: [1] })).toThrow("at [1]");
    expect(() => maximiseUnits(model, { layer: "dense1", units: [0], low: 1 })).toThrow(
      "low below high",
    );
    expect(() => maximiseUnits(model, { layer: "dense1", units: [0], step: 3 } as never)).toThrow(
      'Did you mean "steps"?',
    );
    model.layer("dense1")["w"]!.assign(
      tensor([
        [Number.NaN, 0],
        [0, 0],
        [0, 0],
      ]),
    );
    expect(() => maximiseUnits(model, { layer: "dense1", units: [0] })).toThrow(
      'the gradient of "dense1" is not finite at step 0',
    );
  });
});
