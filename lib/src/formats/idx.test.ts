// IDX: files written out by hand, round trips, and what cannot be written.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ArgumentError, FileError } from "../checks/errors.ts";
import { decodeIdx, encodeIdx } from "./idx.ts";
import type { StoredTensor } from "./stored-tensor.ts";

describe("decodeIdx", () => {
  it.each<[string, number[], StoredTensor]>([
    [
      "bytes",
      [0, 0, 0x08, 2, 0, 0, 0, 1, 0, 0, 0, 2, 7, 255],
      { dtype: "uint8", shape: [1, 2], data: Uint8Array.of(7, 255) },
    ],
    [
      "signed bytes, as int32",
      [0, 0, 0x09, 1, 0, 0, 0, 2, 0x80, 0x7f],
      { dtype: "int32", shape: [2], data: Int32Array.of(-128, 127) },
    ],
    [
      "16-bit integers, as int32",
      [0, 0, 0x0b, 1, 0, 0, 0, 2, 0xff, 0xfe, 0x01, 0x00],
      { dtype: "int32", shape: [2], data: Int32Array.of(-2, 256) },
    ],
    [
      "32-bit integers",
      [0, 0, 0x0c, 1, 0, 0, 0, 1, 0x80, 0, 0, 1],
      { dtype: "int32", shape: [1], data: Int32Array.of(-(2 ** 31) + 1) },
    ],
    [
      "32-bit floats",
      [0, 0, 0x0d, 1, 0, 0, 0, 1, 0x3f, 0xc0, 0, 0],
      { dtype: "float32", shape: [1], data: Float32Array.of(1.5) },
    ],
    [
      "a 64-bit float without axes",
      [0, 0, 0x0e, 0, 0xc0, 0x1c, 0, 0, 0, 0, 0, 0],
      { dtype: "float64", shape: [], data: Float64Array.of(-7) },
    ],
    [
      "an array without elements",
      [0, 0, 0x0d, 2, 255, 255, 255, 255, 0, 0, 0, 0],
      { dtype: "float32", shape: [2 ** 32 - 1, 0], data: new Float32Array(0) },
    ],
  ])("reads %s", (_, bytes, tensor) => {
    expect(decodeIdx(Uint8Array.from(bytes))).toEqual(tensor);
    expect(decodeIdx(Buffer.from([9, ...bytes]).subarray(1))).toEqual(tensor);
  });

  it("does not copy bytes, which may be many", () => {
    const file = Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 1, 7);
    const { data } = decodeIdx(file);
    expect(data.buffer).toBe(file.buffer);
    expect(data).toEqual(Uint8Array.of(7));
  });

  it("gives other numbers memory of their own", () => {
    const file = Uint8Array.of(0, 0, 9, 1, 0, 0, 0, 1, 7);
    const { data } = decodeIdx(file);
    file.fill(0);
    expect(data).toEqual(Int32Array.of(7));
  });
});

describe("encodeIdx", () => {
  it("writes what decodeIdx reads", () => {
    const numbers = fc.array(fc.double(), { minLength: 6, maxLength: 6 });
    const makers: ((values: number[]) => StoredTensor)[] = [
      (values) => ({ dtype: "uint8", shape: [6], data: Uint8Array.from(values) }),
      (values) => ({ dtype: "int32", shape: [2, 3], data: Int32Array.from(values) }),
      (values) => ({ dtype: "float32", shape: [3, 1, 2], data: Float32Array.from(values) }),
      (values) => ({ dtype: "float64", shape: [1, 6], data: Float64Array.from(values) }),
    ];
    fc.assert(
      fc.property(numbers, fc.constantFrom(...makers), (values, make) => {
        const tensor = make(values);
        expect(decodeIdx(encodeIdx(tensor))).toEqual(tensor);
      }),
    );
  });

  it.each<[string, StoredTensor, string]>([
    [
      "booleans",
      { dtype: "bool", shape: [1], data: Uint8Array.of(1) },
      "idx: the format has no booleans; store uint8",
    ],
    [
      "an axis of 2^32",
      { dtype: "uint8", shape: [2 ** 32, 0], data: new Uint8Array(0) },
      "idx: uint8[4294967296, 0] has too many or too long axes for the format",
    ],
    [
      "a shape that is not that of the data",
      { dtype: "uint8", shape: [3], data: new Uint8Array(2) },
      "idx: expected 3 elements for uint8[3], received 2",
    ],
  ])("refuses %s", (_, tensor, message) => {
    expect(() => encodeIdx(tensor)).toThrow(new ArgumentError(message));
  });

  it("refuses 256 axes", () => {
    const shape = new Array<number>(256).fill(1);
    expect(() => encodeIdx({ dtype: "uint8", shape, data: new Uint8Array(1) })).toThrow(/too many/);
  });
});

it("answers any damage with a FileError or with a tensor, never with a stray error", () => {
  const good = encodeIdx({ dtype: "float32", shape: [2, 3], data: new Float32Array(6) });
  const damage = fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), {
    minLength: 1,
    maxLength: 4,
  });
  fc.assert(
    fc.property(damage, fc.nat(good.length), (changes, length) => {
      const bytes = good.slice(0, length);
      for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
      try {
        decodeIdx(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(FileError);
      }
    }),
    { numRuns: 2000 },
  );
});
