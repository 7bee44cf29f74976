// NPY files of NumPy itself read and written to the byte, and broken ones refused.

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { decodeNpy, encodeNpy, npyLength } from "./npy.ts";
import type { StoredTensor } from "./stored-tensor.ts";

interface Golden {
  readonly cases: readonly {
    readonly name: string;
    readonly values: readonly number[];
    readonly shape: readonly number[];
    readonly file: string;
  }[];
  readonly refused: readonly {
    readonly name: string;
    readonly file: string;
    readonly says: string;
  }[];
  readonly written: Readonly<Record<string, string>>;
}
const golden: Golden = JSON.parse(
  readFileSync(new URL("golden/npy.json", import.meta.url), "utf8"),
);
const bytes = (file: string) => Uint8Array.from(Buffer.from(file, "base64"));

describe("decodeNpy", () => {
  it.each(golden.cases)("reads $name", ({ values, shape, file }) => {
    const found = decodeNpy(bytes(file));
    expect([found.shape, Array.from(found.data)]).toEqual([shape, values]);
    expect(npyLength(bytes(file))).toBe(bytes(file).length);
  });

  it("keeps types as near as there are", () => {
    const dtypes = golden.cases.map(({ name, file }) => [name, decodeNpy(bytes(file)).dtype]);
    expect(Object.fromEntries(dtypes)).toMatchObject({
      ...{ "<b1": "bool", "<u1": "uint8", "<i1": "int32", "<u2": "int32", ">i8": "int32" },
      ...{ "<f2": "float32", ">f4": "float32", "<f8": "float64" },
    });
  });

  it.each(golden.refused)("refuses $name", ({ file, says }) => {
    expect(() => decodeNpy(bytes(file))).toThrow(says);
  });

  /** A file with this header, and 8 bytes of data. */
  function headed(header: string, length = header.length, version = 1): Uint8Array {
    const start = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, version, 0, length & 255, length >> 8];
    return Uint8Array.from([...start, ...new TextEncoder().encode(header), 0, 0, 0, 0, 0, 0, 0, 0]);
  }
  const dict = (descr: string, shape: string, order = "False") =>
    `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': (${shape}), }\n`;

  it.each([
    ["", /bad magic/],
    ["PK", /bad magic/],
    [headed(dict("<f4", "2,"), 5000), /the header is cut short: expected 5000 bytes/],
    [headed(dict("<f4", "2,"), 60_000), /a header of 60000 bytes, expected at most 10000/],
    [headed(dict("<f4", "2,"), 20), /the header is damaged: expected a dict/],
    [headed(dict("<f4", "2,"), 0, 9), /version 9 of the format/],
    [headed(dict("<f4", "3,")), /the data is cut short: expected 12 bytes, received 8/],
    [headed(dict("<f4", "1,")), /trailing bytes: 4 after the data/],
    [headed(dict("<f8", "99999999999999999, 9")), /too large to exist/],
    [headed(dict("<f8", "4000000000, 1000")), /cut short: expected 32000000000000/],
    [headed(dict("<f8", "-1,")), /no 'shape'/],
    [headed(dict("<f8", "1 2,")), /'shape' is damaged/],
    [headed(dict("<f8", "1,", "maybe")), /no 'fortran_order'/],
    [headed("{'shape': (1,)}"), /no 'descr'/],
    [headed("__import__('os')"), /expected a dict/],
    [headed(dict("toString", "1,")), /unknown element type "toString"/],
  ])("refuses what is broken (%#)", (file, message) => {
    const given = typeof file === "string" ? new TextEncoder().encode(file) : file;
    expect(() => decodeNpy(given)).toThrow(message);
  });
});

describe("encodeNpy", () => {
  const tensors: readonly StoredTensor[] = [
    { dtype: "float32", shape: [2, 2], data: Float32Array.of(1.5, -2.25, 0, 3) },
    { dtype: "uint8", shape: [3], data: Uint8Array.of(1, 2, 255) },
    { dtype: "int32", shape: [], data: Int32Array.of(-5) },
    { dtype: "bool", shape: [2], data: Uint8Array.of(1, 0) },
    { dtype: "float64", shape: [0, 2], data: new Float64Array(0) },
  ];
  it.each(tensors)("writes $dtype to the bytes of NumPy", (tensor) => {
    expect(encodeNpy(tensor)).toEqual(bytes(golden.written[tensor.dtype]!));
    expect(decodeNpy(encodeNpy(tensor))).toEqual(tensor);
  });

  it("refuses what is no array, and too many axes", () => {
    expect(() => encodeNpy({ dtype: "float32", shape: [2], data: Float32Array.of(1) })).toThrow(
      "npy: expected 2 elements",
    );
    const shape = new Array<number>(65).fill(1);
    expect(() => encodeNpy({ dtype: "uint8", shape, data: Uint8Array.of(1) })).toThrow("65 axes");
  });
});
