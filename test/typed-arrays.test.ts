/** Typed arrays are equal where each element is the same bits, wherever they are in what is compared. */
import { expect, test } from "vitest";

test.each([
  [Float32Array.of(1, -0, Number.NaN), Float32Array.of(1, -0, Number.NaN)],
  [{ data: [BigInt64Array.of(1n)] }, { data: [BigInt64Array.of(1n)] }],
  [new DataView(new ArrayBuffer(2)), new DataView(new ArrayBuffer(2))],
])("%o is %o", (a, b) => {
  expect(a).toEqual(b);
  expect(a).toStrictEqual(b);
});

test.each([
  [Float32Array.of(0), Float32Array.of(-0)],
  [Float32Array.of(1, 2), Float32Array.of(1)],
  [Float32Array.of(1), Float64Array.of(1)],
  [
    [Int32Array.of(1), Int32Array.of(2)],
    [Int32Array.of(1), Int32Array.of(3)],
  ],
])("%o is not %o", (a, b) => {
  expect(a).not.toEqual(b);
  expect(() => expect(a).toEqual(b)).toThrow("to deeply equal");
});
