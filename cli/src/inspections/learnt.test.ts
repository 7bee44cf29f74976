// The sections learnt, hidden, damage and window on real runs, through the command.

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { neurite } from "../run.testing.ts";

const folder = mkdtempSync(join(tmpdir(), "neurite-learnt-"));
const [conv, xor] = [join(folder, "conv"), join(folder, "xor")];

beforeAll(async () => {
  const small = ["--train", "20", "--test", "10", "--epochs", "1", "--flow", "0"];
  await neurite("train", "mnist", "--preset", "conv", ...small, "--out", conv, "-q");
  const two = ["--hidden", "2", "--activation", "tanh", "--seed", "2"];
  const soon = ["--epochs", "60", "--learning-rate", "0.1", "--flow", "0"];
  await neurite("train", "xor", ...two, ...soon, "--out", xor, "-q");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function found(...args: string[]) {
  const { stdout, stderr, code } = await neurite("inspect", ...args, "--json");
  expect([stderr, code]).toEqual(["", 0]);
  return JSON.parse(stdout);
}

describe("inspect window", () => {
  it("adds up one cell of the second convolution, and counts what sharing saves", async () => {
    const { window } = await found(conv, "window", "--layer", "conv2d2", "--at", "3,4");
    const { cell, channelSums, shared, pool } = window;
    expect(cell).toMatchObject({ layer: "conv2d2", at: [3, 4], filter: 0, shape: [5, 5, 20] });
    expect(cell.field).toMatchObject({ top: 6, left: 8, height: 14, width: 14 });
    const sum = channelSums.reduce((a: number, b: number) => a + b, 0);
    expect(sum + cell.bias).toBeCloseTo(cell.z, 9);
    expect(Math.max(0, cell.z)).toBeCloseTo(cell.output, 4);
    expect(pool).toMatchObject({ layer: "maxPool2d2", at: [1, 2] });
    expect(shared[0]).toMatchObject({ perMap: 26, parameters: 520, dense: 23_550 });
    expect(window.places.reads).toEqual([12, 12]);
    expect(window.places.maps[1]).toEqual({ stride: 2, valid: [4, 4], same: [6, 6] });
  });

  it("prints three grids and writes them as pictures", async () => {
    const { stdout } = await neurite("inspect", conv, "window", "--channel", "3");
    expect(stdout).toContain("of map 3 of conv2d1");
    expect(stdout).toMatch(/patch +\|kernel +\|patch x kernel/);
    expect(stdout).toContain("23,550");
    expect(stdout).toContain("Places of a window of 5 x 5 in 28 x 28");
    expect(stdout).toMatch(/^1 +24 x 24 +28 x 28\n2 +12 x 12 +14 x 14\n3 +8 x 8 +10 x 10$/m);
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(100);
    const page = readFileSync(join(conv, "inspect.html"), "utf8");
    expect(page.match(/aria-label="(Patch|Kernel|Patch x kernel): /g)).toHaveLength(3);
    expect(page).not.toMatch(/NaN|undefined/);
  });

  it.each([
    [["--at", "24,0"], /--at: convolutionCellOf: expected at within the 24 rows and 24 columns/],
    [["--at", "3"], /Expected a row and a column as in "3,4"/],
    [["--channel", "20"], /--channel: expected 0 to 19 of conv2d1, received 20/],
    [["--layer", "conv2d3"], /--layer: Unknown layer "conv2d3"\. Did you mean "conv2d1"\?/],
  ])("refuses %j", async (flags, says) => {
    expect((await neurite("inspect", conv, "window", ...flags)).stderr).toMatch(says);
  });

  it("is not for a run without a convolution", async () => {
    const { stderr } = await neurite("inspect", xor, "window");
    expect(stderr).toContain("window is not for this run: it has no conv2d layer");
  });
});

describe("inspect hidden", () => {
  it("finds a line behind the hidden layer of exclusive or, and none before it", async () => {
    const { hidden } = await found(xor, "hidden");
    expect(hidden.inputLine).toBeNull();
    expect(hidden.hiddenLine.margin).toBeGreaterThan(0.3);
    const { stdout } = await neurite("inspect", xor, "hidden");
    expect(stdout).toContain("No line separates the classes in the plane of the inputs.");
    expect(stdout).toContain("A line separates the classes in hidden space (margin");
    expect(readFileSync(join(xor, "inspect.html"), "utf8").match(/<svg/g)).toHaveLength(2);
  });
});

describe("inspect damage", () => {
  it("deletes units and weights, and tries twins", async () => {
    const { damage } = await found(xor, "damage");
    expect(damage.units).toMatchObject({ layer: "dense1", parts: 2, whole: 1 });
    expect(damage.units.amounts.at(-1)).toMatchObject({ amount: 2, mean: 0.5 });
    expect(damage.twins).toMatchObject({ count: 8, hasSigns: true, isComplete: true });
    expect(damage.twins.difference).toBeLessThan(1e-6);
    const { stdout } = await neurite("inspect", xor, "damage");
    expect(stdout).toContain("2! x 2^2 = 8 networks");
  });
});

describe("inspect learnt", () => {
  it("tells what units respond to, and what an answer hangs on", async () => {
    const { learnt } = await found(conv, "learnt", "--row", "7");
    expect(learnt.layer).toBe("conv2d2");
    expect(learnt.strongest).toHaveLength(8);
    const [first, second] = learnt.strongest[0].responses;
    expect(first.value).toBeGreaterThanOrEqual(second.value);
    expect(first.patch).toMatchObject({ height: 14, width: 14 });
    expect(learnt.climbed[0].climb.at(-1)).toBeGreaterThan(learnt.climbed[0].climb[0]);
    expect(learnt.occlusion).toMatchObject({ rows: 23, columns: 23, size: 6 });
  });

  it("is not for a run without pictures", async () => {
    const { stderr } = await neurite("inspect", xor, "learnt");
    expect(stderr).toContain("learnt is not for this run: its examples are no pictures");
  });
});
