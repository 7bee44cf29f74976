// A folder has one writer; a lock of a process that is gone gives way, and no other does.

import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, it } from "vitest";
import { CliError } from "../terminal/failures.ts";
import { lockFolder } from "./folder-lock.ts";

const folder = mkdtempSync(join(tmpdir(), "neurite-lock-"));
const path = join(folder, ".neurite-lock");
beforeEach(() => rmSync(path, { force: true }));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A lock that some process left. */
function leave(holder: object | string): void {
  writeFileSync(path, typeof holder === "string" ? holder : JSON.stringify(holder));
}

const gone = spawnSync(process.execPath, ["-e", ""]).pid;
const host = hostname();

it("is held until it is released", () => {
  const lock = lockFolder(folder);
  expect(() => lockFolder(folder)).toThrow(CliError);
  expect(() => lockFolder(folder)).toThrow(
    `--out: process ${process.pid} on ${host} is writing to ${folder}; wait for it, or take another`,
  );
  lock.release();
  lockFolder(folder).release();
  expect(readdirSync(folder)).toEqual([]);
});

it.each<[string, object | string]>([
  ["a process that is gone", { pid: gone, host, started: null }],
  ["a process whose number another has now", { pid: process.ppid, host, started: "1" }],
])("is taken over from %s", (_, holder) => {
  leave(holder);
  const lock = lockFolder(folder);
  expect(JSON.parse(readFileSync(path, "utf8"))).toMatchObject({ pid: process.pid, host });
  lock.release();
  expect(existsSync(path)).toBe(false);
});

it.each<[string, object | string]>([
  ["a process that runs", { pid: process.ppid, host, started: null }],
  ["another machine", { pid: gone, host: `not-${host}`, started: null }],
  ["a process that has just begun to write it", ""],
])("is not taken from %s", (_, holder) => {
  leave(holder);
  expect(() => lockFolder(folder)).toThrow(
    /is writing to .* \(if no such process is left, remove /,
  );
  expect(existsSync(path)).toBe(true);
});

it("is taken over from one that is damaged and old", () => {
  leave("{");
  utimesSync(path, new Date(0), new Date(0));
  lockFolder(folder).release();
});

it("does not remove a lock that another process has taken meanwhile", () => {
  const lock = lockFolder(folder);
  const other = { pid: process.ppid, host, started: null };
  leave(other);
  lock.release();
  expect(JSON.parse(readFileSync(path, "utf8"))).toEqual(other);
});
