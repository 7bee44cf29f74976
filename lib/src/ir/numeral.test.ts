import { expect, test } from "vitest";
import { halfToEven, shortest, showData, showNumber } from "./numeral.ts";

test.each([
  [0.1, 0.1],
  [1 / 3, 0.33333334],
  [16777217, 16777216],
  [5698.78125, 5698.7812], // a tie between ...12 and ...13 goes to the even digit
  [1.17549435e-38, 1.1754944e-38],
  [1e-45, 1e-45], // below normal range six digits are too many
  [-0, -0],
  [Number.NaN, Number.NaN],
])("the float32 nearest to %d is written %d", (x, expected) => {
  expect(shortest(Math.fround(x), "float32")).toBe(expected);
});

test("every float32 reads back from its shortest digits", () => {
  const bits = new Uint32Array(1);
  const float = new Float32Array(bits.buffer);
  const others: number[] = [];
  for (let i = 0; i < 20_000; i++) {
    bits[0] = Math.imul(i, 0x9e3779b1);
    const x = float[0]!;
    if (!Object.is(Math.fround(shortest(x, "float32")), x)) others.push(x);
  }
  expect(others).toEqual([]);
});

test("float64 is left alone", () => {
  expect(shortest(Math.fround(0.1), "float64")).toBe(0.10000000149011612);
});

test("numbers as text", () => {
  const texts = [0.5, -0, 1e-7, Number.NaN, -Infinity].map((x) => showNumber(x, "float32"));
  expect(texts).toEqual(["0.5", "-0", "1e-7", "nan", "-inf"]);
  expect(showNumber(1, "bool")).toBe("true");
  expect(showNumber(-3, "int32")).toBe("-3");
});

test("exact halves go to the even digit, others as they are", () => {
  expect(halfToEven((2.5).toFixed(0), (2.5).toFixed(20))).toBe("2");
  expect(halfToEven((3.5).toFixed(0), (3.5).toFixed(20))).toBe("4");
  expect(halfToEven((0.15).toFixed(1), (0.15).toFixed(40))).toBe("0.1"); // 0.15 is a little less
  expect(halfToEven("1.23456789e+9", "1.234567885000e+9")).toBe("1.23456788e+9");
});

test("data on one line", () => {
  const data = new Float32Array([1, 2, 3, 4]);
  expect(showData(data, { dtype: "float32", shape: [2, 2] })).toBe("[[1, 2], [3, 4]]");
  expect(showData(data.subarray(0, 1), { dtype: "float32", shape: [] })).toBe("1");
  expect(showData(data, { dtype: "float32", shape: [4] }, 3)).toBe("[1, 2, 3, ...]");
  expect(showData(data.subarray(0, 0), { dtype: "float32", shape: [2, 0] })).toBe("[]");
});
