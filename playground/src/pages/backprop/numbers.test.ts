import { expect, it } from "vitest";
import { factor, plain, sum } from "./numbers.ts";

it.each([
  [0.25, "0.25"],
  [1, "1"],
  [-0.5, "−0.5"],
  [0, "0"],
  [100, "100"],
  [0.123456, "0.1235"],
  [1e-7, "1e−7"],
  [1.5e12, "1.5e+12"],
  [10203, "10203"],
])("%d is written %s", (value, text) => {
  expect(plain(value)).toBe(text);
});

it("writes factors and sums as one reads them", () => {
  expect(factor(-0.25)).toBe("(−0.25)");
  expect(factor(3)).toBe("3");
  expect(sum([6, -2, 0.5])).toBe("6 − 2 + 0.5");
  expect(plain(null)).toBe("–");
  expect(plain(Number.NaN)).toBe("NaN");
});
