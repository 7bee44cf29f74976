// The commands end to end in one process: what they print, write and refuse.

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodeIdx } from "neurite/formats";
import { decodeCheckpoint } from "neurite/train";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { encodePng } from "../pictures/encode-png.ts";
import { neurite } from "../run.testing.ts";

const folder = mkdtempSync(join(tmpdir(), "neurite-commands-"));
const at = (...path: string[]) => join(folder, ...path);
const [digits, moons] = [at("digits"), at("moons")];

beforeAll(async () => {
  const small = ["--train", "600", "--test", "200", "--hidden", "16", "--epochs", "4"];
  expect(await neurite("train", "mnist", ...small, "--out", digits, "-q")).toMatchObject({
    code: 0,
  });
  const flags = ["--epochs", "12", "--out", moons, "-q"];
  expect(await neurite("train", "moons", ...flags)).toMatchObject({ code: 0 });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function weightsOf(run: string): number[][] {
  const { variables } = decodeCheckpoint(readFileSync(join(run, "weights.safetensors")));
  return [...variables.values()].map(({ data }) => Array.from(data));
}

describe("neurite", () => {
  it("prints its help, and refuses unknown commands with the nearest known one", async () => {
    expect((await neurite()).stdout).toContain("neurite train mnist --out");
    expect(await neurite("trian")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Did you mean "train"?'),
    });
  });

  it.each([
    [["train", "moons", "extra"], /too many arguments for 'train'/],
    [["evaluate", "runs/no", "1", "2"], /too many arguments for 'evaluate'/],
    [["train"], /expected a data set, data of your own or a spec/],
    [["train", "mnits"], /Unknown data set "mnits"\. Did you mean "mnist"\?/],
    [["train", "xor", "--epoch", "3"], /unknown option '--epoch'\n\(Did you mean --epochs\?\)/],
    [["train", "xor", "--epochs", "many"], /'--epochs <n>' .* Expected a whole number/],
    [["train", "xor", "--epochs", "1", "extra"], /too many arguments/],
    [["train", "xor", "--hidden", "4,,"], /Expected sizes as in "100,50"/],
    [["train", "xor", "--optimizer", "adm"], /--optimizer: .* Did you mean "adam"\?/],
    [["train", "xor", "--loss", "hing"], /--loss: .* Did you mean "hinge"\?/],
    [["train", "xor", "--activation", "rleu"], /--activation: .* Did you mean "relu"\?/],
    [["train", "xor", "--engine", "referense"], /--engine: .* Did you mean "reference"\?/],
    [["train", "xor", "--threads", "65"], /--threads: expected at most 64, received 65/],
    [["train", "xor", "--threads", "0"], /Expected a whole number above 0/],
    [["train", "xor", "--threads", "2", "--engine", "reference"], /reference engine runs on 1/],
    [["train", "xor", "--resume"], /--resume: expected the folder of a run/],
    [["summary", "xor", "--code", "--dot"], /choose one/],
    [["summary", "xor", "--code", "pytroch"], /--code: .*Did you mean "pytorch"/],
    [["activations", "rleu"], /Did you mean "relu"\?/],
  ])("calls %j wrong usage", async (args, message) => {
    const { code, stdout, stderr } = await neurite(...args);
    expect(stderr).toMatch(/^neurite: /);
    expect(stderr).toMatch(message);
    expect([code, stdout]).toEqual([2, ""]);
  });
});

describe("train", () => {
  it("writes specification, weights, history and report, and nothing else", () => {
    const files = ["history.csv", "report.html", "spec.json", "weights.safetensors"];
    expect(readdirSync(digits).sort()).toEqual(files);
    const [head, ...rows] = readFileSync(join(moons, "history.csv"), "utf8").trimEnd().split("\n");
    expect(head).toBe("epoch,loss,accuracy,learningRate,seconds,testLoss,testAccuracy");
    expect(rows).toHaveLength(12);
  });

  it("gives the same weights again from the specification that it wrote, and its figures", async () => {
    const again = at("again");
    const ran = await neurite("train", join(moons, "spec.json"), "--out", again, "--json");
    expect(weightsOf(again)).toEqual(weightsOf(moons));
    const done = JSON.parse(ran.stdout.trimEnd().split("\n").at(-1)!);
    const { stdout } = await neurite("evaluate", moons, "--json");
    expect(JSON.parse(stdout)).toMatchObject({ accuracy: done.testAccuracy, loss: done.testLoss });
  });

  it("resumed with more epochs ends where an unbroken run does", async () => {
    const short = at("short");
    await neurite("train", "moons", "--epochs", "5", "--out", short, "-q");
    await neurite("train", "--resume", short, "--epochs", "12", "-q");
    expect(weightsOf(short)).toEqual(weightsOf(moons));
  });

  it("stopped early and resumed, stays stopped", async () => {
    const spec = JSON.parse(readFileSync(join(moons, "spec.json"), "utf8"));
    const training = { epochs: 60, batchSize: 10, validationSplit: 0.2 };
    const stopping = { patience: 2, restoreBest: true };
    writeFileSync(at("stopping.json"), JSON.stringify({ ...spec, training, stopping }));
    const run = at("stopping");
    const { stdout } = await neurite("train", at("stopping.json"), "--out", run);
    expect(stdout).toMatch(/^Stopped early: no improvement of valLoss in 2 epochs/);
    const before = weightsOf(run);
    const resumed = await neurite("train", "--resume", run);
    expect(resumed.stdout).toMatch(/^Stopped early: /);
    expect(weightsOf(run)).toEqual(before);
  });

  it("does not replace another run unasked", async () => {
    const { code, stderr } = await neurite("train", "xor", "--epochs", "1", "--out", moons, "-q");
    expect(stderr).toMatch(
      /holds another run; take another folder, or start over with --overwrite/,
    );
    expect(code).toBe(2);
  });

  it("ends with an error where the last step leaves finite weights and an infinite loss", async () => {
    const flags = ["--optimizer", "sgd", "--learning-rate", "1e30", "--epochs", "1"];
    const one = await neurite("train", "regressionPlane", ...flags, "--batch-size", "250", "-q");
    expect(one.stderr).toMatch(
      /^neurite: training diverged: the test loss is .* after epoch 1\. Try/,
    );
    expect(one.code).toBe(1);
  });

  it("a loss that turns NaN ends the run with the step and the op", async () => {
    const flags = ["--optimizer", "sgd", "--learning-rate", "1e30", "-q"];
    const { code, stderr } = await neurite("train", "iris", ...flags);
    expect(stderr).toMatch(
      /^neurite: training stopped: .* epoch 1, step \d+.* op \d+ \(\w+ in "dense/,
    );
    expect(code).toBe(1);
  });

  it("refuses folders that cannot be written", async () => {
    writeFileSync(at("file"), "");
    const special = process.platform === "linux" ? ["/proc/neurite"] : [];
    for (const out of [at("file"), at("file", "below"), ...special]) {
      const { code, stderr } = await neurite("train", "xor", "--epochs", "1", "--out", out, "-q");
      expect(stderr).toMatch(/^neurite: --out: (expected a folder|cannot write to)/);
      expect(code).toBe(1);
    }
  });
});

describe("the report", () => {
  it("has everything in it, with texts for pictures, and needs nothing from outside", () => {
    const html = readFileSync(join(digits, "report.html"), "utf8");
    for (const part of [
      "Learning, over 4 epochs",
      "class by class",
      "worst mistakes",
      "first layer",
    ]) {
      expect(html).toContain(part);
    }
    expect(html).not.toMatch(/<script|<link|@import|src="(?!data:)|url\(/);
    const images = html.match(/<img [^>]*>/g)!;
    expect(images.length).toBeGreaterThan(10);
    expect(images.every((image) => / alt="[^"]{10,}"/.test(image))).toBe(true);
    expect(html.match(/<svg (?=[^>]*role="img")[^>]*aria-label="[^"]+"/g)).toHaveLength(2);
  });

  it("shows the plane for sets in the plane", () => {
    const html = readFileSync(join(moons, "report.html"), "utf8");
    expect(html).toMatch(/What it makes of the plane.*<image [^>]*href="data:image\/png;base64/s);
  });
});

describe("the report of other runs", () => {
  const reportOf = async (...args: string[]) => {
    const run = mkdtempSync(at("report-"));
    const ran = await neurite("train", ...args, "--out", run, "--overwrite");
    expect(ran.code).toBe(0);
    return { ...ran, html: readFileSync(join(run, "report.html"), "utf8") };
  };

  it("speaks of values where there are no classes", async () => {
    const { html } = await reportOf("regressionPlane", "--epochs", "3");
    const [title] = /<h1>.*<\/h1>/.exec(html)!;
    expect(title).toMatch(/regressionPlane: R² \d\.\d{4} on 200 test examples/);
    expect(says(html, "the nearer to 0 the value is")).toBe(true);
    expect(says(html, "the less sure")).toBe(false);
  });

  // Whole pages in the message of a failed test would bury it.
  const says = (html: string, text: string) => html.includes(text);

  it("shows an explosion on an axis of powers", async () => {
    const wild = ["--learning-rate", "100", "--optimizer", "sgd", "--epochs", "3"];
    const { html } = await reportOf("iris", ...wild, "--hidden", "10");
    expect(says(html, "The axis is logarithmic")).toBe(true);
    expect(says(html, "1e")).toBe(true);
  });

  it("says that nothing was learned where all examples are taken for one class", async () => {
    const deep = ["--activation", "sigmoid", "--loss", "quadratic", "--epochs", "1"];
    const { html } = await reportOf("iris", ...deep, "--hidden", "10,10,10,10");
    expect(says(html, "It takes every example for ")).toBe(true);
    expect(says(readFileSync(join(digits, "report.html"), "utf8"), "It takes every")).toBe(false);
  });

  it("tells what training for no epochs is", async () => {
    const { stdout } = await reportOf("moons", "--epochs", "0");
    expect(stdout).toMatch(/^Nothing was learned: the run has 0 epochs\.\n/);
  });
});

describe("evaluate", () => {
  it("refuses data of another shape, and folders without a run", async () => {
    expect((await neurite("evaluate", moons, "iris")).stderr).toMatch(
      /expected an input of shape \[4\]/,
    );
    expect((await neurite("evaluate", folder)).stderr).toMatch(/there is no run here/);
  });

  it.each([
    ["empty", (_: Buffer) => Buffer.alloc(0), /safetensors: the file is too short/],
    ["cut short", (good: Buffer) => good.subarray(0, -3), /weights\.safetensors: safetensors: /],
    ["its header damaged", (good: Buffer) => Buffer.from(good).fill(0xff, 9, 20), /safetensors: /],
    ["text", (_: Buffer) => Buffer.from("hello, world"), /safetensors: the header claims/],
  ])("refuses weights that are %s", async (_, damage, message) => {
    const run = mkdtempSync(at("broken-"));
    writeFileSync(
      join(run, "weights.safetensors"),
      damage(readFileSync(join(moons, "weights.safetensors"))),
    );
    for (const args of [
      ["evaluate", run],
      ["train", "--resume", run],
      ["predict", run, "1,1"],
    ]) {
      const { code, stderr } = await neurite(...args);
      expect(stderr).toMatch(message);
      expect(code).toBe(1);
    }
  });
});

describe("predict", () => {
  /** An upright stroke, 40 x 60 pixels: paper and ink as given. */
  function stroke(paper: number, ink: number): Uint8Array {
    return encodePng(40, 60, (x, y) => {
      const value = x > 16 && x < 23 && y > 8 && y < 52 ? ink : paper;
      return [value, value, value];
    });
  }

  it("reads a picture, black on white or white on black", async () => {
    writeFileSync(at("dark.png"), stroke(255, 0));
    writeFileSync(at("light.png"), stroke(0, 255));
    const [dark, light] = [
      await neurite("predict", digits, at("dark.png")),
      await neurite("predict", digits, at("light.png")),
    ];
    expect(dark).toMatchObject({ code: 0, stdout: expect.stringMatching(/\n1 \(\d+\.\d %\)\n$/) });
    expect(light.stdout).toBe(dark.stdout);
  });

  it("reads a row of an IDX file, of a data set, or plain numbers", async () => {
    const data = new Uint8Array(2 * 784).fill(9);
    writeFileSync(at("two.idx"), encodeIdx({ dtype: "uint8", shape: [2, 28, 28], data }));
    const row = await neurite("predict", digits, at("two.idx"), "--row", "1", "--json");
    const { probabilities } = JSON.parse(row.stdout);
    const sum = Object.values<number>(probabilities).reduce((a, b) => a + b);
    expect(sum).toBeCloseTo(1, 5);
    expect((await neurite("predict", digits, "mnist", "--row", "0")).stdout).toMatch(
      /%\)(, which is right|, but it is 7)\n$/,
    );
    expect((await neurite("predict", moons, "1,-0.5")).stdout).toMatch(/\n1 \(/);
  });

  it.each(["NaN,1", "-inf,1", "1e400,1"])(
    "refuses %s as numbers, not as a file",
    async (numbers) => {
      const { code, stderr } = await neurite("predict", moons, "--", numbers);
      expect(stderr).toMatch(/is not a number|up to 3.4e38/);
      expect(code).toBe(2);
    },
  );

  it("refuses numbers that are not, and takes spaces for commas", async () => {
    const { code, stderr } = await neurite("predict", moons, "1,x");
    expect(stderr).toBe(
      'neurite: expected a file or numbers as in 5.1,3.5,1.4,0.2; "x" is not a number\n',
    );
    expect(code).toBe(2);
    const [commas, spaces] = [
      await neurite("predict", moons, "1, -0.5"),
      await neurite("predict", moons, "1 -0.5"),
    ];
    expect(commas.code).toBe(0);
    expect(spaces).toEqual(commas);
  });

  it("says that outputs are not finite, and names no class then", async () => {
    const iris = at("iris-untrained");
    await neurite("train", "iris", "--epochs", "0", "-q", "--out", iris);
    const large = "3e38,-3e38,3e38,3e38"; // infinite behind relu, and infinity less infinity is NaN
    for (const flags of [[], ["--json"]]) {
      const { code, stdout, stderr } = await neurite("predict", iris, large, ...flags);
      expect(stderr).toContain(`${large}: the outputs of the network are not finite: NaN`);
      expect([code, stdout]).toEqual([1, ""]);
    }
    const beyond = await neurite("predict", moons, "1,1e39");
    expect(beyond.stderr).toContain("which is the most of float32; received 1e39");
    expect([beyond.code, beyond.stdout]).toEqual([2, ""]);
  });

  it("gives the same probabilities whether the loss takes them or net inputs", async () => {
    const spec = JSON.parse(readFileSync(join(moons, "spec.json"), "utf8"));
    const last = spec.model.layers.at(-1);
    expect(last.activation).toBe("sigmoid");
    delete last.activation;
    spec.loss = { name: spec.loss, fromLogits: true };
    writeFileSync(at("logits.json"), JSON.stringify(spec));
    expect((await neurite("train", at("logits.json"), "-q", "--out", at("z"))).code).toBe(0);
    for (const row of ["1,-0.5", "0,1"]) {
      const [p, z] = [await neurite("predict", moons, row), await neurite("predict", at("z"), row)];
      expect(z.stdout).toBe(p.stdout);
    }
    const [p, z] = [await neurite("evaluate", moons), await neurite("evaluate", at("z"))];
    expect(z.stdout.slice(z.stdout.indexOf("\n"))).toBe(p.stdout.slice(p.stdout.indexOf("\n")));
  });

  it("of a network that learned xor gives the truth table", async () => {
    const xor = at("xor");
    const soon = ["--epochs", "30", "--learning-rate", "0.1"];
    await neurite("train", "xor", ...soon, "--out", xor, "-q");
    for (const [row, result] of [
      ["0,0", 0],
      ["0,1", 1],
      ["1,0", 1],
      ["1,1", 0],
    ] as const) {
      expect((await neurite("predict", xor, row)).stdout).toContain(`\n${result} (`);
    }
  });

  it.each([
    ["cut.png", (good: Uint8Array) => good.slice(0, 60), /the PNG file is cut short/],
    ["short.png", (good: Uint8Array) => good.slice(0, 9), /the PNG file is cut short/],
    ["text.png", () => Buffer.from("not a picture"), /expected a PNG picture/],
    [
      "blank.png",
      () => encodePng(30, 30, () => [250, 250, 250]),
      /there is nothing in this picture/,
    ],
    [
      "x.idx",
      () => Buffer.from("\0\0\x08\x01\0\0"),
      /expected a PNG picture or an IDX file: idx: /,
    ],
    [
      "photo.png",
      () => Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]),
      /photo\.png: this is a JPEG picture; expected a PNG picture/,
    ],
    [
      "photo.jpg",
      () => Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]),
      /photo\.jpg: this is a JPEG picture; expected a PNG picture or an IDX file/,
    ],
    ["empty.idx", () => Buffer.alloc(0), /IDX file: idx: the header is cut short: 0 bytes/],
    ["x.gz", () => Buffer.from([0x1f, 0x8b, 8, 0, 0]), /IDX file: gzip: /],
  ])("refuses %s", async (name, content, message) => {
    writeFileSync(at(name), content(stroke(255, 0)));
    const { code, stdout, stderr } = await neurite("predict", digits, at(name));
    expect(stderr).toMatch(/^neurite: [^\n]*\n$/);
    expect(stderr).toMatch(message);
    expect([code, stdout]).toEqual([1, ""]);
  });
});

describe("summary", () => {
  it("prints the table, the graph, and DOT", async () => {
    expect((await neurite("summary", "mnist")).stdout).toContain("79510 parameters");
    expect((await neurite("summary", moons, "--graph")).stdout).toMatch(
      /^graph\(.*sigmoid\(.*return/s,
    );
    expect((await neurite("summary", moons, "--dot", "--training")).stdout).toMatch(/^digraph \{/);
  });

  it("prints what the compiler makes of a step", async () => {
    const stage = async (name: string) =>
      (await neurite("summary", moons, "--stage", name, "--training")).stdout;
    expect(await stage("kernels")).toMatch(
      /^kernel 0: .*\n {2}head = matmul\(argument0, variable\d+\)/,
    );
    expect(await stage("memory")).toMatch(/^\d+ bytes of arena/);
    expect(await stage("wasm")).toMatch(/^\(module\n.*f32x4\.mul/s);
    const { code, stderr } = await neurite("summary", moons, "--stage", "wsm");
    expect([code, stderr]).toEqual([
      2,
      'neurite: --stage: expected graph, kernels, memory, wasm, received "wsm"\n',
    ]);
  });
});

describe("activations", () => {
  it("says function and derivative as formulas", async () => {
    const { code, stdout } = await neurite("activations", "sigmoid", "relu");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^name +f\(x\) +f'\(x\)\n/);
    expect(stdout).toMatch(/^sigmoid +1 \/ \(1 \+ exp\(-x\)\) +f \* \(1 - f\)$/m);
    const json = (await neurite("activations", "relu", "--json")).stdout;
    expect(JSON.parse(json)).toMatchObject({ formula: "max(0, x)", derivative: "I(x > 0)" });
  });

  it("writes one picture a function, and a page of all", async () => {
    const out = at("activations");
    const { code, stdout } = await neurite("activations", "--out", out);
    expect(code).toBe(0);
    expect(stdout).toContain("sigmoid");
    const files = readdirSync(out);
    expect(files).toContain("index.html");
    expect(files.length).toBeGreaterThan(15);
    expect(readFileSync(join(out, "tanh.svg"), "utf8")).toMatch(/^<svg [^>]*role="img"/);
    // Its own pages it replaces.
    expect((await neurite("activations", "tanh", "--out", out)).code).toBe(0);
  });

  it("replaces no file of the user's own unasked", async () => {
    const out = mkdtempSync(at("own-"));
    writeFileSync(join(out, "index.html"), "mine");
    const { code, stderr } = await neurite("activations", "tanh", "--out", out);
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/index\.html is a file of your own; take/),
    ]);
    expect(readdirSync(out)).toEqual(["index.html"]);
    expect((await neurite("activations", "tanh", "--out", out, "--overwrite")).code).toBe(0);
    expect(readdirSync(out)).toEqual(["index.html", "tanh.svg"]);
  });
});
