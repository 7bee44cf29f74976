// The real digits and the real irises, from their packages.

import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { ArgumentError, FileError } from "../../checks/errors.ts";
import { encodeIdx } from "../../formats/idx.ts";
import type { NdArray } from "../../ops/define.ts";
import { findDataPackage, requireDataPackage } from "./data-package.ts";
import { IRIS_SPECIES, loadIris } from "./iris.ts";
import { KARATE_FACTIONS, loadKarateClub } from "./karate.ts";
import { loadMnist } from "./mnist.ts";

function count(labels: NdArray, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const label of labels.data) counts[label]!++;
  return counts;
}

describe("loadMnist", () => {
  it("gives the published digits in their order", async () => {
    const { train, test } = await loadMnist();
    expect(train.x).toMatchObject({ dtype: "uint8", shape: [60_000, 784] });
    expect(test.x).toMatchObject({ dtype: "uint8", shape: [10_000, 784] });
    expect(train.y).toMatchObject({ dtype: "int32", shape: [60_000] });
    expect([...train.y.data.slice(0, 10)]).toEqual([5, 0, 4, 1, 9, 2, 1, 3, 1, 4]);
    expect([...test.y.data.slice(0, 10)]).toEqual([7, 2, 1, 0, 4, 1, 4, 9, 5, 9]);
    const sizes = [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949];
    expect(count(train.y, 10)).toEqual(sizes);
    expect([md5(train.x), md5(test.x)]).toEqual(PUBLISHED);
  });
});

/** Checksum of the IDX file that holds these images. */
function md5({ dtype, shape, data }: NdArray): string {
  const file = encodeIdx({ dtype, shape: [shape[0]!, 28, 28], data });
  return createHash("md5").update(file).digest("hex");
}

/** Those of train-images-idx3-ubyte and t10k-images-idx3-ubyte. */
const PUBLISHED = ["6bbc9ace898e44ae57da46a324031adb", "2646ac647ad5339dbf082846283269ea"];

describe("loadIris", () => {
  it("splits 150 flowers into 120, 15 and 15", () => {
    const { name, classes, train, validation, test } = loadIris({ seed: 1 });
    expect([name, classes]).toEqual(["iris", 3]);
    expect(train.x).toMatchObject({ dtype: "float32", shape: [120, 4] });
    expect(validation!.x.shape).toEqual([15, 4]);
    expect(test.y).toMatchObject({ dtype: "int32", shape: [15] });
  });

  it("holds 50 flowers of each species, with their means", () => {
    const { train } = loadIris({ seed: 2, sizes: [150, 0, 0] });
    expect(count(train.y, IRIS_SPECIES.length)).toEqual([50, 50, 50]);
    const petalLengths = [0, 0, 0];
    train.y.data.forEach((species, row) => {
      petalLengths[species]! += train.x.data[4 * row + 2]! / 50;
    });
    expect(petalLengths.map((length) => length.toFixed(3))).toEqual(["1.462", "4.260", "5.552"]);
  });

  it("draws another split for another seed", () => {
    expect(loadIris({ seed: 1 })).toEqual(loadIris({ seed: 1 }));
    expect(loadIris({ seed: 1 }).test).not.toEqual(loadIris({ seed: 2 }).test);
  });

  it("refuses what is no option", () => {
    expect(() => loadIris(undefined as never)).toThrow("loadIris: expected an object of options");
    expect(() => loadIris({} as never)).toThrow("loadIris: expected seed, a whole number");
    expect(() => loadIris({ seed: 1, size: 3 } as never)).toThrow('Did you mean "sizes"?');
  });

  it("refuses sizes that do not add up to 150", () => {
    expect(() => loadIris({ seed: 1, sizes: [120, 15, 16] })).toThrow(
      new ArgumentError("splitExamples: expected sizes that add up to 150, received 120 + 15 + 16"),
    );
  });
});

describe("loadKarateClub", () => {
  const { nodes, edges, y, classes } = loadKarateClub();

  it("gives 34 members in two factions of 17", () => {
    expect([nodes, classes]).toEqual([34, 2]);
    expect(y).toMatchObject({ dtype: "int32", shape: [34] });
    expect(count(y, 2)).toEqual([17, 17]);
    expect([y.data[0], y.data[33]].map((faction) => KARATE_FACTIONS[Number(faction)])).toEqual([
      "Mr. Hi",
      "Officer",
    ]);
  });

  it("gives 78 ties, each both ways, with as many friends as Zachary counted", () => {
    expect(edges).toMatchObject({ dtype: "int32", shape: [2, 156] });
    const [from, to] = [edges.data.slice(0, 156), edges.data.slice(156)];
    const pairs = new Set([...from].map((a, i) => `${a} ${to[i]}`));
    expect(pairs.size).toBe(156);
    for (const pair of pairs) expect(pairs).toContain(pair.split(" ").reverse().join(" "));
    const friends = count({ dtype: "int32", shape: [156], data: from }, 34);
    expect([0, 1, 2, 11, 32, 33].map((member) => friends[member])).toEqual([16, 9, 10, 1, 12, 17]);
  });
});

it.each([findDataPackage, requireDataPackage])("a missing package is named: %o", (find) => {
  expect(() => find("no-such-data")).toThrow(
    new FileError(
      "The data is in the package no-such-data, which is not installed: " +
        "run npm install no-such-data",
    ),
  );
});
