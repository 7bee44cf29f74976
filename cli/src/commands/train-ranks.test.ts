// neurite train --ranks: the same run by several processes, and what they refuse.

import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { neurite as neuriteHere } from "../run.testing.ts";

const BUILT = fileURLToPath(new URL("../../bin/neurite.js", import.meta.url));

/** As a process: all ranks must compute under the same flags of V8. */
async function neurite(...args: readonly string[]) {
  return await new Promise<{ code: number; stderr: string }>((resolve) => {
    execFile(process.execPath, [BUILT, ...args], (error, _stdout, stderr) => {
      resolve({ code: Number(error?.code ?? 0), stderr });
    });
  });
}

const folder = mkdtempSync(join(tmpdir(), "neurite-ranks-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string) => join(folder, name);

/** Losses of an epoch, by training and by testing. */
function losses(name: string): number[][] {
  const [head, ...rows] = readFileSync(join(at(name), "history.csv"), "utf8")
    .trim()
    .split("\n");
  const names = head!.split(",");
  const columns = ["loss", "accuracy", "testLoss"].map((column) => names.indexOf(column));
  return rows.map((row) => columns.map((column) => Number(row.split(",")[column])));
}

const RUN = ["train", "xor", "--batch-size", "4", "--validation-split", "0"] as const;

describe("two ranks", () => {
  it("learn what one learns, and one goes on where they ended", async () => {
    const begun = await neurite(...RUN, "--epochs", "3", "--ranks", "2", "--out", at("two"));
    expect(begun).toMatchObject({ code: 0 });
    expect(begun.stderr).toContain("2 ranks, by sockets on this machine");
    const one = [...RUN, "--epochs", "5", "--out", at("one")];
    for (const args of [["train", "--resume", at("two"), "--epochs", "5"], one]) {
      expect(await neuriteHere(...args)).toMatchObject({ code: 0 });
    }
    expect(losses("two")).toHaveLength(5);
    losses("one").forEach((row, epoch) => {
      row.forEach((value, i) => expect(losses("two")[epoch]![i]!).toBeCloseTo(value, 5));
    });
  });

  it.each([
    [
      [...RUN, "--batch-size", "1", "--ranks", "2"],
      "a step takes 1 examples, fewer than the 2 ranks",
    ],
    [["train", "nothing", "--ranks", "2"], 'Unknown data set "nothing"'],
  ])("%j are refused once", async (args, message) => {
    const { code, stderr } = await neurite(...args);
    expect(code).toBe(2);
    expect(stderr.split(message)).toHaveLength(2);
  });

  it("are no fewer than one", async () => {
    const { code, stderr } = await neuriteHere(...RUN, "--ranks", "0");
    expect([code, stderr.split("--ranks").length]).toEqual([2, 2]);
  });
});
