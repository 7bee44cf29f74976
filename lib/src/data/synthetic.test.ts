// The plane's sets: balanced, in range, the same for the same seed, and exact without noise.

import { describe, expect, it } from "vitest";
import { ArgumentError } from "../checks/errors.ts";
import type { Dataset } from "./dataset.ts";
import type { SyntheticOptions, SyntheticSet } from "./plane.ts";
import { SYNTHETIC_SETS } from "./synthetic.ts";

interface Row {
  readonly x: number;
  readonly y: number;
  readonly target: number;
}

type Name = keyof typeof SYNTHETIC_SETS;

/** All examples, the training part first. */
function rows({ train, test }: Dataset): Row[] {
  return [train, test].flatMap(({ x, y }) =>
    Array.from({ length: x.shape[0]! }, (_, i) => {
      return { x: x.data[2 * i]!, y: x.data[2 * i + 1]!, target: y.data[i]! };
    }),
  );
}

const clean = { samples: 500, noise: 0, seed: 7 };
const radius = ({ x, y }: Row): number => Math.hypot(x, y);
const near = (a: number, b: number): boolean => Math.abs(a - b) < 1e-5;
const entries = Object.entries(SYNTHETIC_SETS) as [Name, SyntheticSet][];

describe.each(entries)("%s", (name, make) => {
  const classes = name.startsWith("regression") ? null : 2;

  it("has the shapes and types that every set has", () => {
    const set = make({ samples: 11, noise: 0.1, seed: 1, testFraction: 0.25 });
    expect(set.name).toBe(name);
    expect(set.classes).toBe(classes);
    expect(set.train.x).toMatchObject({ dtype: "float32", shape: [8, 2] });
    expect(set.test.x).toMatchObject({ dtype: "float32", shape: [3, 2] });
    const target = classes ? { dtype: "int32", shape: [8] } : { dtype: "float32", shape: [8, 1] };
    expect(set.train.y).toMatchObject(target);
  });

  it("keeps half for testing unless told otherwise, and always one for training", () => {
    expect(make({ ...clean, samples: 100 }).test.x.shape[0]).toBe(50);
    expect(make({ ...clean, testFraction: 0 }).test.x).toMatchObject({ shape: [0, 2] });
    expect(make({ ...clean, samples: 1, testFraction: 0.9 }).train.x.shape[0]).toBe(1);
  });

  it("depends on the seed and on nothing else", () => {
    const noisy = { ...clean, noise: 0.3 };
    expect(make(noisy)).toEqual(make({ ...noisy }));
    expect(rows(make({ ...noisy, seed: 8 }))).not.toEqual(rows(make(noisy)));
  });

  it("is shuffled, so that both parts hold every class or both signs", () => {
    const { train, test } = make(clean);
    for (const { y } of [train, test]) {
      const high = y.data.filter((target) => target > (classes ? 0.5 : 0)).length;
      expect(high / y.data.length).toBeGreaterThan(0.25);
      expect(high / y.data.length).toBeLessThan(0.75);
    }
  });

  it.each<[object, string]>([
    [{ samples: 0 }, "expected samples to be a whole number from 1 to 10000000, received 0"],
    [{ samples: 1.5 }, "expected samples to be a whole number from 1 to 10000000, received 1.5"],
    [
      { samples: 1e9 },
      "expected samples to be a whole number from 1 to 10000000, received 1000000000",
    ],
    [{ samples: "9" }, 'expected samples to be a whole number from 1 to 10000000, received "9"'],
    [{ seed: undefined }, "expected seed, a whole number, received nothing"],
    [
      { sample: 5 },
      'there is no option "sample". Did you mean "samples"? Expected one of: samples, noise, seed, testFraction.',
    ],
    [{ noise: -0.1 }, "expected noise to be a number of 0 or more, received -0.1"],
    [{ noise: Number.NaN }, "expected noise to be a number of 0 or more, received NaN"],
    [{ testFraction: 1 }, "expected testFraction to be a number from 0 to below 1, received 1"],
  ])("refuses %j", (wrong, message) => {
    const options = { ...clean, ...wrong };
    expect(() => make(options as SyntheticOptions)).toThrow(
      new ArgumentError(`${name}: ${message}`),
    );
  });

  it("refuses to be called without options", () => {
    expect(() => make(undefined as never)).toThrow(`${name}: expected an object of options`);
    expect(() => make(100 as never)).toThrow(
      `${name}: expected an object of options, received 100`,
    );
  });

  it("refuses a seed that is not whole", () => {
    expect(() => make({ ...clean, seed: 0.5 })).toThrow(/seed/);
  });
});

describe("classes without noise", () => {
  const count = (all: Row[], target: number): number =>
    all.filter((row) => row.target === target).length;

  it.each<Name>(["circles", "moons", "spirals", "gaussians"])("%s are of equal size", (name) => {
    const even = rows(SYNTHETIC_SETS[name](clean));
    expect([count(even, 0), count(even, 1)]).toEqual([250, 250]);
    const odd = rows(SYNTHETIC_SETS[name]({ ...clean, samples: 501 }));
    expect([250, 251]).toContain(count(odd, 0));
    expect(odd).toHaveLength(501);
  });

  it("the quadrants' are nearly of equal size", () => {
    const all = rows(SYNTHETIC_SETS.quadrants({ ...clean, samples: 4000 }));
    expect(Math.abs(count(all, 1) - 2000)).toBeLessThan(130);
  });
});

describe("geometry without noise", () => {
  it("quadrants: the sign of x * y, nothing near the axes, nothing outside", () => {
    for (const { x, y, target } of rows(SYNTHETIC_SETS.quadrants(clean))) {
      expect(target).toBe(x * y >= 0 ? 1 : 0);
      for (const u of [x, y]) {
        expect(Math.abs(u)).toBeGreaterThanOrEqual(0.299999);
        expect(Math.abs(u)).toBeLessThanOrEqual(5.300001);
      }
    }
  });

  it("circles: a disc of 2.5 and a ring of 3.5 to 5", () => {
    for (const row of rows(SYNTHETIC_SETS.circles(clean))) {
      if (row.target === 1) {
        expect(radius(row)).toBeLessThan(2.50001);
      } else {
        expect(radius(row)).toBeGreaterThan(3.49999);
        expect(radius(row)).toBeLessThan(5.00001);
      }
    }
  });

  it("moons: two half circles of radius 1 with both their ends", () => {
    const all = rows(SYNTHETIC_SETS.moons(clean));
    for (const { x, y, target } of all) {
      const [cx, cy] = target === 0 ? [0, 0] : [1, 0.5];
      expect(Math.hypot(x - cx, y - cy)).toBeCloseTo(1, 5);
      expect((y - cy) * (target === 0 ? 1 : -1)).toBeGreaterThan(-1e-6);
    }
    for (const [x, y, target] of [
      [1, 0, 0],
      [-1, 0, 0],
      [0, 0.5, 1],
      [2, 0.5, 1],
    ] as const) {
      expect(all.some((row) => near(row.x, x) && near(row.y, y) && row.target === target)).toBe(
        true,
      );
    }
  });

  it("spirals: the angle follows from the radius, the arms are half a turn apart", () => {
    for (const row of rows(SYNTHETIC_SETS.spirals(clean))) {
      const r = radius(row);
      expect(r).toBeLessThan(5);
      const angle = 1.75 * 2 * Math.PI * (r / 5) + (row.target === 1 ? 0 : Math.PI);
      expect(row.x).toBeCloseTo(r * Math.sin(angle), 4);
      expect(row.y).toBeCloseTo(r * Math.cos(angle), 4);
    }
  });

  it("gaussians: clouds about (2, 2) and (-2, -2) of variance 0.5, or 4 at noise 0.5", () => {
    for (const [noise, variance] of [
      [0, 0.5],
      [0.5, 4],
    ] as const) {
      const all = rows(SYNTHETIC_SETS.gaussians({ samples: 8000, noise, seed: 3 }));
      for (const target of [0, 1]) {
        const cloud = all.filter((row) => row.target === target);
        const center = target === 1 ? 2 : -2;
        const mean = (of: (row: Row) => number): number =>
          cloud.reduce((sum, row) => sum + of(row), 0) / cloud.length;
        expect(Math.abs(mean((row) => row.x) - center)).toBeLessThan(0.1);
        expect(Math.abs(mean((row) => row.y) - center)).toBeLessThan(0.1);
        expect(mean((row) => (row.x - center) ** 2) / variance).toBeCloseTo(1, 1);
      }
    }
  });

  it("regressionPlane: (x + y) / 10 over [-6, 6] squared", () => {
    for (const { x, y, target } of rows(SYNTHETIC_SETS.regressionPlane(clean))) {
      expect(Math.max(Math.abs(x), Math.abs(y))).toBeLessThanOrEqual(6);
      expect(target).toBeCloseTo((x + y) / 10, 5);
    }
  });

  it("regressionWaves: waves 8 long over [-6, 6] squared", () => {
    for (const { x, y, target } of rows(SYNTHETIC_SETS.regressionWaves(clean))) {
      expect(Math.max(Math.abs(x), Math.abs(y))).toBeLessThanOrEqual(6);
      const wave = (at: number) => Math.sin((2 * Math.PI * at) / 8);
      expect(target).toBeCloseTo(wave(x) * wave(y + 2), 5);
    }
  });

  it("regressionGaussian: six cones of alternating sign, flat between them", () => {
    const all = rows(SYNTHETIC_SETS.regressionGaussian({ ...clean, samples: 4000 }));
    const signs = new Set<string>();
    for (const { x, y, target } of all) {
      const cx = 4 * Math.round(x / 4);
      const cy = y > 0 ? 2.5 : -2.5;
      const sign = (cx === 0 ? -1 : 1) * Math.sign(cy);
      const height = Math.max(0, 1 - Math.hypot(x - cx, y - cy) / 2);
      expect(target).toBeCloseTo(sign * height, 5);
      if (height > 0.5) signs.add(`${cx} ${cy} ${Math.sign(target)}`);
    }
    expect(signs.size).toBe(6);
  });
});

describe("noise", () => {
  it("moves labels of quadrants and circles, and leaves the points in their range", () => {
    for (const name of ["quadrants", "circles"] as const) {
      const all = rows(SYNTHETIC_SETS[name]({ ...clean, noise: 0.5 }));
      const wrong = all.filter((row) => {
        const right = name === "quadrants" ? row.x * row.y >= 0 : radius(row) < 3;
        return (right ? 1 : 0) !== row.target;
      });
      expect(wrong.length).toBeGreaterThan(20);
      expect(wrong.length).toBeLessThan(250);
      for (const row of all) expect(Math.max(Math.abs(row.x), Math.abs(row.y))).toBeLessThan(5.31);
    }
  });

  it("moves points of the moons normally and of the spirals by no more than its size", () => {
    const off = rows(SYNTHETIC_SETS.moons({ samples: 4000, noise: 0.1, seed: 5 })).map((row) => {
      const [cx, cy] = row.target === 0 ? [0, 0] : [1, 0.5];
      return (Math.hypot(row.x - cx, row.y - cy) - 1) ** 2;
    });
    const deviation = Math.sqrt(off.reduce((sum, square) => sum + square, 0) / off.length);
    expect(Math.abs(deviation - 0.1)).toBeLessThan(0.01);
    for (const row of rows(SYNTHETIC_SETS.spirals({ ...clean, noise: 0.5 }))) {
      expect(radius(row)).toBeLessThan(5 + 0.5 * Math.SQRT2);
    }
  });
});
