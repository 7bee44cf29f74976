import { describe, expect, it } from "vitest";
import { type DecimalSign, decimalEvidence, NumberReader } from "./numbers.ts";

const utf8 = new TextEncoder();

function read(text: string, decimal: DecimalSign = ".", isAsked = false): number {
  // Amid other bytes, as a cell is.
  const bytes = utf8.encode(`9${text}9`);
  return new NumberReader(decimal, isAsked).read(bytes, 1, bytes.length - 1);
}

it("reads what JavaScript reads, to the bit", () => {
  let seed = 1;
  const random = () => {
    seed = (seed * 16807) % 2147483647;
    return seed / 2147483647;
  };
  for (let i = 0; i < 5000; i++) {
    const value = (random() - 0.5) * 10 ** Math.floor(random() * 40 - 20);
    for (const text of [
      String(value),
      value.toFixed(Math.floor(random() * 15)),
      value.toPrecision(15),
      value.toExponential(6),
    ]) {
      expect(Object.is(read(text), Number(text)) || /^-?\d{16,}$/.test(text)).toBe(true);
    }
  }
});

it.each([
  ["0", 0],
  ["-0", -0],
  ["+5", 5],
  [".5", 0.5],
  ["-.5", -0.5],
  ["5.", 5],
  ["0.10", 0.1],
  ["9007199254740993.5", Number("9007199254740993.5")],
  ["123456789012345678.25", Number("123456789012345678.25")],
  ["1e-7", 1e-7],
  ["2.5E+3", 2500],
  ["1,234", 1234],
  ["-1,234,567.5", -1234567.5],
  ["1 234 567", 1234567],
  ["1'234.5", 1234.5],
  ["$1,234.50", 1234.5],
  ["-$5", -5],
  ["$-5", -5],
  ["5 \u20ac", 5],
  ["\u00a3 7.25", 7.25],
  ["\u22125", -5],
  ["12%", 0.12],
  ["-3.5 %", -0.035],
])("reads %j as %d", (text, value) => {
  expect(read(text)).toBe(value);
});

it.each([
  ...[
    "",
    "-",
    ".",
    "+",
    "1.2.3",
    "1,23",
    "12,34,567",
    "1,2345",
    "1,234 567",
    "1e",
    "e5",
    "1-2",
    "0x10",
    "12a",
    "a12",
  ],
  ...[
    "007",
    "01,234",
    "12345678901234567890",
    "--1",
    "-$-5",
    "$5\u20ac",
    "%",
    "1%%",
    "Infinity",
    "1 2",
    "\u0661",
    "5:30",
  ],
])("takes %j for no number", (text) => {
  expect(read(text)).toBeNaN();
});

it("reads codes as numbers where numbers are asked for", () => {
  expect(read("007", ".", true)).toBe(7);
  expect(read("12345678901234567890", ".", true)).toBe(Number("12345678901234567890"));
});

it.each([
  ["1,5", 1.5],
  ["1.234,5", 1234.5],
  ["1.234", 1234],
  ["1 234,5", 1234.5],
  ["-2,5e3", -2500],
  [",5", 0.5],
  ["1.5", Number.NaN],
  ["1,234.5", Number.NaN],
])("reads %j with a decimal comma as %d", (text, value) => {
  expect(read(text, ",")).toBe(value);
});

describe("what was met", () => {
  it("is counted", () => {
    const reader = new NumberReader(".");
    for (const text of ["12%", "\u20ac5", "1,234", "5,678", "1,234.5"])
      reader.read(utf8.encode(text), 0, utf8.encode(text).length);
    expect(reader).toMatchObject({ percents: 1, currency: "\u20ac", ambiguous: "1,234" });
  });

  it.each([
    ["1.5", "."],
    ["1,5", ","],
    ["1,234", "either"],
    ["1.234", "either"],
    ["0,125", ","],
    ["0.125", "."],
    ["1,234,567", "."],
    ["1.234.567", ","],
    ["1.234,5", ","],
    ["1,234.5", "."],
    ["12", undefined],
    ["1.2.3", undefined],
    ["31.12.2024", undefined],
    ["a,b", undefined],
  ])("tells of the decimal sign: %j", (text, sign) => {
    expect(decimalEvidence(text)).toBe(sign);
  });
});
