import { describe, expect, it } from "vitest";
import {
  digitsOf,
  formatAnswer,
  formatFixed,
  formatGiven,
  formatNumber,
  formatPercent,
  formatSetting,
  parseNumber,
} from "./numbers.ts";

describe("numbers", () => {
  it.each([
    [0.29837110876, 4, "0.2984"],
    [0.29837110876, 9, "0.298371109"],
    [-0.5, 4, "−0.5000"],
    [0, 4, "0"],
    [12345.678, 4, "12346"],
    [1234567, 4, "1.235e+6"],
    [-2.5e-7, 4, "−2.500e−7"],
    [Number.NaN, 4, "–"],
    [null, 4, "–"],
    [-Infinity, 4, "−∞"],
  ])("shows %d with %d digits as %s", (value, digits, text) => {
    expect(formatNumber(value, digits)).toBe(text);
  });
  it("keeps columns even", () => {
    expect([-1.005, 2, 33.333].map((v) => formatFixed(v))).toEqual(["−1.00", "2.00", "33.33"]);
    expect(formatPercent(0.935)).toBe("93.5 %");
  });
  it.each([
    ["0.5", 0.5],
    ["0,5", 0.5],
    ["−3", -3],
    ["1/3", 1 / 3],
    [" 2e-3 ", 0.002],
    ["", null],
    ["1/", null],
    ["/2", null],
    ["1/0", null],
    ["1/2/3", null],
    ["abc", null],
  ])('reads "%s" as %s', (text, value) => {
    expect(parseNumber(text)).toBe(value);
  });
});

describe("numbers that were given", () => {
  it("are shown as they were given, and others with four digits", () => {
    expect([0.5, 2, -0.25, 0, 0.1 + 0.2].map((x) => formatGiven(x))).toEqual([
      "0.5",
      "2",
      "−0.25",
      "0",
      "0.3000",
    ]);
    expect(formatGiven(undefined)).toBe("–");
    expect(formatGiven(1e-7)).toBe("1.000e−7");
  });
});

it("rounds what is read, and never what was chosen", () => {
  expect([1 / 3, 123456789].map((x) => formatGiven(x))).toEqual(["0.3333", "1.235e+8"]);
  expect([1 / 3, 123456789].map(formatSetting)).toEqual(["0.333333333333", "123456789"]);
});

it("shows what was typed as short as it is", () => {
  expect([0.5, 4294967295, -0.0003, 0.1 + 0.2, 1e-9, Number.NaN].map(formatSetting)).toEqual([
    "0.5",
    "4294967295",
    "−0.0003",
    "0.3",
    "1e−9",
    "–",
  ]);
});

describe("results", () => {
  it("are whole where they count, and have their digits where not", () => {
    expect([3, 23860, -2, 0.5].map((x) => formatAnswer(x, 5))).toEqual([
      "3",
      "23860",
      "−2",
      "0.50000",
    ]);
    expect(formatAnswer(undefined)).toBe("–");
  });
  it("take as many digits as they are written with", () => {
    expect([2, 10, 0.5, -0.25, 1.0986, 1 / 3].map((x) => digitsOf(x))).toEqual([1, 1, 1, 2, 5, 5]);
  });
});
