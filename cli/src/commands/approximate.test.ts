// `neurite approximate`: the errors it tells, its page, what it refuses.

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { neurite } from "../run.testing.ts";

const folder = mkdtempSync(join(tmpdir(), "neurite-approximate-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What Nielsen's five bumps have to add up to. */
const BOOK = "g = 0.2+0.4*x^2+0.3*x*sin(15*x)+0.05*cos(50*x); log(g/(1-g))";

describe("approximate", () => {
  it("builds the book's five bumps", async () => {
    const { code, stdout } = await neurite("approximate", BOOK);
    expect(code).toBe(0);
    expect(stdout).toContain("bumps: 5 levels by 10 hidden units");
    expect(stdout).toMatch(/^built +0\.356\d +0\.357\d$/m);
    expect(stdout).toMatch(/^40 pieces +80 +0\.05\d\d +0\.05\d\d$/m);
  });

  it("trains from there and from scratch, and draws all of them", async () => {
    const out = join(folder, "page.html");
    const { stdout } = await neurite(
      ...["approximate", "sin(6*x)", "--pieces", "4", "--weight", "40", "--train"],
      ...["--steps", "60", "--range", "0,2", "--out", out, "--json"],
    );
    const { built, trained, scratch, points, weights, event } = JSON.parse(stdout);
    expect([event, points.length]).toEqual(["approximation", 200]);
    expect(trained.deviation.overRange).toBeLessThan(built.deviation.overRange);
    expect(scratch.deviation.overRange).toBeGreaterThan(trained.deviation.overRange);
    expect(weights["dense1/b"].values).toEqual(
      [-0, -20, -20, -40, -40, -60, -60, -80].map((b) => b + 0),
    );
    const page = readFileSync(out, "utf8");
    for (const name of ["the function", "built", "trained from there", "trained from scratch"]) {
      expect(page).toContain(`</svg> ${name}</span>`);
    }
    expect(page).not.toContain("NaN");
  });

  it("builds towers for two inputs", async () => {
    const out = join(folder, "towers.html");
    const { stdout } = await neurite("approximate", "x*y", "--pieces", "3", "--out", out);
    expect(stdout).toContain("towers: 3 x 3 levels by 21 hidden units");
    expect(readFileSync(out, "utf8").match(/Z" fill="#/g)!.length).toBe(2 * 29 ** 2);
  });

  it.each([
    [["x*"], "approximate: "],
    [["3"], "expected a function of one or two inputs, received none"],
    [["x*y*z"], "expected a function of one or two inputs, received x, y, z"],
    [["x, x^2"], "expected one output, received 2"],
    [["x*y", "--of", "steps"], "a function of two inputs is built of towers"],
    [["x", "--range", "1,0"], "--range: expected two numbers"],
    [["x", "--pieces", "0"], "--pieces"],
  ])("refuses %j", async (args, message) => {
    const { code, stderr } = await neurite("approximate", ...args);
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });

  it("says where a function is not finite", async () => {
    const { code, stderr, stdout } = await neurite("approximate", "log(x)", "--range=-1,1");
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain("the function is NaN at (");
    expect(stderr).not.toContain("fault in Neurite");
  });
});
