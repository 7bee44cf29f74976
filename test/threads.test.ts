/** Processes that train on several threads: they end by themselves, and engines that are dropped end theirs. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { buildPackages } from "./built.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const library = JSON.stringify(join(root, "lib/dist/index.js"));

/** Counts the threads that start and end, and trains a step often enough to need them. */
const PRELUDE = `
  const threads = process.getBuiltinModule("node:worker_threads");
  const seen = { started: 0, ended: 0 };
  threads.Worker = class extends threads.Worker {
    constructor(...args) {
      super(...args);
      seen.started++;
      this.on("exit", () => seen.ended++);
    }
  };
  const { compile, createWasmEngine, random, setEngine, Variable } = await import(${library});
  async function train(engine) {
    setEngine(engine);
    const w = new Variable(random.normal(random.key(1), [128, 128]));
    const step = compile(() => w.assign(w.matmul(w).tanh()));
    step();
    await engine.ready();
    step.repeat(20);
  }
`;

interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(script: string, ...flags: string[]): Outcome {
  const args = [...flags, "--input-type=module", "--eval", PRELUDE + script];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: "utf8",
    timeout: 50_000,
  });
  return { status, stdout, stderr };
}

beforeAll(buildPackages);

test("a process with threads ends when its work is done", () => {
  const script = `
    await train(createWasmEngine({ threads: 3 }));
    console.log(seen.started, seen.ended);
  `;
  expect(run(script)).toEqual({ status: 0, stdout: "2 0\n", stderr: "" });
});

test("an error ends it, too, and is its own", () => {
  const script = `
    await train(createWasmEngine({ threads: 3 }));
    throw new RangeError("one of the process's own");
  `;
  const { status, stdout, stderr } = run(script);
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toMatch(/^RangeError: one of the process's own$/m);
});

test("the threads of engines that nobody uses any more end", () => {
  const script = `
    for (let i = 0; i < 4; i++) await train(createWasmEngine({ threads: 2 }));
    setEngine(createWasmEngine({ threads: 1 }));
    for (let i = 0; i < 200 && seen.ended < 3; i++) {
      gc();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    console.log(seen.started, seen.ended >= 3);
  `;
  expect(run(script, "--expose-gc")).toEqual({ status: 0, stdout: "4 true\n", stderr: "" });
});
