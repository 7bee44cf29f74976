// What --out may replace: its own run, and nothing that somebody else wrote.

import { execFileSync, spawn } from "node:child_process";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodeSafetensors } from "neurite/formats";
import { decodeCheckpoint } from "neurite/train";
import { afterAll, describe, expect, it } from "vitest";
import { neurite } from "../run.testing.ts";
import { lockFolder } from "./folder-lock.ts";
import { expectUnchanged, stampOf } from "./out-folder.ts";
import { writeWhole } from "./output.ts";

const root = mkdtempSync(join(tmpdir(), "neurite-out-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let made = 0;
function newFolder(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const folder = join(root, `out${made++}`);
  mkdirSync(folder);
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

const train = (out: string, ...flags: string[]) =>
  neurite("train", "xor", "--epochs", "0", "-q", "--out", out, ...flags);
const text = (...path: string[]) => readFileSync(join(...path), "utf8");

describe("files that no run wrote", () => {
  it.each(["spec.json", "history.csv", "report.html"])(
    "%s stays, unless it may go",
    async (name) => {
      const folder = newFolder({ [name]: "mine" });
      const { code, stderr } = await train(folder);
      expect([code, stderr]).toEqual([
        2,
        `neurite: --out: ${folder} holds a ${name} that no run wrote, as there is no ` +
          "weights.safetensors; take another folder, or replace it with --overwrite\n",
      ]);
      expect(text(folder, name)).toBe("mine");
      expect(readdirSync(folder)).toEqual([name]);
      expect((await train(folder, "--resume")).code).toBe(2);
      expect((await train(folder, "--overwrite")).code).toBe(0);
      expect(text(folder, name)).not.toBe("mine");
    },
  );

  it("weights of another program stay too", async () => {
    const folder = newFolder({ "weights.safetensors": encodeSafetensors(new Map()) });
    const { code, stderr } = await train(folder);
    expect([code, stderr]).toEqual([2, expect.stringContaining("weights of another program")]);
  });

  it("files of other names are nobody's business", async () => {
    const folder = newFolder({ "notes.txt": "mine" });
    expect((await train(folder)).code).toBe(0);
    expect(text(folder, "notes.txt")).toBe("mine");
  });

  it("a specification that is the run's very own keeps its form", async () => {
    const [first, second] = [newFolder(), newFolder()];
    await train(first);
    const spaced = `\n${text(first, "spec.json")}\n`;
    writeFileSync(join(second, "spec.json"), spaced);
    const source = join(second, "spec.json");
    expect((await neurite("train", source, "-q", "--out", second)).code).toBe(0);
    expect(text(source)).toBe(spaced);
  });

  it("are not written through a symbolic link", async () => {
    const [folder, other] = [newFolder(), newFolder({ target: "mine" })];
    for (const name of ["weights.safetensors", "spec.json"]) {
      symlinkSync(join(other, "target"), join(folder, name));
    }
    expect((await train(folder)).code).toBe(2);
    expect((await train(folder, "--overwrite")).code).toBe(0);
    expect(text(other, "target")).toBe("mine");
    expect(lstatSync(join(folder, "spec.json")).isSymbolicLink()).toBe(false);
  });
});

describe("two processes", () => {
  it("do not write to one folder at once", async () => {
    const folder = newFolder();
    const lock = lockFolder(folder);
    const { code, stderr } = await train(folder);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^neurite: --out: process \d+ on /)]);
    expect(readdirSync(folder)).toEqual([".neurite-lock"]);
    lock.release();
    expect((await train(folder)).code).toBe(0);
    expect(existsSync(join(folder, ".neurite-lock"))).toBe(false);
  });

  it("do not overwrite what the other has written since they looked", async () => {
    const folder = newFolder();
    const stamp = await stampOf(folder);
    await expectUnchanged(folder, stamp);
    await train(folder);
    await expect(expectUnchanged(folder, stamp)).rejects.toThrow(
      /another process has just written/,
    );
    await expectUnchanged(folder, await stampOf(folder));
  });

  it("started at once leave one whole run, and the other says why it did not", async () => {
    const folder = newFolder();
    const cli = new URL("../../bin/neurite.js", import.meta.url).pathname;
    const runs = await Promise.all(
      [1, 2].map(
        (seed) =>
          new Promise<number | null>((resolve) => {
            const args = [cli, "train", "moons", "--epochs", "30", "-q", "--out", folder];
            spawn(process.execPath, [...args, "--seed", `${seed}`], { stdio: "ignore" }).on(
              "close",
              resolve,
            );
          }),
      ),
    );
    expect(runs.filter((code) => code === 0)).toHaveLength(1);
    const { spec, epochs } = decodeCheckpoint(readFileSync(join(folder, "weights.safetensors")));
    expect(JSON.parse(text(folder, "spec.json"))).toMatchObject({ seed: spec!.seed });
    expect([epochs.length, spec!.seed]).toEqual([30, runs.indexOf(0) + 1]);
    expect(readdirSync(folder).sort()).toEqual([
      "history.csv",
      "report.html",
      "spec.json",
      "weights.safetensors",
    ]);
  });
});

it("writeWhole names the file that it could not write", async () => {
  const folder = newFolder({ file: "" });
  mkdirSync(join(folder, "taken"));
  await expect(writeWhole(join(folder, "taken"), "x")).rejects.toMatchObject({
    path: join(folder, "taken"),
  });
  await expect(writeWhole(join(folder, "no", "x"), "x")).rejects.toMatchObject({ code: "ENOENT" });
  expect(readdirSync(folder).sort()).toEqual(["file", "taken"]);
});

it("writeWhole leaves the old file or the new one at every moment, whenever it is killed", async () => {
  const path = join(newFolder(), "file");
  const [old, fresh] = [1_000_000, 2_000_000].map((size) => Buffer.alloc(size));
  writeFileSync(path, old!);
  let isDone = false;
  const writing = (async () => {
    for (let i = 0; i < 10; i++) await writeWhole(path, i % 2 === 0 ? fresh! : old!);
  })().finally(() => {
    isDone = true;
  });
  const sizes = new Set<number>();
  while (!isDone) {
    sizes.add(statSync(path).size);
    await new Promise(setImmediate);
  }
  await writing;
  expect([...sizes].sort()).toEqual([1_000_000, 2_000_000]);
});

it.skipIf(process.platform === "win32")("writes to a device and leaves it one", async () => {
  const folder = newFolder({});
  const pipe = join(folder, "pipe");
  execFileSync("mkfifo", [pipe]);
  const [read] = await Promise.all([readFile(pipe, "utf8"), writeWhole(pipe, "x")]);
  expect([read, statSync(pipe).isFIFO()]).toEqual(["x", true]);
  symlinkSync(pipe, join(folder, "link"));
  await Promise.all([readFile(pipe, "utf8"), writeWhole(join(folder, "link"), "x")]);
  expect(lstatSync(join(folder, "link")).isSymbolicLink()).toBe(true);
});
