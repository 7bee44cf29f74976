// Safetensors: the reference implementation's bytes, round trips, and what cannot be written.

import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ArgumentError, FileError } from "../checks/errors.ts";
import { allocate, DTYPES } from "../ir/dtype.ts";
import { decodeSafetensors, encodeSafetensors } from "./safetensors.ts";
import type { StoredTensor } from "./stored-tensor.ts";

// Written by scripts/golden/safetensors_file.py.
const golden = JSON.parse(
  readFileSync(new URL("golden/safetensors.json", import.meta.url), "utf8"),
) as { base64: string };
const goldenBytes = new Uint8Array(Buffer.from(golden.base64, "base64"));

const goldenTensors: [string, StoredTensor][] = [
  ["mask", { dtype: "bool", shape: [3], data: Uint8Array.of(1, 0, 1) }],
  [
    "weights",
    { dtype: "float32", shape: [2, 3], data: Float32Array.of(1.5, -2, 3, 0.1, -0, 1e-40) },
  ],
  ["bias", { dtype: "float64", shape: [2], data: Float64Array.of(0.1, -7.25) }],
  ["scalar", { dtype: "float64", shape: [], data: Float64Array.of(3.5) }],
  ["steps", { dtype: "int32", shape: [2, 1], data: Int32Array.of(-(2 ** 31), 2 ** 31 - 1) }],
  ["pixels", { dtype: "uint8", shape: [2], data: Uint8Array.of(0, 255) }],
  ["empty", { dtype: "float32", shape: [0, 2], data: new Float32Array(0) }],
  ["größe", { dtype: "int32", shape: [1], data: Int32Array.of(1) }],
];

describe("the reference implementation's file", () => {
  it("is read", () => {
    const { tensors, metadata } = decodeSafetensors(goldenBytes);
    expect(metadata).toEqual({ "made by": "reference" });
    expect(Object.fromEntries(tensors)).toEqual(Object.fromEntries(goldenTensors));
  });

  it("is written to the byte", () => {
    const bytes = encodeSafetensors(new Map(goldenTensors), { "made by": "reference" });
    expect(Buffer.from(bytes).toString("latin1")).toBe(Buffer.from(goldenBytes).toString("latin1"));
  });
});

describe("round trips", () => {
  const tensor = fc
    .record({
      dtype: fc.constantFrom(...DTYPES),
      shape: fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 3 }),
      seed: fc.integer({ min: 0, max: 1000 }),
    })
    .map(({ dtype, shape, seed }): StoredTensor => {
      const data = allocate(
        dtype,
        shape.reduce((size, dim) => size * dim, 1),
      );
      const value = (i: number): number => (dtype === "bool" ? (seed + i) % 2 : seed / 7 + i);
      return { dtype, shape, data: data.map((_, i) => value(i)) };
    });

  it("keep names, shapes and every bit, wherever the file lies in memory", () => {
    const files = fc.tuple(
      fc.dictionary(
        fc.string().filter((name) => name !== "__metadata__"),
        tensor,
      ),
      fc.dictionary(fc.string(), fc.string()),
      fc.integer({ min: 0, max: 9 }),
    );
    fc.assert(
      fc.property(files, ([tensors, metadata, shift]) => {
        const bytes = encodeSafetensors(new Map(Object.entries(tensors)), metadata);
        const moved = new Uint8Array(bytes.length + shift).subarray(shift);
        moved.set(bytes);
        const read = decodeSafetensors(moved);
        expect(new Map(read.tensors)).toEqual(new Map(Object.entries(tensors)));
        expect(Object.entries(read.metadata).sort()).toEqual(Object.entries(metadata).sort());
      }),
    );
  });

  it("work without a tensor, and for a tensor named __proto__", () => {
    expect(decodeSafetensors(encodeSafetensors(new Map())).tensors.size).toBe(0);
    const one: StoredTensor = { dtype: "uint8", shape: [1], data: Uint8Array.of(7) };
    const { tensors } = decodeSafetensors(encodeSafetensors(new Map([["__proto__", one]])));
    expect([...tensors]).toEqual([["__proto__", one]]);
  });

  it("give tensors of their own memory", () => {
    const bytes = new Uint8Array(goldenBytes);
    const { tensors } = decodeSafetensors(bytes);
    bytes.fill(0);
    expect(tensors.get("pixels")!.data).toEqual(Uint8Array.of(0, 255));
  });
});

describe("what cannot be written", () => {
  const one: StoredTensor = { dtype: "uint8", shape: [1], data: Uint8Array.of(7) };

  it("is refused in words", () => {
    expect(() => encodeSafetensors(new Map([["w", { ...one, shape: [2] }]]))).toThrow(
      new ArgumentError('safetensors: tensor "w": expected 2 elements for uint8[2], received 1'),
    );
    expect(() => encodeSafetensors(new Map([["__metadata__", one]]))).toThrow(
      new ArgumentError('safetensors: a tensor cannot have the name "__metadata__"'),
    );
    expect(() => encodeSafetensors(new Map(), { step: 3 as unknown as string })).toThrow(
      new ArgumentError('safetensors: metadata "step" is not a string'),
    );
  });
});

it("answers any damage with a FileError or with tensors, never with a stray error", () => {
  const damage = fc.array(fc.tuple(fc.nat(goldenBytes.length - 1), fc.nat(255)), {
    minLength: 1,
    maxLength: 4,
  });
  fc.assert(
    fc.property(damage, fc.nat(goldenBytes.length), (changes, length) => {
      const bytes = goldenBytes.slice(0, length % 3 === 0 ? length : undefined);
      for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
      try {
        decodeSafetensors(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(FileError);
      }
    }),
    { numRuns: 2000 },
  );
});
