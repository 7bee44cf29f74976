import { describe, expect, it } from "vitest";
import { claims } from "./mazur.ts";
import { train } from "./network.ts";

describe("the table of numbers", () => {
  const all = claims();

  it.each(all)("$name", (claim) => {
    expect(claim).toMatchObject({ holds: true });
    expect(claim.tolerance).toBeLessThan(1e-4);
  });
  it("is complete", () => {
    expect(all).toHaveLength(44);
  });
});

describe("train", () => {
  it("updates w5..w8 alike in both schemes, and w1..w4 differently", () => {
    const right = train({ steps: 0 });
    const late = train({ steps: 0, scheme: "sequential" });
    expect(late.start).toEqual(right.start);
    expect(late.backward.deltaO).toEqual(right.backward.deltaO);
    expect(late.afterOne.weights.slice(4)).toEqual(right.afterOne.weights.slice(4));
    for (const i of [0, 1, 2, 3]) {
      expect(late.afterOne.weights[i]).not.toBe(right.afterOne.weights[i]);
    }
  });
  it("takes the sequential deltas through the updated weights", () => {
    const { start, backward, afterOne } = train({ steps: 0, scheme: "sequential" });
    const [, , , , w5, w6, w7, w8] = afterOne.weights as [...Eight];
    const [d1, d2] = backward.deltaO as [number, number];
    const [h1, h2] = start.h as [number, number];
    expect(backward.deltaH[0]).toBeCloseTo((d1 * w5 + d2 * w7) * h1 * (1 - h1), 15);
    expect(backward.deltaH[1]).toBeCloseTo((d1 * w6 + d2 * w8) * h2 * (1 - h2), 15);
  });
  it("steps by the learning rate", () => {
    const { start, backward, afterOne, afterAll } = train({ steps: 1, learningRate: 0.1 });
    afterOne.weights.forEach((w, i) => {
      expect(w).toBeCloseTo(start.weights[i]! - 0.1 * backward.gradients[i]!, 15);
    });
    expect(afterAll).toEqual(afterOne);
  });
  it("stays where it starts in no steps", () => {
    const { start, afterAll } = train({ steps: 0 });
    expect(afterAll).toEqual(start);
  });
});

type Eight = [number, number, number, number, number, number, number, number];
