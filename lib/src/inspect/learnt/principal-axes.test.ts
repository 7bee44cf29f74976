import { describe, expect, it } from "vitest";
import { principalAxesOf } from "./principal-axes.ts";

const points = (rows: number[][]) => ({
  count: rows.length,
  dimensions: rows[0]!.length,
  values: rows.flat(),
});

describe("principalAxesOf", () => {
  it("gives the axes of an ellipse that was turned", () => {
    // Along (3, 4) / 5 by -2, 0, 2 and across it by -1, 1, about (10, 20): variances 8/3 and 1.
    const rows = [-2, 0, 2].flatMap((a) =>
      [-1, 1].map((b) => [10 + 0.6 * a - 0.8 * b, 20 + 0.8 * a + 0.6 * b]),
    );
    const { axes, mean, values } = principalAxesOf(points(rows));
    expect(mean.map((x) => Math.round(x * 1e9) / 1e9)).toEqual([10, 20]);
    expect(axes[0]!.variance).toBeCloseTo(8 / 3, 9);
    expect(axes[1]!.variance).toBeCloseTo(1, 9);
    expect(axes[0]!.share).toBeCloseTo(8 / 11, 9);
    for (const [i, direction] of [
      [0.6, 0.8],
      [0.8, -0.6],
    ].entries()) {
      direction.forEach((x, j) => {
        expect(axes[i]!.direction[j]).toBeCloseTo(x, 6);
      });
    }
    expect(values[0]).toBeCloseTo(-2, 6);
    expect(values[1]).toBeCloseTo(1, 6);
  });

  it("keeps directions at right angles, and their variances in order", () => {
    const rows = Array.from({ length: 40 }, (_, i) =>
      Array.from({ length: 6 }, (_, j) => Math.sin(i * (j + 1)) * (6 - j) + Math.cos(i * i)),
    );
    const { axes } = principalAxesOf(points(rows), 6);
    const total = axes.reduce((sum, { share }) => sum + share, 0);
    expect(total).toBeCloseTo(1, 9);
    axes.forEach((a, i) => {
      axes.forEach((b, j) => {
        const product = a.direction.reduce((sum, x, k) => sum + x * b.direction[k]!, 0);
        expect(product).toBeCloseTo(i === j ? 1 : 0, 8);
      });
      if (i > 0) expect(a.variance).toBeLessThanOrEqual(axes[i - 1]!.variance + 1e-9);
    });
  });

  it("gives directions for points that are all the same", () => {
    const { axes, values } = principalAxesOf(
      points([
        [1, 2],
        [1, 2],
      ]),
    );
    expect(axes.map(({ share }) => share)).toEqual([0, 0]);
    expect(Array.from(values)).toEqual([0, 0, 0, 0]);
  });

  it("refuses what are no points", () => {
    expect(() => principalAxesOf(points([[1, Number.NaN]]))).toThrow("expected finite points");
    expect(() => principalAxesOf(points([[1, 2]]), 3)).toThrow(
      "expected most to be a whole number from 1 to 2",
    );
    expect(() => principalAxesOf({ count: 2, dimensions: 2, values: [1] })).toThrow(
      "expected points",
    );
    expect(() => principalAxesOf({ count: 0, dimensions: 2, values: [] })).toThrow(
      "at least one point",
    );
  });
});
