// Files are read whole up to a bound, and named in every refusal.

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { describeFailure } from "../terminal/failures.ts";
import { readUpToLimit, withFile } from "./read-file.ts";

const folder = mkdtempSync(join(tmpdir(), "neurite-read-"));
const at = (name: string) => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function failure(path: string, most: number): Promise<string> {
  const error = await readUpToLimit(path, most).catch((reason: unknown) => reason);
  const { message, exitCode } = describeFailure(error);
  expect(exitCode).toBe(1);
  return message!;
}

describe("a file", () => {
  it.each([0, 1, 65_535, 65_536, 65_537, 3_000_000])("of %i bytes is read whole", async (size) => {
    const content = Buffer.from(Array.from({ length: size }, (_, i) => (i * i) % 251));
    writeFileSync(at("sized"), content);
    expect(Buffer.from(await readUpToLimit(at("sized"), size)).equals(content)).toBe(true);
    if (size > 0) {
      expect(await failure(at("sized"), size - 1)).toMatch(
        /sized: the file has [\d,]+ bytes; of such/,
      );
    }
  });

  it("of 3 GiB is refused by its size", async () => {
    writeFileSync(at("huge"), "");
    truncateSync(at("huge"), 3 * 2 ** 30);
    expect(await failure(at("huge"), 2 ** 31 - 1)).toBe(
      `${at("huge")}: the file has 3,221,225,472 bytes; of such a file at most 2,147,483,647 bytes are read`,
    );
  });

  it("shows how it begins before it is read", async () => {
    writeFileSync(at("begun"), Buffer.alloc(1e5, 7));
    const head = await withFile(at("begun"), async (file) => file.head);
    expect([head.length, head[0]]).toEqual([65_536, 7]);
  });

  it.skipIf(process.platform === "win32")(
    "that is a device or a pipe is read to the bound",
    async () => {
      expect(await failure("/dev/zero", 1e6)).toMatch(
        /^\/dev\/zero: the file goes on; of such a file/,
      );
      expect((await readUpToLimit("/dev/null", 10)).length).toBe(0);
      const pipe = at("pipe");
      execFileSync("mkfifo", [pipe]);
      const writer = import("node:fs/promises").then((fs) =>
        fs.writeFile(pipe, Buffer.alloc(2e5, 5)),
      );
      expect((await readUpToLimit(pipe, 1e6)).length).toBe(2e5);
      await writer;
    },
  );

  it("that is not there, a folder or a circle of links is refused in a sentence", async () => {
    symlinkSync(at("b"), at("a"));
    symlinkSync(at("a"), at("b"));
    expect(await failure(at("none"), 9)).toBe(`${at("none")}: there is no such file or folder`);
    expect(await failure(folder, 9)).toBe(`${folder}: this is a folder, not a file`);
    expect(await failure(at("a"), 9)).toBe(`${at("a")}: symbolic links that lead in a circle`);
  });
});
