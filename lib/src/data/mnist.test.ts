// MNIST's files, small ones made here: read plain or gzipped, refused when they do not agree.

import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { FileError } from "../checks/errors.ts";
import { encodeIdx } from "../formats/idx.ts";
import { type MnistFiles, mnistFromFiles } from "./mnist.ts";

function images(count: number, height = 28, width = 28): Uint8Array {
  const data = Uint8Array.from({ length: count * height * width }, (_, i) => i % 251);
  return encodeIdx({ dtype: "uint8", shape: [count, height, width], data });
}

function labels(...digits: number[]): Uint8Array {
  return encodeIdx({ dtype: "uint8", shape: [digits.length], data: Uint8Array.from(digits) });
}

const good = {
  trainImages: images(3),
  trainLabels: labels(5, 0, 9),
  testImages: images(2),
  testLabels: labels(7, 2),
} satisfies MnistFiles;

describe("mnistFromFiles", () => {
  it("keeps pixels as bytes and gives digits as int32", async () => {
    const { name, classes, train, test } = await mnistFromFiles(good);
    expect([name, classes]).toEqual(["mnist", 10]);
    expect(train.x).toMatchObject({ dtype: "uint8", shape: [3, 784] });
    expect(train.x.data).toEqual(good.trainImages.subarray(16));
    expect(train.y).toEqual({ dtype: "int32", shape: [3], data: Int32Array.of(5, 0, 9) });
    expect(test.x.shape).toEqual([2, 784]);
    expect(test.y.data).toEqual(Int32Array.of(7, 2));
  });

  it("reads gzipped files too", async () => {
    const zipped = Object.fromEntries(
      Object.entries(good).map(([file, bytes]) => [file, gzipSync(bytes)]),
    ) as unknown as MnistFiles;
    expect(await mnistFromFiles(zipped)).toEqual(await mnistFromFiles(good));
  });

  it.each<[Partial<MnistFiles>, string]>([
    [
      { trainImages: good.trainLabels },
      "trainImages: expected uint8[n, 28, 28], received uint8[3]",
    ],
    [
      { testImages: images(2, 28, 27) },
      "testImages: expected uint8[n, 28, 28], received uint8[2, 28, 27]",
    ],
    [{ testLabels: good.testImages }, "testLabels: expected uint8[n], received uint8[2, 28, 28]"],
    [
      { trainLabels: encodeIdx({ dtype: "int32", shape: [1], data: Int32Array.of(1) }) },
      "trainLabels: expected uint8[n], received int32[1]",
    ],
    [{ trainLabels: labels(1, 2) }, "trainLabels: expected 3 labels for trainImages, received 2"],
    [{ testLabels: labels(1, 10) }, "testLabels: label 1 is 10, expected 0 to 9"],
    [
      { testLabels: good.testLabels.subarray(0, 9) },
      "testLabels: idx: the data is cut short: expected 2 bytes, received 1",
    ],
  ])("refuses files that do not agree: case %#", async (wrong, message) => {
    await expect(mnistFromFiles({ ...good, ...wrong })).rejects.toThrow(
      new FileError(`mnist: ${message}`),
    );
  });

  it("names the file whose gzip is damaged", async () => {
    const trainLabels = gzipSync(good.trainLabels).subarray(0, -5);
    await expect(mnistFromFiles({ ...good, trainLabels })).rejects.toThrow(
      /^mnist: trainLabels: gzip: /,
    );
  });
});

it("names the file that is missing, or is no file", async () => {
  const { testLabels: _, ...three } = good;
  await expect(mnistFromFiles(three as MnistFiles)).rejects.toThrow(
    "mnistFromFiles: expected testLabels, the bytes of a file, received nothing",
  );
  await expect(mnistFromFiles({ ...good, trainLabels: "x" as never })).rejects.toThrow(
    'mnistFromFiles: expected trainLabels to be the bytes of a file, received "x"',
  );
});
