import { describe, expect, it } from "vitest";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { add, cos, square, sub } from "../../tensor/elementwise.ts";
import { at } from "../../tensor/indexing.ts";
import { key, normal } from "../../tensor/random.ts";
import { sum } from "../../tensor/reduce.ts";
import { bendOf, criticalPointsOf, curvatureAt, eigenOf } from "../index.ts";

describe("eigenOf", () => {
  it("has the eigenvalues of a matrix that one can do by hand", () => {
    const { values, vectors } = eigenOf([
      [2, 1],
      [1, 2],
    ]);
    expect(values[0]).toBeCloseTo(1, 14);
    expect(values[1]).toBeCloseTo(3, 14);
    expect(Math.abs(vectors[1]![0]! - vectors[1]![1]!)).toBeLessThan(1e-14);
  });

  it("makes the matrix again of its values and vectors", () => {
    const n = 12;
    const { data } = normal(key(5), [n, n], { dtype: "float64" });
    const matrix = Array.from({ length: n }, (_, i) =>
      Array.from({ length: n }, (__, j) => data[i * n + j]! + data[j * n + i]!),
    );
    const { values, vectors } = eigenOf(matrix);
    expect(values).toEqual([...values].sort((a, b) => a - b));
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        const again = values.reduce(
          (s, value, k) => s + value * vectors[k]![i]! * vectors[k]![j]!,
          0,
        );
        expect(again).toBeCloseTo(matrix[i]![j]!, 11);
      }
    }
  });

  it.each([
    [
      [
        [1, 2],
        [3, 1],
      ],
    ],
    [[[Number.NaN]]],
    [[[1, 2]]],
  ])("refuses %j", (matrix) => {
    expect(() => eigenOf(matrix)).toThrow("expected matrix to be a symmetric matrix");
  });
});

/** y of figure 4.9 */
const output = (p: Tensor) => at(p, 1).mul(at(p, 0).sigmoid()).sigmoid();
const negativeLog = (p: Tensor) => output(p).log().neg();
const squared = (p: Tensor) => square(sub(1, output(p)));

describe("curvatureAt", () => {
  it.each([
    ["cross-entropy", negativeLog, [-0.0976, 0.1601], -0.25],
    ["squared error", squared, [-0.0488, 0.08], -0.125],
  ] as const)(
    "figure 4.9, %s: at (0, 0) it bends both ways, and is not flat",
    (_, f, eigen, slope) => {
      const { eigenvalues, bend, gradient } = curvatureAt(f, [0, 0]);
      expect(eigenvalues.map((x) => Number(x.toFixed(4)))).toEqual(eigen);
      expect(bend).toBe("saddle");
      expect(gradient).toEqual([-0, slope]);
    },
  );

  it("refuses points and Hessians that are not finite", () => {
    expect(() => curvatureAt(negativeLog, [])).toThrow("expected point to be a point");
    expect(() => curvatureAt((p) => at(p, 0).log(), [0])).toThrow(
      "at (0) the function or one of its derivatives is not finite",
    );
  });

  it("names bends by their signs", () => {
    expect(bendOf([1, 2])).toBe("minimum");
    expect(bendOf([-1, -2])).toBe("maximum");
    expect(bendOf([-1, 2])).toBe("saddle");
    expect(bendOf([0, 2])).toBe("flat");
    expect(bendOf([-1e-9, 2])).toBe("flat");
    expect(bendOf([0, 0])).toBe("flat");
  });
});

describe("criticalPointsOf", () => {
  it("finds all nine of Himmelblau's function", () => {
    const himmelblau = (p: Tensor) => {
      const [x, y] = [at(p, 0), at(p, 1)];
      return square(x.mul(x).add(y).sub(11)).add(square(x.add(y.mul(y)).sub(7)));
    };
    const starts = [-4, -2, 0, 2, 4].flatMap((x) => [-4, -2, 0, 2, 4].map((y) => [x, y]));
    const { points } = criticalPointsOf(himmelblau, { starts });
    expect(points.map(({ bend }) => bend)).toEqual([
      ...Array<string>(4).fill("minimum"),
      ...Array<string>(4).fill("saddle"),
      "maximum",
    ]);
    expect(points[8]!.value).toBeCloseTo(181.6165, 4);
    expect(points[8]!.point[0]).toBeCloseTo(-0.270845, 6);
    expect(points[8]!.point[1]).toBeCloseTo(-0.923039, 6);
    const minima = points.slice(0, 4).map(({ point }) => point.map((x) => Number(x.toFixed(4))));
    expect(minima.sort((a, b) => b[0]! - a[0]!)).toEqual([
      [3.5844, -1.8481],
      [3, 2],
      [-2.8051, 3.1313],
      [-3.7793, -3.2832],
    ]);
  });

  it.each([
    ["cross-entropy", negativeLog],
    ["squared error", squared],
  ])("finds none on figure 4.9, %s: every search runs off", (_, f) => {
    const starts = { dimensions: 2, count: 12, spread: 3, seed: 1 };
    const { points, ranOff, stuck } = criticalPointsOf(f, { starts });
    expect(points).toEqual([]);
    expect(ranOff.length + stuck).toBe(24);
    expect(ranOff.length).toBeGreaterThan(20);
  });

  it("stays in valleys, and counts what starts lead to a point", () => {
    const valley = criticalPointsOf((p) => square(at(p, 0)), { starts: [[3, 1]] });
    expect(valley.points).toMatchObject([{ bend: "flat", found: 2 }]);
    expect(valley.points[0]!.point[0]).toBeCloseTo(0, 9);
    expect(valley.points[0]!.point[1]).toBe(1);
    const wave = criticalPointsOf((p) => sum(cos(p)), { starts: [[3], [3.3]] });
    expect(wave.points).toMatchObject([{ bend: "minimum", found: 4 }]);
    expect(wave.points[0]!.point[0]).toBeCloseTo(Math.PI, 9);
  });

  it("says that it is stuck where nothing is finite or nothing is 0", () => {
    const { stuck, points } = criticalPointsOf((p) => add(at(p, 0).log(), 0), { starts: [[-1]] });
    expect([stuck, points]).toEqual([2, []]);
  });

  it.each([
    [{}, "expected starts"],
    [{ starts: { dimensions: 2 } }, "criticalPointsOf: starts: expected count"],
    [{ starts: [[]] }, "expected starts to be"],
    [{ starts: [[1]], reach: 0 }, "expected reach"],
  ])("refuses %j", (options, message) => {
    expect(() => criticalPointsOf(squared, options as never)).toThrow(message);
  });
});
