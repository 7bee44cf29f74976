/** The small entry point alone, as a page has it: what it fetches for a run is enough, and gives the same numbers. */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { loadData } from "neurite/data";
import { loadTimeline } from "neurite/inspect";
import { fitData, networkOf, parseRunSpec } from "neurite/train";
import { expect, it } from "vitest";
import { buildPackages } from "./built.ts";
import { ownFlags } from "./v8-flags.ts";

const execute = promisify(execFile);
const root = fileURLToPath(new URL("..", import.meta.url));
const chain = (...layers: object[]) => ({
  layers: [{ kind: "input", shape: [2] }, ...layers],
});
const last = { kind: "dense", units: 1, activation: "sigmoid" };
const names = (field: string, ...all: string[]) => all.map((name) => ({ [field]: name }));
const layers = (...all: object[]) => all.map((layer) => ({ model: chain(layer, last) }));

/** One of each kind that is there from the start, that is fetched, and that other things come with. */
const RUNS: readonly object[] = [
  {},
  { loss: "meanSquaredError", dtype: "float64", metrics: ["binaryAccuracy"] },
  { regularizer: { kind: "l1", lambda: 0.1, convention: "playground" }, clip: { norm: 1 } },
  { averageWeights: { kind: "ema", decay: 0.9 }, engine: "reference" },
  { training: { epochs: 1, batchSize: 1, accumulate: 2 } },
  ...names("optimizer", "adam", "adamW", "rmsProp", "adadelta"),
  { optimizer: "lbfgs", training: { epochs: 1, batchSize: 4 } },
  ...names("loss", "quadratic", "hinge"),
  ...names("schedule", "cosine", "piecewise").map((more) => ({ ...more, optimizer: "sgd" })),
  { metrics: ["auc", "r2", "f1", "calibration"] },
  ...layers(
    { kind: "dense", units: 3, activation: "gelu", weights: "orthogonal" },
    { kind: "dense", units: 3, activation: "sin", weights: "normal" },
    { kind: "batchNormalization" },
    { kind: "maxout", units: 2 },
  ),
  {
    model: chain({ kind: "reshape", shape: [2, 1] }, { kind: "lstm", units: 2 }, last),
  },
  {
    model: chain(
      { kind: "reshape", shape: [2, 1] },
      { kind: "conv1d", filters: 2, kernelSize: 2 },
      { kind: "flatten" },
      last,
    ),
  },
  ...layers({ kind: "network", network: chain({ kind: "dense", units: 2 }) }),
].map((more) => ({
  version: 1,
  data: { name: "xor" },
  model: chain({ kind: "dense", units: 3, activation: "tanh" }, last),
  loss: "binaryCrossentropy",
  optimizer: { name: "sgd", learningRate: 0.5 },
  metrics: ["accuracy"],
  training: { epochs: 1, batchSize: 3 },
  seed: 2,
  dtype: "float32",
  engine: "wasm",
  ...more,
}));

/** What the small entry point gives after three steps, each run with modules that have fetched nothing. */
async function figuresAlone(specs: readonly object[]): Promise<unknown[]> {
  const args = [...ownFlags(), "--experimental-vm-modules", "--no-warnings", "test/alone.mjs"];
  const running = execute(process.execPath, args, { cwd: root });
  running.child.stdin!.end(JSON.stringify(specs));
  return JSON.parse((await running).stdout);
}

it("trains whatever a specification names", async () => {
  buildPackages();
  const specs = RUNS.map((run) => parseRunSpec(run as never));
  const said = await figuresAlone(specs);
  for (const [i, spec] of specs.entries()) {
    const data = fitData(await loadData(spec.data), networkOf(spec.model, spec.dtype), spec);
    const timeline = await loadTimeline(spec, data);
    await timeline.advance(3);
    const figures = await timeline.model.evaluate(data.train.x, data.train.y);
    const expected = JSON.parse(JSON.stringify(figures));
    expect(said[i], JSON.stringify(RUNS[i])).toEqual(expected);
  }
}, 240_000);

it("is the only entry point that must fetch: programs of what is fetched late are written at once", async () => {
  buildPackages();
  const model = chain({ kind: "dense", units: 2, activation: "gelu" }, last);
  const spec = parseRunSpec({ ...RUNS[0], model, optimizer: "nadam" } as never);
  const program = `import { kerasCodeOf } from "neurite/code";
console.log(kerasCodeOf(JSON.parse(process.argv[1])));`;
  const args = ["--input-type=module", "-e", program, JSON.stringify(spec)];
  const { stdout } = await execute(process.execPath, args, { cwd: root });
  expect(stdout).toContain("gelu");
  expect(stdout).toContain("Nadam");
}, 60_000);
