// The experiments of a page: softmax, bumps, bias shift. And the table that names all of them.

import { describe, expect, it } from "vitest";
import { tensor } from "../tensor/create.ts";
import { EXPERIMENTS, experimentNames, unknownExperiment } from "./experiments.ts";
import { claims as softmax } from "./nielsen/chapter3/softmax.ts";
import { bestHeights, claims as bumps, goal, weightedOutput } from "./nielsen/chapter4/bumps.ts";
import { claims as biasShift } from "./nndl/activations/bias-shift.ts";

it.each([...softmax(), ...bumps(), ...biasShift()])("$name", (claim) => {
  expect(claim).toMatchObject({ holds: true });
});

describe("bumps", () => {
  it("has the goal of the chapter", () => {
    expect(goal(0)).toBeCloseTo(0.25, 15);
    expect(bestHeights(5)).toHaveLength(5);
  });
  it("is a step function of its heights", () => {
    const output = weightedOutput([1, -2, 3], tensor([1 / 6, 0.5, 5 / 6], "float64"));
    [1, -2, 3].forEach((height, k) => {
      expect(output.data[k]).toBeCloseTo(height, 9);
    });
  });
});

describe("experiments", () => {
  it("each have a title and claims", async () => {
    for (const name of experimentNames()) expect(EXPERIMENTS[name].title).not.toBe("");
    const program = await EXPERIMENTS.softmax.load();
    const { claims } = await program.run({
      mnist: () => Promise.reject(new Error("no digits")),
      iris: () => {
        throw new Error("no flowers");
      },
    });
    expect(claims.every(({ holds }) => holds)).toBe(true);
  });
  it("tell the nearest name", () => {
    const { message } = unknownExperiment("grap48", ["network2"]);
    expect(message).toContain('Did you mean "graph48"?');
    expect(message).toContain("network2");
  });
});
