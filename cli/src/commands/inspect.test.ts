// `neurite inspect`: which sections it shows, what it writes, what it refuses.

import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { INSPECTIONS } from "../inspections/index.ts";
import { neurite } from "../run.testing.ts";

const folder = mkdtempSync(join(tmpdir(), "neurite-inspect-"));
const moons = join(folder, "moons");

beforeAll(async () => {
  const flags = ["--hidden", "4", "--epochs", "3", "--out", moons, "-q"];
  expect(await neurite("train", "moons", ...flags)).toMatchObject({ code: 0 });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("knows every section by its own id", async () => {
  const ids = await Promise.all([...INSPECTIONS.values()].map(async (load) => (await load()).id));
  expect(ids).toEqual([...INSPECTIONS.keys()]);
});

describe("inspect", () => {
  it("prints text and writes a page of its own beside the run", async () => {
    const { code, stdout, stderr } = await neurite("inspect", moons, "layers");
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("The layers and their weights\n============");
    expect(stdout).toMatch(/^dense1 +\[4\] +w +\[2, 4\]/m);
    expect(stdout).toContain("17 parameters");
    const page = readFileSync(join(moons, "inspect.html"), "utf8");
    expect(page).toContain("<h2>The layers and their weights</h2>");
    expect(page).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)/);
  });

  it("prints all numbers as one JSON object, and writes a page only where asked to", async () => {
    rmSync(join(moons, "inspect.html"), { force: true });
    const { stdout } = await neurite("inspect", moons, "layers", "--json");
    const { event, layers } = JSON.parse(stdout);
    expect(event).toBe("inspection");
    expect(layers.parameters).toBe(17);
    expect(layers.layers[1].parameters[0]).toMatchObject({ name: "dense1/w", shape: [2, 4] });
    expect(existsSync(join(moons, "inspect.html"))).toBe(false);
    const out = join(folder, "page.html");
    await neurite("inspect", moons, "layers", "--json", "--out", out);
    expect(readFileSync(out, "utf8")).toContain("<!doctype html>");
  });

  it("replaces its own page, and no file of the user's unless told to", async () => {
    const own = join(folder, "own.html");
    writeFileSync(own, "<p>mine</p>");
    const refused = await neurite("inspect", moons, "layers", "--out", own);
    expect(refused).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("a file of your own"),
    });
    expect(readFileSync(own, "utf8")).toBe("<p>mine</p>");
    const told = await neurite("inspect", moons, "layers", "--out", own, "--overwrite");
    expect(told.code).toBe(0);
    expect((await neurite("inspect", moons, "layers", "--out", own)).code).toBe(0);
  });

  it.each([
    [["inspect"], 2, /missing required argument 'folder'/],
    [["inspect", join(folder, "none")], 1, /there is no run here/],
    [["inspect", moons, "layer"], 2, /Unknown section "layer"\. Did you mean "layers"\?/],
    [["inspect", moons, "--row", "-1"], 2, /'--row <n>'/],
    [["inspect", moons, "--row", "100000"], 2, /--row: expected 0 to \d+, a test example of moons/],
    [
      ["inspect", moons, "layers", "--out", join(folder, "no", "a.html")],
      1,
      /no such file or folder/,
    ],
  ])("refuses %j", async (args, expected, message) => {
    const { code, stderr } = await neurite(...args);
    expect([code, stderr.trimEnd().split("\n").length]).toEqual([expected, 1]);
    expect(stderr).toMatch(message);
  });

  it("says in one sentence that a run is of another version", async () => {
    const bytes = readFileSync(join(moons, "weights.safetensors"));
    const old = join(folder, "old");
    mkdirSync(old);
    writeFileSync(
      join(old, "weights.safetensors"),
      Buffer.from(
        bytes.toString("latin1").replace('{\\"version\\":1', '{\\"version\\":0'),
        "latin1",
      ),
    );
    const { code, stderr } = await neurite("inspect", old);
    expect(code).toBe(1);
    expect(stderr).toMatch(/weights\.safetensors: checkpoint: expected version 1, received 0\n$/);
  });
});

describe("inspect: surface", () => {
  const out = join(folder, "surface.html");
  it("draws the loss over two parameters, with the way of the training", async () => {
    const { code, stdout } = await neurite(
      ...["inspect", moons, "surface", "--path", "--reach", "2", "--out", out],
      ...["--parameters", "dense1/w[0,1]", "dense2/b[0]"],
    );
    expect(code).toBe(0);
    expect(stdout).toContain("Two parameters move, dense1/w[0,1] and dense2/b[0]");
    expect(stdout).toMatch(/Of all 17 parameters: slope [\d.e-]+, eigenvalues from/);
    expect(stdout).toContain("drawn on it in 3 steps");
    const page = readFileSync(out, "utf8");
    expect(page).toContain("training, from the dot on");
    expect(page).not.toContain("NaN");
  });

  it("or along directions, random or those of the way, as JSON too", async () => {
    const look = async (...flags: string[]) => {
      const { stdout } = await neurite("inspect", moons, "surface", "--json", ...flags);
      return JSON.parse(stdout).surface;
    };
    const random = await look("--seed", "3");
    expect(random.surface.names).toEqual(["direction 1", "direction 2"]);
    expect(random.surface.values).toHaveLength(41);
    expect(random.surface.values[20][20]).toBeCloseTo(random.all.value, 6);
    expect((await look()).surface.values).not.toEqual(random.surface.values);
    const way = await look("--directions", "path");
    expect(way.plane).toContain("principal components");
    expect(way.path.points).toHaveLength(4);
    // It ends where the run ended.
    expect(way.path.points[3].height).toBeCloseTo(random.all.value, 6);
  });

  it.each([
    [["--parameters", "dense1/w[0,0]"], "--parameters: expected two, received 1: dense1/w[0,0]"],
    [["--parameters", "dense1/w[0,0] dens2/b[0]"], 'Did you mean "dense2/b"?'],
    [["--reach", "0"], "a number above 0"],
    [["--directions", "up"], "random, path"],
  ])("refuses %j", async (flags, message) => {
    const { code, stderr } = await neurite("inspect", moons, "surface", ...flags);
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });
});
