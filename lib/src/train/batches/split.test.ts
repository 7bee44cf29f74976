import { expect, it } from "vitest";
import { trainingRows } from "./split.ts";

it("takes a share as it is written", () => {
  for (const [count, split, left] of [
    [10, 0.8, 2],
    [10, 0.9, 1],
    [100, 0.8, 20],
    [10, 0.3, 7],
    [100, 0.33, 67],
    [10, 0, 10],
    [1, 0.5, 0],
    [60_000, 1 / 6, 50_000],
  ] as const) {
    expect(trainingRows(count, split)).toBe(left);
  }
});

it("is exact for every share in hundredths", () => {
  const wrong: string[] = [];
  for (let count = 1; count <= 1000; count++) {
    for (let percent = 0; percent < 100; percent++) {
      const whole = Math.floor((count * (100 - percent)) / 100);
      const rows = trainingRows(count, percent / 100);
      if (rows !== whole) wrong.push(`${percent} % of ${count}: ${rows}, not ${whole}`);
    }
  }
  expect(wrong).toEqual([]);
});

it("rounds what validation gets up", () => {
  expect(trainingRows(10, 0.33)).toBe(6);
  expect(trainingRows(1_000_000, 1e-6)).toBe(999_999);
  expect(trainingRows(1_000_000, 1.1e-6)).toBe(999_998);
  expect(() => trainingRows(10, 1)).toThrow("a number from 0 to below 1, received 1");
});
