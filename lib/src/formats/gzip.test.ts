// Gzip: real files are unpacked, damaged ones refused.

import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { FileError } from "../checks/errors.ts";
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

it("gives up on a file that unpacks to more than the limit, before it has taken the memory", async () => {
  const bomb = gzipSync(Buffer.alloc(2e8));
  const before = process.memoryUsage().arrayBuffers;
  let most = 0;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().arrayBuffers - before);
  }, 1);
  try {
    await expect(gunzip(bomb, { limit: 1e6 })).rejects.toThrow(
      new FileError(
        "gzip: unpacked, the file is larger than 1000000 bytes, which is all that was asked for",
      ),
    );
  } finally {
    clearInterval(watch);
  }
  expect(most).toBeLessThan(5e7);
});

it("takes a limit that is met exactly, whatever the trailer claims", async () => {
  const packed = gzipSync(text);
  expect(await gunzip(packed, { limit: text.length })).toEqual(text);
  await expect(gunzip(packed, { limit: text.length - 1 })).rejects.toThrow(
    /larger than 9999 bytes/,
  );
  packed.writeUInt32LE(0xfff0_0000, packed.length - 4);
  await expect(gunzip(packed)).rejects.toThrow(/corrupt or cut short/);
});

it("refuses what is not bytes, and unknown options", async () => {
  await expect(gunzip("text" as unknown as Uint8Array)).rejects.toThrow(
    'gunzip: expected the bytes of a file, a Uint8Array or an ArrayBuffer, received "text"',
  );
  await expect(gunzip(gzipSync(text), { max: 3 } as object)).rejects.toThrow(/no option "max"/);
  expect(await gunzip(new Uint8Array(gzipSync(text)).buffer)).toEqual(text);
  expect(() => isGzip(undefined as unknown as Uint8Array)).toThrow(/expected the bytes of a file/);
});
