// Gzip: real files are unpacked, damaged ones refused.

import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { FileError } from "../ir/errors.ts";
import { gunzip, isGzip } from "./gzip.ts";

const text = new TextEncoder().encode("the quick brown fox ".repeat(500));

it("knows gzip by its first two bytes", () => {
  expect(isGzip(gzipSync(text))).toBe(true);
  expect(isGzip(text)).toBe(false);
  expect(isGzip(Uint8Array.of(0x1f))).toBe(false);
});

it("unpacks, also from the middle of a buffer", async () => {
  const packed = gzipSync(text);
  expect(await gunzip(packed)).toEqual(text);
  const moved = new Uint8Array(packed.length + 6);
  moved.set(packed, 3);
  expect(await gunzip(moved.subarray(3, -3))).toEqual(text);
  expect(await gunzip(gzipSync(""))).toEqual(new Uint8Array(0));
});

it("refuses what is not gzip, and what is not whole", async () => {
  await expect(gunzip(text)).rejects.toThrow(
    new FileError("gzip: expected a file that begins 1f 8b, received 74 68"),
  );
  await expect(gunzip(gzipSync(text).subarray(0, -9))).rejects.toThrow(
    /^gzip: the file is corrupt or cut short/,
  );
});
