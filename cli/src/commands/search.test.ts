// neurite search as far as it starts no process: what it plans, and what it refuses.

import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { neurite } from "../run.testing.ts";

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "neurite-search-command-"));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));
const at = (name: string) => join(root, name);

describe("neurite search refuses in a sentence", () => {
  it.each<readonly [what: string, args: readonly string[], code: number, says: RegExp]>([
    ["no source", [], 2, /expected a data set or a specification/],
    ["an empty space", ["iris", "--space", "{}"], 1, /the space is empty/],
    ["a space that is no JSON", ["iris", "--space", "{a"], 2, /--space: expected JSON/],
    [
      "an unknown path",
      ["iris", "--vary", "optimizer.learningrate=1,2"],
      1,
      /Did you mean "optimizer\.learningRate"/,
    ],
    [
      "a path far from any",
      ["iris", "--vary", "speed.most=1,2"],
      1,
      /no such path\..* It has model\./,
    ],
    ["a value that is refused", ["iris", "--vary", "batchSize=0,8"], 1, /refuses 0/],
    [
      "a path without values",
      ["iris", "--vary", "learningRate"],
      2,
      /--vary: expected a path and its values/,
    ],
    ["a range of words", ["iris", "--vary", "learningRate=a..b"], 2, /--vary: expected a path/],
    ["no trials", ["iris", "--trials", "0"], 2, /Expected a whole number above 0/],
    ["an unknown strategy", ["iris", "--strategy", "anneal"], 2, /Allowed choices are grid/],
    ["no epochs", ["iris", "--epochs", "0"], 1, /nothing is learned in 0/],
    ["the test set as a judge", ["iris", "--judge", "testLoss"], 1, /test set judges the best/],
    ["a search that is not there", ["--resume", "nowhere"], 1, /there is no search here/],
    ["a source beside --resume", ["iris", "--resume", "nowhere"], 2, /leave the source/],
    ["a trial without its search", ["--trial", "3"], 2, /expected the folder of its search/],
    ["a worker without a search", ["--worker", "--out", "nowhere"], 1, /there is no search here/],
    ["one search to merge", ["--merge", "a", "--out", "b"], 2, /two folders or more/],
  ])("%s", async (_, args, code, says) => {
    const ran = await neurite("search", ...args);
    expect(ran).toMatchObject({ code, stdout: "" });
    expect(ran.stderr).toMatch(says);
    expect(ran.stderr.trimEnd().split("\n")).toHaveLength(1);
    expect(existsSync("searches")).toBe(false);
  });
});

describe("neurite search --plan", () => {
  const plan = (out: string, ...more: readonly string[]) =>
    neurite(
      "search",
      "iris",
      "--vary",
      "learningRate=0.01,0.1",
      "--strategy",
      "grid",
      "--epochs",
      "1",
      "--plan",
      "--out",
      out,
      ...more,
    );

  it("prints a command for each trial, each of which runs by itself", async () => {
    const out = at("plan");
    const { code, stdout, stderr } = await plan(out);
    expect([code, stdout.trimEnd().split("\n")]).toEqual([
      0,
      [0, 1].map((id) => expect.stringContaining(`neurite search --trial ${id} --out ${out}`)),
    ]);
    expect(stderr).toContain(`search --resume ${out}`);
    const ran = await neurite("search", "--trial", "1", "--out", out);
    expect(ran.stdout).toMatch(/trial 001 {2}1 epoch .*validation accuracy .*learningRate 0\.1/);
    expect(existsSync(join(out, "trials/001/result.json"))).toBe(true);
    // Known now, and not printed again.
    const again = await neurite("search", "--resume", out, "--plan");
    expect(again.stdout.trimEnd().split("\n")).toHaveLength(1);
    expect(await neurite("search", "--trial", "7", "--out", out)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/trial 7 has not been asked for; they go from 0 to 1/),
    });
  });

  it("keeps the folders of searches apart", async () => {
    const out = at("apart");
    await plan(out);
    expect((await plan(out)).stderr).toMatch(/holds this search, with 0 trials done; go on with/);
    expect((await plan(out, "--seed", "3")).stderr).toMatch(/holds another search/);
  });

  it("asks for more trials of a search, and for nothing else", async () => {
    const out = at("more");
    const search = ["iris", "--vary", "learningRate=0.01..1", "--epochs", "1", "--trials", "2"];
    await neurite("search", ...search, "--plan", "--out", out);
    const again = (...flags: string[]) => neurite("search", "--resume", out, "--plan", ...flags);
    const first = await again();
    const more = await again("--trials", "4");
    const lines = (text: string) => text.trimEnd().split("\n");
    expect(lines(more.stdout)).toHaveLength(4);
    expect(lines(more.stdout).slice(0, 2)).toEqual(lines(first.stdout));
    expect(lines((await again()).stdout)).toHaveLength(4);
    expect(await again("--trials", "3")).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/has 4 trials already; expected more in all, received 3/),
    });
    expect((await again("--epochs", "2")).stderr).toMatch(/--epochs: --resume goes on/);
    const longer = await neurite("search", ...search.with(-1, "9"), "--out", out);
    expect(longer.stderr).toContain(`search --resume ${out} --trials 9`);
  });

  it("takes the space of a specification", async () => {
    const spec = {
      version: 1,
      data: { name: "iris" },
      model: {
        layers: [
          { kind: "input", shape: [4] },
          { kind: "dense", units: 3, activation: "softmax" },
        ],
      },
      loss: "crossEntropy",
      optimizer: "adam",
      training: { epochs: 1, batchSize: 8 },
      search: { space: { "training.batchSize": [4, 8, 16] }, strategy: "grid" },
    };
    writeFileSync(at("spec.json"), JSON.stringify(spec));
    const { stdout, stderr } = await neurite(
      "search",
      at("spec.json"),
      "--plan",
      "--out",
      at("own"),
    );
    expect([stdout.trimEnd().split("\n").length, stderr]).toEqual([
      3,
      expect.stringMatching(/^3 trials/),
    ]);
  });
});
