// Runs the programs of kerasCodeOf() and torchCodeOf() and compares what they print with what the library predicts.
// usage: node scripts/python-code.mjs PYTHON [name ...], of an environment with keras, jax, torch, numpy and
// safetensors; KERAS_BACKEND=tensorflow or torch runs Keras's programs on these.
// Needs a build. A test keeps the programs' text; this says that the text is right. Each program runs with the run's
// own weights, PyTorch's with those of toStateDict() too, by load_state_dict(strict=True).

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { random, tensor } from "neurite";
import { kerasCodeOf, torchCodeOf } from "neurite/code";
import { toStateDict } from "neurite/pytorch";
import { loadWeights, modelOf, saveModel } from "neurite/train";
import { RUNS } from "./python-runs.mjs";

/** How far an output may be, relative to 1 or to itself. */
const BOUND = 1e-5;
const EXAMPLES = 6;

const [python = "python3", ...chosen] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "neurite-python-"));
const base = {
  version: 1,
  data: { name: "moons" },
  loss: "meanSquaredError",
  optimizer: { name: "sgd", learningRate: 0.01 },
  training: { epochs: 3, batchSize: 2 },
  seed: 3,
};

/** Weights, biases and statistics that no default hides. */
function stir(model) {
  const stirred = [...model.state.variables]
    .filter(([name]) => /^(params|state)\//.test(name) && !name.includes("/carried/"))
    .map(([name, { type }], i) => {
      const drawn = random.normal(random.key(i + 1), type.shape).data;
      const isVariance = name.endsWith("/variance");
      const data = Float32Array.from(drawn, (v) => (isVariance ? 0.5 + Math.abs(v) : 0.4 * v));
      return [name, { dtype: "float32", shape: type.shape, data }];
    });
  loadWeights(model, new Map(stirred));
}

const jobs = [];
const wanted = new Map();
for (const [name, { x: rows, keras = true, torch = true, labels, ...part }] of Object.entries(
  RUNS,
)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  const run = { ...base, ...part };
  const model = modelOf(run);
  stir(model);
  const { inputShapes } = model.network;
  const x = rows ? tensor(rows) : random.normal(random.key(1), [EXAMPLES, ...inputShapes[0]]);
  const count = x.type.shape[0];
  const expected = [...(await model.predict(x)).data];
  const width = labels ? 1 : expected.length / count;
  const size = x.data.length / count;
  const head = [...Array(size).keys()].map((i) => `x${i}`);
  head.push(...[...Array(width).keys()].map((i) => `y${i}`));
  const lines = [...Array(count).keys()].map((i) =>
    [
      ...x.data.slice(i * size, (i + 1) * size),
      ...Array(width).fill(labels ? i % labels : 0.5),
    ].join(","),
  );
  const at = join(folder, name.replaceAll(/\W+/g, "-"));
  mkdirSync(at);
  const put = (file, content) => {
    writeFileSync(join(at, file), content);
    return join(at, file);
  };
  const examples = put("examples.csv", `${[head.join(","), ...lines].join("\n")}\n`);
  const own = put("model.safetensors", saveModel(model));
  const job = (framework, weights, program) => {
    jobs.push({ name, framework, program, args: [examples, ...weights] });
    wanted.set(jobs.length - 1, weights.length > 0 ? expected : null);
  };
  if (keras) {
    const program = put("by_keras.py", kerasCodeOf(run));
    job("keras", [own], program);
    job("keras", [], program);
  }
  if (torch) {
    const program = put("by_torch.py", torchCodeOf(run));
    const exported = put("state_dict.safetensors", toStateDict(model).bytes);
    job("torch", [own], program);
    job("torch state_dict", [exported], program);
    job("torch", [], program);
  }
}

/** A process for all programs of a framework, which takes seconds to load; two cannot always share one. */
const DRIVER = `
import contextlib, io, json, runpy, sys, traceback
for number, job in json.load(open(sys.argv[1])):
    said = io.StringIO()
    sys.argv = [job["program"], *job["args"]]
    try:
        with contextlib.redirect_stdout(said):
            runpy.run_path(job["program"], run_name="__main__")
        print(json.dumps({"number": number, "said": said.getvalue()}), flush=True)
    except Exception:
        print(json.dumps({"number": number, "failed": traceback.format_exc()}), flush=True)
`;
function carriedOut(framework) {
  const file = join(folder, `${framework}.json`);
  const own = [...jobs.entries()].filter(([, job]) => job.framework.startsWith(framework));
  writeFileSync(file, JSON.stringify(own));
  const { stdout, stderr, status } = spawnSync(python, ["-c", DRIVER, file], {
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(stderr);
  return stdout.trim().split("\n").filter(Boolean);
}

let [worst, failures] = [0, 0];
const told = new Map();
for (const line of ["keras", "torch"].flatMap(carriedOut)) {
  const { number, said, failed } = JSON.parse(line);
  const { name, framework } = jobs[number];
  const expected = wanted.get(number);
  const say = (text) => told.set(`${name.padEnd(24)} ${framework.padEnd(17)}`, text);
  if (failed) {
    failures++;
    console.error(`${name}, ${framework}:\n${failed}`);
  } else if (expected) {
    const numbers = said.trim().split(/\s+/).map(Number);
    const furthest = Math.max(
      ...numbers.map((a, i) => Math.abs(a - expected[i]) / Math.max(1, Math.abs(expected[i]))),
    );
    if (numbers.length !== expected.length || !(furthest < BOUND)) {
      failures++;
      console.error(
        `${name}, ${framework}: off by ${furthest}, ${numbers.length} numbers of ${expected.length}`,
      );
    }
    worst = Math.max(worst, furthest);
    say(`furthest ${furthest.toExponential(1)}`);
  } else if (!/^loss \S+/.test(said) || !Number.isFinite(Number(/^loss (\S+)/.exec(said)[1]))) {
    failures++;
    console.error(`${name}, ${framework}: trained to ${said.split("\n")[0]}`);
  }
}
for (const [what, text] of told) console.log(`${what} ${text}`);
rmSync(folder, { recursive: true });
console.log(
  `${told.size} programs with weights, all within ${worst.toExponential(1)}; ${failures} failed`,
);
process.exitCode = failures > 0 ? 1 : 0;
