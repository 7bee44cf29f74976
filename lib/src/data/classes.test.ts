// Sets of any number of classes: balanced, in range, the same for the same seed, and exact without noise.

import { describe, expect, it } from "vitest";
import { CLASS_SETS } from "./classes.ts";
import type { Dataset } from "./dataset.ts";
import type { ClassSet } from "./plane.ts";

const entries = Object.entries(CLASS_SETS) as [keyof typeof CLASS_SETS, ClassSet][];
const clean = { samples: 300, noise: 0, seed: 7 };

function rows({ train, test }: Dataset) {
  return [train, test].flatMap(({ x, y }) =>
    Array.from({ length: x.shape[0]! }, (_, i) => {
      const [px, py] = [x.data[2 * i]!, x.data[2 * i + 1]!];
      // The angle from straight up, to the right, as a share of a turn.
      const turn = (Math.atan2(px, py) / (2 * Math.PI) + 1) % 1;
      return { radius: Math.hypot(px, py), turn, x: px, y: py, target: y.data[i]! };
    }),
  );
}

describe.each(entries)("%s", (name, make) => {
  it("has three classes unless told otherwise, each of as many points", () => {
    const set = make({ ...clean, samples: 20, testFraction: 0.25 });
    expect(set).toMatchObject({ name, classes: 3 });
    expect(set.train.x).toMatchObject({ dtype: "float32", shape: [15, 2] });
    expect(set.test.y).toMatchObject({ dtype: "int32", shape: [5] });
    const counts = (classes: number, samples: number) => {
      const found = rows(make({ ...clean, samples, classes }));
      return Array.from(
        { length: classes },
        (_, which) => found.filter(({ target }) => target === which).length,
      );
    };
    expect(counts(3, 20)).toEqual([7, 7, 6]);
    expect(counts(8, 40)).toEqual([5, 5, 5, 5, 5, 5, 5, 5]);
  });

  it("depends on the seed and on nothing else", () => {
    const noisy = { ...clean, noise: 0.3, classes: 4 };
    expect(make(noisy)).toEqual(make({ ...noisy }));
    expect(rows(make({ ...noisy, seed: 8 }))).not.toEqual(rows(make(noisy)));
  });

  it.each([
    [{ classes: 1 }, "expected classes to be a whole number from 2 to 8, received 1"],
    [{ classes: 9 }, "expected classes to be a whole number from 2 to 8, received 9"],
    [{ class: 3 }, 'there is no option "class". Did you mean "classes"?'],
    [{ samples: 0 }, "expected samples to be a whole number from 1 to"],
  ])("refuses %j", (wrong, message) => {
    expect(() => make({ ...clean, ...wrong } as never)).toThrow(`${name}: ${message}`);
  });
});

it("arms turn by three quarters on their way out, a third of a turn apart", () => {
  for (const { radius, turn, target } of rows(CLASS_SETS.arms(clean))) {
    if (radius === 0) continue;
    const wanted = (target / 3 + (0.75 * radius) / 5) % 1;
    const apart = Math.abs(turn - wanted);
    expect(Math.min(apart, 1 - apart)).toBeLessThan(1e-5);
    expect(radius).toBeLessThan(5);
  }
});

it("rings are as wide as the gaps between them", () => {
  for (const { radius, target } of rows(CLASS_SETS.rings({ ...clean, classes: 4 }))) {
    expect(radius).toBeGreaterThanOrEqual((10 * target) / 7 - 1e-5);
    expect(radius).toBeLessThanOrEqual((10 * target + 5) / 7 + 1e-5);
  }
});

it("blobs have their means on a circle of 3.5, and the variance that noise gives", () => {
  const all = rows(CLASS_SETS.blobs({ samples: 8000, noise: 0.1, seed: 3, classes: 4 }));
  const right = all.filter(({ target }) => target === 1);
  const mean = right.reduce((sum, { x }) => sum + x, 0) / right.length;
  const variance = right.reduce((sum, { x }) => sum + (x - mean) ** 2, 0) / right.length;
  // 2000 draws: four deviations of a mean and of a variance.
  expect(Math.abs(mean - 3.5)).toBeLessThan(4 * Math.sqrt(1.2 / 2000));
  expect(Math.abs(variance - 1.2)).toBeLessThan(4 * 1.2 * Math.sqrt(2 / 2000));
});
