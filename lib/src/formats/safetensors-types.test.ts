// Files of other tools: every element type that they use is read exactly, or named as unread.

import { describe, expect, it } from "vitest";
import { ArgumentError, FileError } from "../checks/errors.ts";
import { decodeSafetensors, encodeSafetensors } from "./safetensors.ts";
import type { StoredTensor } from "./stored-tensor.ts";

type Row = readonly [dtype: string, shape: readonly number[], bytes: readonly number[]];

/** A file of tensors by name. */
function file(tensors: Readonly<Record<string, Row>>): Uint8Array {
  let at = 0;
  const header: Record<string, unknown> = {};
  for (const [name, [dtype, shape, { length }]] of Object.entries(tensors)) {
    header[name] = { dtype, shape, data_offsets: [at, at + length] };
    at += length;
  }
  const text = Buffer.from(JSON.stringify(header));
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(text.length));
  const data = Object.values(tensors).map(([, , bytes]) => Buffer.from(bytes));
  return Buffer.concat([size, text, ...data]);
}

/** The numbers of one tensor of a type. */
function read(dtype: string, count: number, bytes: readonly number[]) {
  return decodeSafetensors(file({ w: [dtype, [count], bytes] })).tensors.get("w")!;
}

const little = (...halves: readonly number[]) => halves.flatMap((half) => [half & 255, half >> 8]);

describe("element types", () => {
  it.each<[string, number[], number[]]>([
    ["I8", [0, 127, 128, 255], [0, 127, -128, -1]],
    ["I16", little(300, 0x7fff, 0x8000, 0xffff), [300, 32767, -32768, -1]],
    ["U16", little(300, 0xffff), [300, 65535]],
    ["U32", [255, 255, 255, 127], [2 ** 31 - 1]],
    ["I64", [...Array(8).fill(255), 0, 0, 0, 128, ...Array(4).fill(255)], [-1, -(2 ** 31)]],
    ["U64", [7, 0, 0, 0, 0, 0, 0, 0], [7]],
  ])("%s as int32", (dtype, bytes, numbers) => {
    const { dtype: own, data } = read(dtype, numbers.length, bytes);
    expect([own, [...data]]).toEqual(["int32", numbers]);
  });

  it("F16 as float32: normal, subnormal, zero, infinity and NaN", () => {
    const bits = little(0x3e00, 0xc000, 0x7bff, 0x0400, 0x0001, 0x8000, 0xfc00, 0x7e00, 0x3555);
    const numbers = [1.5, -2, 65504, 2 ** -14, 2 ** -24, -0, Number.NEGATIVE_INFINITY, Number.NaN];
    const { dtype, data } = read("F16", 9, bits);
    expect([dtype, [...data]]).toEqual(["float32", [...numbers, 0.333251953125]]);
  });

  it("BF16 as the float32 that begins with its bits, all 65,536", () => {
    const all = Array.from({ length: 2 ** 16 }, (_, i) => i);
    const floats = new Float32Array(Uint32Array.from(all, (bits) => bits << 16).buffer);
    expect(read("BF16", all.length, little(...all)).data).toEqual(floats);
  });

  it("F8_E5M2 as the F16 that begins with its bits, F8_E4M3 by the table of its paper", () => {
    const all = Array.from({ length: 256 }, (_, i) => i);
    const halves = read("F16", 256, little(...all.map((bits) => bits << 8))).data;
    expect(read("F8_E5M2", 256, all).data).toEqual(halves);
    const bits = [0x01, 0x07, 0x08, 0x38, 0x7e, 0xfe, 0x7f, 0xff, 0x80, 0x78];
    const numbers = [
      2 ** -9,
      0.875 * 2 ** -6,
      2 ** -6,
      1,
      448,
      -448,
      Number.NaN,
      Number.NaN,
      -0,
      256,
    ];
    expect([...read("F8_E4M3", 10, bits).data]).toEqual(numbers);
  });
});

describe("a file of many types", () => {
  const f32 = [0, 0, 192, 63];
  const mixed = file({
    w: ["F32", [1], f32],
    h: ["BF16", [1], [192, 63]],
    z: ["C64", [1], [0, 0, 0, 0, 0, 0, 0, 0]],
    n: ["I64", [], [0, 0, 0, 0, 1, 0, 0, 0]],
  });

  it("is read but for what is unknown, and says what was converted", () => {
    const { n: _, ...small } = { w: ["F32", [1], f32], h: ["BF16", [1], [192, 63]] } as Record<
      string,
      Row
    >;
    const read = decodeSafetensors(file({ ...small, z: ["C64", [1], Array(8).fill(0)] }));
    expect([...read.tensors].map(([name, { data }]) => [name, ...data])).toEqual([
      ["w", 1.5],
      ["h", 1.5],
    ]);
    expect([...read.converted]).toEqual([["h", "BF16"]]);
    expect([...read.unread]).toEqual([["z", "C64"]]);
  });

  it("refuses an integer that does not fit, by name, unless it is not asked for", () => {
    expect(() => decodeSafetensors(mixed)).toThrow(/"n" holds 4294967296, which an int32 cannot/);
    const { tensors } = decodeSafetensors(mixed, { only: ["h"] });
    expect([...tensors.keys()]).toEqual(["h"]);
  });

  it("refuses to read by name what it cannot read, or what is not there", () => {
    const only = (name: string) => () => decodeSafetensors(mixed, { only: [name] });
    expect(only("z")).toThrow(FileError);
    expect(only("z")).toThrow(/"z" has dtype "C64", expected one of F32, F64, /);
    expect(only("W")).toThrow(ArgumentError);
    expect(only("W")).toThrow(/Unknown tensor "W"\. Did you mean "w"\?/);
  });
});

it("refuses what is not bytes, and unknown options", () => {
  expect(() => decodeSafetensors("file" as unknown as Uint8Array)).toThrow(
    /expected the bytes of a/,
  );
  expect(() => decodeSafetensors(file({}), { names: [] } as object)).toThrow(
    /there is no option "names"/,
  );
  const noMap = { w: 1 } as unknown as Parameters<typeof decodeSafetensors>[0];
  expect(() => decodeSafetensors(noMap)).toThrow(ArgumentError);
  expect(decodeSafetensors(new Uint8Array(file({})).buffer).tensors.size).toBe(0);
});

describe("writing element types of files", () => {
  const floats = Float32Array.of(1.5, 0.1, -0, Number.NaN, Number.POSITIVE_INFINITY, 1e-7);
  const tensors = new Map<string, StoredTensor>([
    ["w", { dtype: "float32", shape: [2, 3], data: floats }],
    ["n", { dtype: "int32", shape: [2], data: Int32Array.of(-5, 2 ** 31 - 1) }],
    ["b", { dtype: "bool", shape: [1], data: Uint8Array.of(1) }],
  ]);

  it("rounds floats to F16 and BF16, and leaves all else", () => {
    for (const store of ["F16", "BF16"] as const) {
      const read = decodeSafetensors(encodeSafetensors(tensors, {}, { store }));
      expect([...read.converted]).toEqual([["w", store]]);
      const [tenth, tiny] =
        store === "F16" ? [0.0999755859375, 2 ** -23] : [0.10009765625, 1.0011717677116394e-7];
      expect([...read.tensors.get("w")!.data]).toEqual([
        1.5,
        tenth,
        -0,
        Number.NaN,
        Infinity,
        tiny,
      ]);
      expect(read.tensors.get("n")).toEqual(tensors.get("n"));
      expect(read.tensors.get("b")).toEqual(tensors.get("b"));
    }
  });

  it("writes each tensor as asked by name", () => {
    const bytes = encodeSafetensors(tensors, {}, { store: { n: "I64", w: "BF16" } });
    const read = decodeSafetensors(bytes);
    expect(Object.fromEntries(read.converted)).toEqual({ n: "I64", w: "BF16" });
    expect([...read.tensors.get("n")!.data]).toEqual([-5, 2 ** 31 - 1]);
  });

  it("refuses what does not fit, and unknown names", () => {
    const large = new Map<string, StoredTensor>([
      ["w", { dtype: "float64", shape: [1], data: Float64Array.of(65520) }],
    ]);
    const store = (store: unknown) => () => encodeSafetensors(large, {}, { store } as object);
    expect(store("F16")).toThrow(/tensor "w" holds 65520, which is too large for F16/);
    expect(store("BF16")).not.toThrow();
    expect(store({ w: "I64" })).toThrow(/I64 stores int32 or uint8, received float64/);
    expect(store({ v: "F16" })).toThrow(/Unknown tensor "v"\. Did you mean "w"\?/);
    expect(store("F32")).toThrow(/expected store to be "F16" or "BF16" or "I64", or an object/);
  });

  it("reads integers beyond int32 as float64 where asked, as far as it has them exactly", () => {
    const bytes = (x: bigint) => [...new Uint8Array(BigInt64Array.of(x).buffer)];
    const read = (x: bigint) =>
      decodeSafetensors(file({ n: ["I64", [1], bytes(x)] }), { integers: "float64" }).tensors.get(
        "n",
      );
    const exact = { dtype: "float64", shape: [1], data: Float64Array.of(-(2 ** 53)) };
    expect(read(-(2n ** 53n))).toEqual(exact);
    expect(() => read(2n ** 53n + 1n)).toThrow(
      /"n" holds 9007199254740993, which a float64 cannot hold; name the tensors/,
    );
    expect(() => decodeSafetensors(file({ n: ["I64", [1], bytes(2n ** 40n)] }))).toThrow(
      /or read them with \{ integers: "float64" \}/,
    );
  });
});
