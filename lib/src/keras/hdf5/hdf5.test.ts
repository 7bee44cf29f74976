// HDF5 files written and read again; what h5py writes is read in import.test.ts, what is written h5py reads in
// scripts/keras-check.mjs.

import { describe, expect, it } from "vitest";
import { FileError } from "../../checks/errors.ts";
import { readHdf5 } from "./read.ts";
import { type Hdf5Group, writeHdf5 } from "./write.ts";

const array = (...values: readonly number[]) => ({
  dtype: "float32" as const,
  shape: [values.length],
  data: Float32Array.from(values),
});
const group = (members: readonly [string, Hdf5Group | ReturnType<typeof array>][]): Hdf5Group => ({
  attributes: {},
  members: new Map(members),
});

describe("what is written is read again", () => {
  it("of numbers of all kinds, and of none", () => {
    const arrays = {
      f: array(1, -2.5, Number.NaN),
      d: { dtype: "float64" as const, shape: [], data: Float64Array.of(Math.PI) },
      i: { dtype: "int32" as const, shape: [1, 2], data: Int32Array.of(-7, 2 ** 30) },
      u: { dtype: "uint8" as const, shape: [3], data: Uint8Array.of(0, 128, 255) },
      none: { dtype: "float32" as const, shape: [0, 4], data: new Float32Array(0) },
    };
    const root = readHdf5(writeHdf5(group(Object.entries(arrays) as never)));
    for (const [name, tensor] of Object.entries(arrays))
      expect(root.at(name)!.read()).toEqual(tensor);
  });

  it("of texts of any length and letters, and lists of them", () => {
    const texts = { long: "x".repeat(1e5), wide: "Gewicht ∂/∂w", empty: "" };
    const attributes = { ...texts, list: ["a", "", "öß"], none: [] as string[] };
    const root = readHdf5(writeHdf5({ attributes, members: new Map() }));
    for (const [name, text] of Object.entries(texts)) expect(root.texts(name)).toEqual([text]);
    expect([root.texts("list"), root.texts("none"), root.texts("other")]).toEqual([
      ["a", "", "öß"],
      [],
      null,
    ]);
  });

  // Leaves hold 8 members, nodes 32: these are trees of one level, of two and of three.
  it.each([0, 1, 8, 9, 257, 8200])("of a group of %i members", (count) => {
    const names = Array.from({ length: count }, (_, i) => `layer_${i}`);
    const root = readHdf5(writeHdf5(group(names.map((name, i) => [name, array(i)]))));
    expect([...root.members!]).toEqual([...names].sort());
    const last = root.at(`layer_${count - 1}`);
    expect(last?.read().data[0]).toBe(count === 0 ? undefined : count - 1);
  });

  it("of groups in groups, by paths", () => {
    const root = readHdf5(writeHdf5(group([["a", group([["b", group([["c", array(3)]])]])]])));
    expect(root.at("a/b/c")!.read().data[0]).toBe(3);
    expect([root.at("a/x"), root.at("a/b/c/d"), root.at("")]).toEqual([null, null, null]);
  });
});

describe("refuses", () => {
  const good = writeHdf5(group([["w", array(1, 2, 3)]]));
  const patched = (at: number, ...values: readonly number[]) => {
    const bytes = good.slice();
    bytes.set(values, at);
    return bytes;
  };
  const readAll = (bytes: Uint8Array) => readHdf5(bytes).at("w")!.read();
  /** Where four letters stand. */
  const placeOf = (letters: string) => Buffer.from(good).indexOf(letters);

  it.each<[string, Uint8Array, RegExp]>([
    ["nothing", new Uint8Array(0), /does not begin as one/],
    ["a file that is cut", good.slice(0, 90), /bytes \d+ to \d+ are not there/],
    ["a newer layout", patched(8, 2), /of layout 2, Keras writes 0/],
    ["a root beyond the end", patched(64, 0xff, 0xff, 0xff), /are not there/],
    ["an address of 2^63", patched(71, 0x80), /too large/],
    ["a tree that is none", patched(placeOf("TREE"), 0x58), /expected TREE/],
    ["names that are none", patched(placeOf("HEAP"), 0x58), /expected HEAP/],
    ["a table that is none", patched(placeOf("SNOD"), 0x58), /expected SNOD/],
    ["too many members", patched(placeOf("SNOD") + 6, 0xff, 0xff), /are not there|outside/],
    ["a tree of a thousand levels", patched(placeOf("TREE") + 5, 255), /255 levels/],
  ])("%s", (_, bytes, message) => {
    expect(() => readAll(bytes)).toThrow(message);
    expect(() => readAll(bytes)).toThrow(FileError);
  });

  it("a tree that is its own child, in no more steps than the file has bytes", () => {
    const tree = placeOf("TREE");
    const circle = good.slice();
    const view = new DataView(circle.buffer);
    view.setUint16(tree + 6, 30_000, true);
    for (let level = 1; level < 9; level++) {
      circle[tree + 5] = level;
      for (let child = 0; child < 32; child++) {
        view.setBigUint64(tree + 32 + 16 * child, BigInt(tree), true);
      }
      expect(() => readAll(circle)).toThrow(FileError);
    }
  });
});
