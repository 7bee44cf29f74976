import { describe, expect, it } from "vitest";
import { contourPaths, type Heights, levelsOf, powerOf } from "./contours.ts";
import { cameraOf, flatten, quadsOf } from "./project.ts";

/** Heights of a function over [-1, 1] by [-1, 1]. */
function over(f: (u: number, v: number) => number, count = 21): Heights {
  const at = (i: number) => -1 + (2 * i) / (count - 1);
  const values = Array.from({ length: count * count }, (_, k) =>
    f(at(Math.floor(k / count)), at(k % count)),
  );
  const [least, largest] = [Math.min(...values), Math.max(...values)];
  return { u: [-1, 1], v: [-1, 1], count, values, least, largest };
}

describe("contours", () => {
  it("go around what is higher, where it is", () => {
    // Higher to the right, whatever v: one upright line in the middle.
    const heights = over((u) => u);
    const [path] = contourPaths(heights, [0], (i, j) => [i, j]);
    const numbers = path!.match(/[\d.]+/g)!.map(Number);
    const x = numbers.filter((_, i) => i % 2 === 0);
    const y = numbers.filter((_, i) => i % 2 === 1);
    expect([Math.min(...x), Math.max(...x)]).toEqual([10, 20]);
    expect([Math.min(...y), Math.max(...y)]).toEqual([0, 20]);
  });

  it("take what is not finite for a peak", () => {
    const heights = over((u, v) => (u === 0 && v === 0 ? Number.NaN : 0));
    expect(contourPaths({ ...heights, least: 0, largest: 1 }, [0.5], (i, j) => [i, j])[0]).toMatch(
      /^M/,
    );
  });

  it("are evenly apart, closer below where peaks hide the rest", () => {
    expect(
      levelsOf(
        over((u) => u),
        3,
      ),
    ).toEqual([-0.5, 0, 0.5]);
    const peaked = over((u, v) => Math.exp(8 * (u + v)));
    expect(powerOf(peaked)).toBeLessThan(0.5);
    const [first, second, third] = levelsOf(peaked, 3) as [number, number, number];
    expect(second - first).toBeLessThan(third - second);
    expect(
      levelsOf(
        over(() => 3),
        5,
      ),
    ).toEqual([]);
  });
});

describe("the view", () => {
  it("from above shows the plane, from the side the heights", () => {
    const above = flatten({ azimuth: 0, elevation: 90 }, 0.3, -0.4, 1);
    expect(above.x).toBeCloseTo(0.3, 12);
    expect(above.y).toBeCloseTo(0.4, 12);
    const aside = flatten({ azimuth: 0, elevation: 0 }, 0.3, -0.4, 1);
    expect(aside.y).toBeCloseTo(-0.7, 12);
    expect(flatten({ azimuth: 90, elevation: 0 }, 1, 0, 0).depth).toBeCloseTo(-1, 12);
  });

  it("paints the far before the near", () => {
    const quads = quadsOf(
      over((u, v) => u * v, 9),
      { azimuth: 30, elevation: 35 },
    );
    expect(quads).toHaveLength(64);
    expect(quads.map(({ depth }) => depth)).toEqual(
      quads.map(({ depth }) => depth).sort((a, b) => a - b),
    );
    const { shareOf } = cameraOf(
      over((u, v) => u * v, 9),
      { azimuth: 0, elevation: 0 },
    );
    expect([shareOf(-1), shareOf(0), shareOf(1), shareOf(7)]).toEqual([0, 0.5, 1, 1]);
  });
});
