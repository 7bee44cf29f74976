import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { separatingLineOf } from "./separating-line.ts";

const points = (...values: number[]) => ({ count: values.length / 2, dimensions: 2, values });

describe("separatingLineOf", () => {
  it("finds the widest street between two classes", () => {
    const line = separatingLineOf(points(0, 0, 1, 0, 3, 0, 3, 5, 4, 1), [0, 0, 1, 1, 1])!;
    expect(line).toEqual({ normal: [1, 0], offset: 2, margin: 1 });
  });

  it("finds none for exclusive or, and one for and", () => {
    const corners = points(0, 0, 0, 1, 1, 0, 1, 1);
    expect(separatingLineOf(corners, [0, 1, 1, 0])).toBeNull();
    const { normal, offset, margin } = separatingLineOf(corners, [0, 0, 0, 1])!;
    expect(normal[0]).toBeCloseTo(Math.SQRT1_2, 12);
    expect(offset).toBeCloseTo(1.5 * Math.SQRT1_2, 12);
    expect(margin).toBeCloseTo(0.5 * Math.SQRT1_2, 12);
  });

  it.each([
    ["one within the other", points(0, 0, 4, 0, 0, 4, 4, 4, 2, 2), [0, 0, 0, 0, 1]],
    ["segments that cross", points(0, 0, 2, 2, 0, 2, 2, 0), [0, 0, 1, 1]],
    ["a point that both have", points(1, 1, 2, 0, 1, 1), [0, 0, 1]],
    ["points of a line in turn", points(0, 0, 2, 0, 1, 0), [0, 0, 1]],
  ])("finds none for %s", (_, cloud, labels) => {
    expect(separatingLineOf(cloud, labels)).toBeNull();
  });

  it("separates whatever a line has parted, with the largest margin", () => {
    const coordinate = fc.double({ min: -5, max: 5, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(coordinate, coordinate), { minLength: 4, maxLength: 20 }),
        fc.double({ min: 0, max: 6.28, noNaN: true }),
        (cloud, angle) => {
          const [nx, ny] = [Math.cos(angle), Math.sin(angle)];
          const sides = cloud.map(([x, y]) => nx * x + ny * y);
          // Nothing nearer to the line than 0.1, so that rounding does not decide.
          const kept = cloud.filter((_, i) => Math.abs(sides[i]!) > 0.1);
          const labels = kept.map(([x, y]) => (nx * x + ny * y > 0 ? 1 : 0));
          if (new Set(labels).size < 2) return;
          const line = separatingLineOf(points(...kept.flat()), labels)!;
          expect(line.margin).toBeGreaterThan(0.1 - 1e-9);
          kept.forEach(([x, y], i) => {
            const along = line.normal[0] * x + line.normal[1] * y - line.offset;
            expect(labels[i] === 1 ? along : -along).toBeGreaterThan(line.margin - 1e-9);
          });
        },
      ),
    );
  });

  it("refuses what it cannot look at", () => {
    const cloud = points(0, 0, 1, 1);
    expect(() => separatingLineOf(cloud, [1])).toThrow("2 points of 2 dimensions and 1 labels");
    expect(() => separatingLineOf(cloud, [1, 1])).toThrow("points of class 1 and of others");
    expect(() => separatingLineOf({ count: 1, dimensions: 3, values: [1, 2, 3] }, [1])).toThrow(
      "points in the plane",
    );
  });
});
