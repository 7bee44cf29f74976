// Changed pictures: exact where a change is by whole pixels or quarter turns, in bounds elsewhere.

import { describe, expect, it } from "vitest";
import type { NdArray } from "../../ops/define.ts";
import { Rng } from "../random.ts";
import { type AugmentOptions, augment, augmented } from "./augment.ts";
import { elasticField } from "./elastic.ts";
import { expandShifts } from "./expand.ts";
import { cutmix, mixup } from "./mix.ts";
import { warpInto } from "./pictures.ts";

const picture = (shape: readonly number[], data: readonly number[]): NdArray => ({
  dtype: "float32",
  shape,
  data: Float32Array.from(data),
});
const NINE = picture([1, 3, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9]);
const MANY = picture(
  [50, 8, 8],
  Array.from({ length: 3200 }, (_, i) => ((i * 37) % 101) / 101),
);

describe("warpInto()", () => {
  const warped = (warp: (r: number, c: number) => [number, number]) => {
    const out = new Float32Array(9);
    warpInto(out, NINE.data, { height: 3, width: 3, channels: 1 }, 0, warp);
    return [...out];
  };

  it("shifts by whole pixels, halves and quarter turns", () => {
    expect(warped((r, c) => [r, c - 1])).toEqual([0, 1, 2, 0, 4, 5, 0, 7, 8]);
    expect(warped((r, c) => [r + 0.5, c])).toEqual([2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 3.5, 4, 4.5]);
    expect(warped((r, c) => [c, 2 - r])).toEqual([3, 6, 9, 2, 5, 8, 1, 4, 7]);
  });
});

describe("augment()", () => {
  it("flips always at 1, and never at 0", () => {
    expect([...augment(NINE, { flip: 1 }).data]).toEqual([3, 2, 1, 6, 5, 4, 9, 8, 7]);
    expect([...augment(NINE, { flip: 0 }).data]).toEqual([...NINE.data]);
    expect([...augment(NINE, {}).data]).toEqual([...NINE.data]);
  });

  it.each<AugmentOptions>([
    { shift: 2 },
    { rotate: 15 },
    { skew: 0.3 },
    { elastic: { alpha: 6, sigma: 2 } },
    { cutout: 3 },
    { flip: 0.5 },
  ])("%j follows from the seed, and keeps numbers in their range", (options) => {
    const one = augment(MANY, options, 1);
    expect([...one.data]).toEqual([...augment(MANY, options, 1).data]);
    expect([...one.data]).not.toEqual([...augment(MANY, options, 2).data]);
    expect([...one.data]).not.toEqual([...MANY.data]);
    expect(Math.min(...one.data)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...one.data)).toBeLessThanOrEqual(1);
  });

  it("turns by up to so many degrees: the middle stays", () => {
    const turned = augment(NINE, { rotate: 45 }, 3);
    expect(turned.data[4]).toBeCloseTo(5, 6);
  });

  it("cuts one square out, inside or across the edge", () => {
    const ones = picture([200, 6, 6], new Array(7200).fill(1));
    const { data } = augment(ones, { cutout: 2 }, 4);
    const holes = Array.from(
      { length: 200 },
      (_, i) => [...data.subarray(i * 36, i * 36 + 36)].filter((v) => v === 0).length,
    );
    expect(new Set(holes)).toEqual(new Set([1, 2, 4]));
  });

  it("makes floats of bytes, and reads square rows and channels", () => {
    const bytes: NdArray = { dtype: "uint8", shape: [1, 4], data: Uint8Array.of(1, 2, 3, 4) };
    const flipped = augment(bytes, { flip: 1 });
    expect(flipped.dtype).toBe("float32");
    expect([...flipped.data]).toEqual([2, 1, 4, 3]);
    const colours = picture([1, 1, 2, 3], [1, 2, 3, 4, 5, 6]);
    expect([...augment(colours, { flip: 1 }).data]).toEqual([4, 5, 6, 1, 2, 3]);
  });

  it.each([
    [picture([2, 3], [1, 2, 3, 4, 5, 6]), {}, "augment: expected pictures [n, height, width]"],
    [NINE, { shift: -1 }, "expected shift to be a number of 0 or more"],
    [NINE, { rotation: 3 }, 'there is no option "rotation"'],
    [NINE, { elastic: { alpha: 3 } }, "expected elastic to be { alpha, sigma }"],
    [NINE, { flip: 2 }, "from 0 to 1"],
  ])("%# is refused", (pictures, options, text) => {
    expect(() => augment(pictures, options as AugmentOptions)).toThrow(text);
  });
});

it("an elastic field is smooth, and as large as Gaussian smoothing leaves it", () => {
  const [alpha, sigma] = [10, 3];
  const field = elasticField(new Rng(1), 60, 60, { alpha, sigma });
  let [squares, steps] = [0, 0];
  for (let row = 15; row < 45; row++) {
    for (let column = 15; column < 45; column++) {
      squares += field(row, column)[0] ** 2;
      steps += (field(row, column)[0] - field(row, column + 1)[0]) ** 2;
    }
  }
  // Variance 1/3 of each number, times the sum of squared weights, 1 / (4 pi sigma^2).
  const expected = alpha * Math.sqrt(1 / 3 / (4 * Math.PI * sigma ** 2));
  expect(Math.sqrt(squares / 900)).toBeGreaterThan(0.6 * expected);
  expect(Math.sqrt(squares / 900)).toBeLessThan(1.5 * expected);
  expect(steps / squares).toBeLessThan(0.1);
});

it("batches of an epoch are the same again, and others in the next", () => {
  const y: NdArray = {
    dtype: "int32",
    shape: [50],
    data: Int32Array.from({ length: 50 }, (_, i) => i),
  };
  const source = augmented({ x: MANY, y }, { shift: 1, batchSize: 20, seed: 7 });
  const epoch = (n: number) => [...source(n)].map(([x, labels]) => [...x.data, ...labels.data]);
  expect(epoch(0)).toEqual(epoch(0));
  expect(epoch(0)).not.toEqual(epoch(1));
  expect(epoch(0).map((batch) => batch.length)).toEqual([20 * 65, 20 * 65, 10 * 65]);
  const labels = [...source(3)].flatMap(([, own]) => [...own.data]);
  expect(labels.sort((a, b) => a - b)).toEqual([...y.data]);
  expect(() => augmented({ x: MANY, y }, { batch: 3 } as never)).toThrow(
    'there is no option "batch"',
  );
});

it("expandShifts() makes five of one, as expand_mnist.py does", () => {
  const y: NdArray = { dtype: "int32", shape: [1], data: Int32Array.of(4) };
  const { x, y: targets } = expandShifts({ x: NINE, y });
  expect(x.shape).toEqual([5, 3, 3]);
  expect([...targets.data]).toEqual([4, 4, 4, 4, 4]);
  const copies = [0, 1, 2, 3, 4].map((i) => [...x.data.subarray(i * 9, i * 9 + 9)]);
  expect(copies).toEqual([
    [1, 2, 3, 4, 5, 6, 7, 8, 9],
    [4, 5, 6, 7, 8, 9, 0, 0, 0],
    [0, 0, 0, 1, 2, 3, 4, 5, 6],
    [2, 3, 0, 5, 6, 0, 8, 9, 0],
    [0, 1, 2, 0, 4, 5, 0, 7, 8],
  ]);
  expect([...expandShifts({ x: NINE, y }, 3).x.data.subarray(9)]).toEqual(new Array(36).fill(0));
});

it("mixup() keeps what adds up, and mixes targets like inputs", () => {
  const labels: NdArray = {
    dtype: "int32",
    shape: [50],
    data: Int32Array.from({ length: 50 }, (_, i) => i % 3),
  };
  const x = picture(
    [50, 3],
    [...labels.data].flatMap((label) => [0, 1, 2].map((i) => +(i === label))),
  );
  const mixed = mixup({ x, y: labels }, 3, { alpha: 1, seed: 2 });
  expect(mixed.y.shape).toEqual([50, 3]);
  expect([...mixed.y.data]).toEqual([...mixed.x.data]);
  for (let i = 0; i < 50; i++) {
    const [a, b, c] = mixed.y.data.subarray(i * 3, i * 3 + 3);
    expect(a! + b! + c!).toBeCloseTo(1, 6);
  }
  expect([...mixed.y.data].some((share) => share > 0.1 && share < 0.9)).toBe(true);
  expect(() => mixup({ x, y: labels }, 2)).toThrow(
    "expected class numbers from 0 to 1, received 2 for example 2",
  );
  expect(() => mixup({ x, y: labels }, 3, { alpha: 0 })).toThrow(
    "expected alpha to be a number above 0",
  );
});

it("cutmix() puts a box of one picture in another, and the target is by the area that is left", () => {
  const [rows, height, width] = [60, 6, 9];
  // Of each picture all pixels say which it is.
  const x = picture(
    [rows, height, width, 2],
    Array.from({ length: rows * height * width * 2 }, (_, i) =>
      Math.floor(i / (height * width * 2)),
    ),
  );
  const y = picture(
    [rows, 1],
    Array.from({ length: rows }, (_, i) => i),
  );
  const mixed = cutmix({ x, y }, null, { seed: 5 });
  const shares: number[] = [];
  for (let row = 0; row < rows; row++) {
    const size = height * width * 2;
    const own = [...mixed.x.data.subarray(row * size, (row + 1) * size)];
    const foreign = [...new Set(own)].filter((value) => value !== row);
    expect(foreign.length).toBeLessThanOrEqual(1);
    const places = own.flatMap((value, i) => (value === row ? [] : [Math.floor(i / 2)]));
    const [lines, columns] = [
      places.map((i) => Math.floor(i / width)),
      places.map((i) => i % width),
    ].map((list) => new Set(list));
    expect(places.length).toBe(2 * lines!.size * columns!.size); // a box, in both channels
    const left = 1 - (lines!.size * columns!.size) / (height * width);
    shares.push(left);
    expect(mixed.y.data[row]).toBeCloseTo(left * row + (1 - left) * (foreign[0] ?? row), 4);
  }
  expect(Math.min(...shares)).toBeLessThan(0.4);
  expect(Math.max(...shares)).toBeGreaterThan(0.9);
  expect(cutmix({ x, y }, null, { seed: 5 }).x.data).toEqual(mixed.x.data);
  const labels: NdArray = { dtype: "int32", shape: [rows], data: new Int32Array(rows).fill(1) };
  expect([...cutmix({ x, y: labels }, 2).y.data.slice(0, 4)]).toEqual([0, 1, 0, 1]);
  expect(() => cutmix({ x, y: labels }, 1)).toThrow("cutmix: expected class numbers from 0 to 0");
  expect(() => cutmix({ x: y, y }, null)).not.toThrow(); // a side of 1
  const three = picture([3, 1], [1, 2, 3]);
  expect(() => cutmix({ x: picture([3, 2], [1, 2, 3, 4, 5, 6]), y: three }, null)).toThrow(
    "cutmix: expected pictures",
  );
});
