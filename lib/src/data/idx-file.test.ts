// IDX files, plain and gzipped: no more is unpacked than the header announces.

import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { FileError } from "../checks/errors.ts";
import { encodeIdx } from "../formats/idx.ts";
import { readIdx } from "./idx-file.ts";

const tensor = { dtype: "uint8", shape: [2, 2], data: Uint8Array.of(1, 2, 3, 4) } as const;
const file = encodeIdx(tensor);

it("reads a file, plain or gzipped", async () => {
  expect(await readIdx(file)).toEqual(tensor);
  expect(await readIdx(gzipSync(file))).toEqual(tensor);
  expect(await readIdx(new Uint8Array(gzipSync(file)).buffer)).toEqual(tensor);
});

it("unpacks no more than the header announces", async () => {
  const long = Buffer.concat([file, Buffer.alloc(1e6)]);
  await expect(readIdx(gzipSync(long))).rejects.toThrow(
    new FileError(
      "gzip: unpacked, the file is larger than 16 bytes, which is all that was asked for",
    ),
  );
  const claims = Uint8Array.from(file);
  claims.set([255, 255, 255, 255], 4);
  await expect(readIdx(gzipSync(claims))).rejects.toThrow(
    new FileError("idx: the header announces 8589934602 bytes; of gzip at most 268435456 are read"),
  );
});

it("says that a gzipped file holds something else", async () => {
  await expect(readIdx(gzipSync("a,b,c"))).rejects.toThrow(/^idx: bad magic/);
  await expect(readIdx(gzipSync(""))).rejects.toThrow(/^idx: the header is cut short: 0 bytes/);
});
