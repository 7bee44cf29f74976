import { describe, expect, it } from "vitest";
import { pathsOf, spaceFrameOf } from "./frame-of.ts";

describe("a bent plane", () => {
  const grid = Float32Array.of(0, 0, 4, 0, 0, 2, 4, 2);
  const points = Float32Array.of(2, 1, Number.NaN, 1);

  it("has a square around all that is finite", () => {
    const { center, reach } = spaceFrameOf({ grid, points });
    expect(center).toEqual([2, 1]);
    expect(reach).toBeCloseTo(2.08, 12);
    expect(spaceFrameOf({ grid: Float32Array.of(), points: Float32Array.of() }).reach).toBe(1);
  });

  it("has a path for each line, upwards where the second unit grows", () => {
    const paths = pathsOf({ grid, steps: 2 }, { center: [2, 1], reach: 2 });
    expect(paths).toEqual(["M-1.0000 0.5000L1.0000 0.5000", "M-1.0000 -0.5000L1.0000 -0.5000"]);
  });
});
