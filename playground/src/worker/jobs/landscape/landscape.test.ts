/** Landscapes against the books and closed forms. */
import { describe, expect, it } from "vitest";
import type { Jobs, LandscapeSpec } from "../../../protocol/index.ts";
import { runJob } from "../index.ts";

const ask = (asks: Jobs["landscape"]["asks"]) => runJob("landscape", asks, null);
const FIGURE: LandscapeSpec = { kind: "figure49", loss: "negativeLog" };
const SQUARED: LandscapeSpec = { kind: "figure49", loss: "squared" };
const bowl: LandscapeSpec = { kind: "expression", text: "v1^2 + v2^2" };

describe("figure 4.9", () => {
  it("has the figure's corners, range and bend", async () => {
    const { surface, point, names } = await ask({ of: FIGURE, surface: { count: 3 }, at: [0, 0] });
    expect(names).toEqual(["w1", "w2"]);
    expect(surface!.u).toEqual([-5, 5]);
    // Rows of w1, columns of w2.
    const at = (i: number, j: number) => surface!.values[3 * i + j];
    expect(at(2, 2)).toBeCloseTo(0.006943, 6);
    expect(at(2, 0)).toBeCloseTo(4.97348, 5);
    expect(at(0, 2)).toBeCloseTo(0.67656, 5);
    expect(at(0, 0)).toBeCloseTo(0.71002, 5);
    expect(point!.value).toBeCloseTo(Math.LN2, 14);
    expect(point!.eigenvalues).toEqual([expect.closeTo(-0.0976, 4), expect.closeTo(0.1601, 4)]);
    expect(point!.bend).toBe("saddle");
    const squared = await ask({ of: SQUARED, at: [0, 0] });
    expect(squared.point!.eigenvalues).toEqual([
      expect.closeTo(-0.0488, 4),
      expect.closeTo(0.08, 4),
    ]);
    expect(squared.surface).toBeNull();
  });

  it("has no critical point", async () => {
    const window = { u: [-5, 5], v: [-5, 5] } as const;
    const { critical } = await ask({ of: FIGURE, critical: window });
    expect(critical!.points).toEqual([]);
    expect(critical!.searches).toBe(50);
  });
});

describe("a bowl", () => {
  const sgd = (learningRate: number) => ({
    optimizer: { name: "sgd", learningRate },
    start: [1, 1] as const,
    steps: 40,
  });

  it("is descended below 2 / the largest eigenvalue, kept at it, and left beyond", async () => {
    const descents = [0.01, 1, 1.1, 1e9].map(sgd);
    const { point, ways } = await ask({ of: bowl, at: [1, 1], descents });
    expect(point!.eigenvalues).toEqual([2, 2]);
    expect(point!.largestRate).toBe(1);
    // C falls from 2 by 0.0792, which is 0.08 to first order.
    expect(ways[0]!.height[0]! - ways[0]!.height[1]!).toBeCloseTo(0.0792, 10);
    expect(ways[1]!.height[40]).toBeCloseTo(2, 10);
    expect(ways[2]!.height[40]).toBeGreaterThan(1000);
    expect(ways[3]!.lostAt).toBeGreaterThan(10);
    expect(ways[0]!.lostAt).toBeNull();
  });

  it("has its minimum where it is", async () => {
    const { critical } = await ask({ of: bowl, critical: { u: [-2, 2], v: [-2, 2] } });
    expect(critical!.points).toHaveLength(1);
    expect(critical!.points[0]!.bend).toBe("minimum");
    expect(critical!.points[0]!.u).toBeCloseTo(0, 6);
  });

  it("says what is wrong with a formula", async () => {
    await expect(ask({ of: { kind: "expression", text: "a+b+c" } })).rejects.toMatchObject({
      problem: { code: "formulaShape", data: { most: 2, names: ["a", "b", "c"] } },
    });
  });
});

it("has Mazur's error and slopes at his weights", async () => {
  const { point } = await ask({ of: { kind: "mazur" }, at: [0.4, 0.45] });
  expect(point!.value).toBeCloseTo(0.2983711088, 10);
  expect(point!.gradient[0]).toBeCloseTo(0.08216704056, 11);
  expect(point!.gradient[1]).toBeCloseTo(0.08266762785, 11);
});

it("looks at a trained network along its way, at random, and along two weights", async () => {
  for (const plane of ["way", "directions", "weights"] as const) {
    const of = { kind: "xor", plane } as const;
    const { training, surface } = await ask({ of, surface: { count: 5 } });
    expect(training!.u).toHaveLength(61);
    expect(surface!.notFinite).toBe(0);
    const end = await ask({ of, at: [training!.u[60]!, training!.v[60]!] });
    expect(end.point!.value).toBeLessThan(0.1);
    expect(end.point!.value).toBeCloseTo(training!.height[60]!, 10);
  }
});
