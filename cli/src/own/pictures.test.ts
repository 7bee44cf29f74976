// Folders of pictures by class, from the files to predictions: trained, judged, asked, resumed, refused.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readRunSpec } from "neurite/train";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { drawnJpeg, drawnPng, writeIn, writeShapes } from "../pictures/shapes.testing.ts";
import { neurite } from "../run.testing.ts";

const folder = mkdtempSync(join(tmpdir(), "neurite-pictures-"));
const at = (name: string) => join(folder, name);
const shapes = at("shapes");
const run = at("run");
const quick = ["--epochs", "1", "-q"];
/** Reads, tells and builds, which is what most of these are about, and trains nothing. */
const untrained = ["--epochs", "0"];

beforeAll(async () => {
  writeShapes(shapes, ["disc", "cross"], 30);
  const { code, stderr } = await neurite("train", shapes, "--out", run, "--epochs", "12");
  expect([code, stderr]).toEqual([0, expect.stringContaining("pictures of 12 x 12 in grey")]);
}, 180_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const good = { shape: "disc", width: 12, height: 12 } as const;

/** Two classes of four pictures, and what else is asked for. */
function small(name: string, more: Readonly<Record<string, Uint8Array | string>> = {}): string {
  writeShapes(at(name), ["disc", "cross"], 4);
  for (const [file, content] of Object.entries(more)) writeIn(at(name), file, content);
  return at(name);
}

describe("neurite train photos/", () => {
  it("learns to tell the classes apart, and says how many there are of each", async () => {
    const { stdout } = await neurite("evaluate", run);
    expect(stdout).toMatch(/on 12 test examples of shapes/);
    expect(stdout).toMatch(/^accuracy +(9|100)/m);
    expect(stdout).toMatch(/^disc +6 /m);
  });

  it("writes a specification that trains again, and a report with the files of mistakes", async () => {
    const spec = readRunSpec(readFileSync(join(run, "spec.json"), "utf8"));
    expect(spec.data.file).toMatchObject({
      ...{ kind: "pictures", height: 12, width: 12, channels: 1 },
      classes: ["cross", "disc"],
    });
    const again = await neurite("train", join(run, "spec.json"), ...quick);
    expect(again).toMatchObject({ code: 0, stderr: "" });
    const poor = at("poor");
    await neurite("train", shapes, "--out", poor, ...untrained, "-q");
    expect(readFileSync(join(poor, "report.html"), "utf8")).toMatch(/#\d+ \d+\.(png|jpg)</);
  });

  it("takes train and test from the folders of these names", async () => {
    writeShapes(at("parted/train"), ["disc", "cross"], 6);
    writeShapes(at("parted/Test"), ["disc", "cross"], 3);
    writeIn(at("parted"), "more/disc/1.png", drawnPng(good));
    const { stderr } = await neurite("train", at("parted"), ...untrained);
    expect(stderr).toContain("12 training examples, 6 test examples");
    expect(stderr).toContain("folders beside train and test are left out: more");
  });

  it("brings pictures of any shape to the size and the colours that are asked for", async () => {
    const size = { width: 40, height: 20, ink: [200, 30, 30] } as const;
    writeShapes(at("wide"), ["disc", "cross"], 4, size);
    const found = await neurite("train", at("wide"), "--epochs", "1");
    expect(found.stderr).toContain("pictures of 20 x 40 in colour");
    const asked = ["--size", "16x24", "--grey", "--fit", "pad", "--out", at("padded")];
    const { stderr } = await neurite("train", at("wide"), ...asked, ...untrained);
    expect(stderr).toContain("pictures of 16 x 24 in grey; other shapes are padded");
    const predicted = await neurite("predict", at("padded"), join(at("wide"), "disc/0.png"));
    expect(predicted.stdout).toMatch(/^(disc|cross) +\d+\.\d %/m);
  });

  it("looks into nested folders, and says what it leaves out", async () => {
    const path = small("mixed", {
      "disc/nested/deep/9.PNG": drawnPng(good),
      "disc/notes.txt": "not a picture",
      "disc/._0.png": "what a system leaves",
      ".hidden/1.png": drawnPng(good),
      "alone.png": drawnPng(good),
      "rare/1.png": drawnPng({ ...good, shape: "stripes" }),
    });
    mkdirSync(join(path, "empty"));
    writeIn(folder, "outside/secret.png", drawnPng(good));
    symlinkSync(at("outside/secret.png"), join(path, "disc/out.png"));
    symlinkSync(at("outside"), join(path, "linked"));
    symlinkSync(join(path, "disc/0.png"), join(path, "disc/within.png"));
    const { stderr } = await neurite("train", path, ...untrained);
    expect(stderr).toContain("3 classes: cross 36.4 %, disc 54.5 %, rare 9.1 %");
    expect(stderr).toContain("nothing to test with of rare");
    expect(stderr).toContain("folders without pictures are left out: empty");
    expect(stderr).toContain("1 picture beside the folders of classes left out");
    expect(stderr).toContain("1 file left out that is no .png, .jpg or .jpeg (.txt 1)");
    expect(stderr).toContain("2 links left out that lead out of the folder");
  });

  const whole = drawnPng(good);
  it("leaves out by name what cannot be read, and refuses it with --strict", async () => {
    const path = small("broken", {
      "disc/cut.png": whole.subarray(0, 60),
      "cross/gif.jpg": "GIF89a",
    });
    const { code, stderr } = await neurite("train", path, ...untrained);
    expect(stderr.replaceAll("\n", " ")).toMatch(/left out: .*cut\.png: the PNG file is cut short/);
    expect(stderr.replaceAll("\n", " ")).toMatch(
      /left out: .*gif\.jpg: this is a GIF picture; expected/,
    );
    expect(stderr).toContain("6 training examples, 2 test examples");
    expect(code).toBe(0);
    const strict = await neurite("train", path, "--strict", ...quick);
    expect(strict.stderr).toMatch(/gif\.jpg: this is a GIF picture/);
    expect([strict.code, strict.stdout]).toEqual([1, ""]);
  });

  it("learns pictures of a single pixel", async () => {
    const dot = (ink: number) =>
      drawnPng({ shape: "disc", width: 1, height: 1, ink: [ink, ink, ink] });
    for (let i = 0; i < 6; i++) {
      writeIn(at("dots"), `dark/${i}.png`, dot(10 * i));
      writeIn(at("dots"), `light/${i}.png`, dot(255 - 10 * i));
    }
    const { code, stderr } = await neurite("train", at("dots"), "--epochs", "1");
    expect([code, stderr]).toEqual([0, expect.stringContaining("pictures of 1 x 1 in grey")]);
  });

  const refusals: readonly (readonly [args: string, message: RegExp])[] = [
    ["one", /one: expected a folder of pictures for each class, two or more; found one, disc/],
    ["bare", /found no such folder \(and 1 picture in no folder\)/],
    ["shapes --grey --colour", /--grey and --colour: choose one/],
    ["shapes --fit croop", /--fit: Unknown way "croop"\. Did you mean "crop"\?/],
    ["shapes --size 9999x2", /--size: expected at most 1024 pixels a side/],
    ["shapes --size 12y", /Expected a height and a width as in "32x32"/],
    ["shapes --target income", /--target: .*shapes is no table of your own/],
    ["shapes --length 5", /--length: .*shapes is no text of your own/],
    ["shapes --preset conv", /--preset: expected a data set/],
    ["run", /run: this is the folder of a run; go on with it by --resume/],
  ];
  it.each(refusals)("refuses %s", async (args, message) => {
    writeIn(at("one"), "disc/1.png", whole);
    writeIn(at("bare"), "1.png", whole);
    const [source, ...flags] = args.split(" ");
    const { code, stdout, stderr } = await neurite("train", at(source!), ...flags, "--epochs", "1");
    expect(stderr).toMatch(message);
    expect([code === 0, stdout]).toEqual([false, ""]);
  });

  it("resumes, and says that the folder has changed since", async () => {
    const [path, out] = [small("grows"), at("grows-run")];
    const given = ["train", path, "--out", out, "--flow", "0", "-q"];
    expect(await neurite(...given, "--epochs", "1")).toMatchObject({ code: 0 });
    expect(await neurite(...given, "--epochs", "2", "--resume")).toMatchObject({ code: 0 });
    writeIn(path, "disc/new.png", drawnPng({ ...good, number: 7 }));
    const resumed = await neurite("train", "--resume", out, "--epochs", "2");
    expect(resumed.stderr).toContain("has changed since the run was made");
  });
});

describe("neurite predict of pictures", () => {
  it("says what one picture is, which way up a camera has stored it", async () => {
    const path = writeIn(folder, "one-photo.jpg", drawnJpeg({ ...good, width: 60, height: 40 }, 6));
    const { stdout, code } = await neurite("predict", run, path);
    expect(stdout).toMatch(/^disc \(\d+\.\d %\)$/m);
    expect(code).toBe(0);
  });

  it("predicts a folder, and several files, with a row for each", async () => {
    const out = at("predictions.csv");
    const { stdout, code } = await neurite("predict", run, shapes, "--out", out);
    expect([code, stdout]).toEqual([0, `60 pictures predicted: ${out}\n`]);
    const [head, first] = readFileSync(out, "utf8").trim().split("\r\n");
    expect(head).toBe("file,class,p(cross),p(disc)");
    expect(first).toMatch(/^cross\/0\.png,cross,0\.\d+,\d/);
    const own = await neurite("predict", run, shapes, "--out", writeIn(folder, "mine.csv", "a,b"));
    expect([own.code, own.stderr]).toEqual([2, expect.stringContaining("a file of your own")]);
    const two = ["cross/1.jpg", "disc/0.png"].map((name) => join(shapes, name));
    const printed = await neurite("predict", run, ...two, "--json");
    const rows = printed.stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(rows.map((row) => [row.file, row.class])).toEqual([
      [two[0], "cross"],
      [two[1], "disc"],
    ]);
  });

  it("names and leaves out what cannot be read among several", async () => {
    const path = writeIn(at("some"), "bad.png", "no picture");
    writeFileSync(join(at("some"), "good.png"), drawnPng(good));
    const { stderr, stdout, code } = await neurite("predict", run, at("some"));
    expect(stderr).toContain("bad.png: expected a PNG or JPEG picture");
    expect(stdout.trim().split("\r\n")).toHaveLength(2);
    expect(code).toBe(0);
    const alone = await neurite("predict", run, path);
    expect([alone.code, alone.stderr]).toEqual([
      1,
      expect.stringContaining("expected a PNG or JPEG"),
    ]);
    const none = await neurite("predict", run, at("nothing"));
    expect([none.code, none.stderr]).toEqual([1, expect.stringContaining("no such file")]);
  });

  it("judges another folder of the same classes", async () => {
    writeShapes(at("other"), ["disc", "cross", "stripes"], 3);
    const { stdout, stderr } = await neurite("evaluate", run, at("other"));
    expect(stdout).toMatch(/on 6 test examples of other/);
    expect(stderr).toContain(
      "3 pictures left out of folders that are none of the run's classes: stripes",
    );
  });

  it("is shown by summary and inspect", async () => {
    expect((await neurite("summary", run)).stdout).toMatch(/conv2d/);
    const { code, stdout } = await neurite("inspect", run, "layers", "learnt");
    expect([code, stdout]).toEqual([0, expect.stringMatching(/conv2d1 .*3, 3, 1, 16/)]);
  });
});
