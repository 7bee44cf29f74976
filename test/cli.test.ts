/** The real command, built and spawned: output streams, exit codes, and runs that are killed and resumed. */
import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { neurite as neuriteHere } from "../cli/src/run.testing.ts";
import { type Checkpoint, decodeCheckpoint } from "../lib/src/train/files/checkpoint.ts";
import { restoreCheckpoint } from "../lib/src/train/files/restore.ts";
import { modelOf } from "../lib/src/train/run/run.ts";
import { buildPackages } from "./built.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const binary = join(root, "cli/bin/neurite.js");
const folder = mkdtempSync(join(tmpdir(), "neurite-cli-"));

interface Result {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command in a process, which costs a second; `watch` may do something to it while it runs. */
function neurite(args: readonly string[], watch?: (child: ChildProcess) => void): Promise<Result> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [binary, ...args], { cwd: folder });
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (chunk) => {
      stdout += chunk;
    });
    child.stderr.on("data", (chunk) => {
      stderr += chunk;
    });
    child.on("close", (code, signal) => resolve({ code, signal, stdout, stderr }));
    watch?.(child);
  });
}

function events(stdout: string): Record<string, unknown>[] {
  return stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

function checkpoint(run: string): Checkpoint {
  return decodeCheckpoint(readFileSync(join(folder, run, "weights.safetensors")));
}

/** The numbers of every variable of a run: weights, optimizer slots, step counter. */
function variables(run: string): [string, number[]][] {
  return [...checkpoint(run).variables].map(([name, { data }]) => [name, Array.from(data)]);
}

const SMALL = ["train", "circles", "--samples", "200", "--epochs", "3"];
/** What one run said that several tests look at. */
let trained: Result;

beforeAll(async () => {
  buildPackages();
  trained = await neurite([...SMALL, "--out", "trained", "--json"]);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("neurite train", () => {
  it("--json prints one object a line on standard output and nothing else", () => {
    const { code, stdout, stderr } = trained;
    expect([code, stderr]).toEqual([0, ""]);
    const lines = events(stdout);
    expect(lines.map(({ event }) => event)).toEqual(["start", "epoch", "epoch", "epoch", "done"]);
    expect(lines[1]).toMatchObject({
      epoch: 1,
      loss: expect.any(Number),
      seconds: expect.any(Number),
    });
    expect(lines[4]).toMatchObject({ testAccuracy: expect.any(Number), epochs: 3 });
  });

  // A stream that fails without anybody who hears it would end the process with a stack.
  it.skipIf(!existsSync("/dev/full"))("says in a sentence that its results have no room", () => {
    const full = openSync("/dev/full", "w");
    onTestFinished(() => closeSync(full));
    const help = spawnSync(process.execPath, [binary, "help"], { stdio: ["ignore", full, "pipe"] });
    expect(String(help.stderr)).toBe("neurite: standard output: the disk is full\n");
    expect(help.status).toBe(1);
    const unsaid = [binary, "trian"];
    const { status } = spawnSync(process.execPath, unsaid, { stdio: ["ignore", "pipe", full] });
    expect(status).toBe(2);
  });

  it("runs without WebAssembly, and says so once", () => {
    const args = ["--jitless", binary, "train", "xor", "--epochs", "1"];
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
    expect(status).toBe(0);
    expect(stderr.match(/the slow reference engine is used/g)).toHaveLength(1);
    expect(stderr).toContain("engine reference, 1 thread\n");
  });

  it("leaves a folder that a program can open", async () => {
    const { stdout } = await neuriteHere("predict", join(folder, "trained"), "1,2", "--json");
    const run = checkpoint("trained");
    const model = modelOf(run.spec!);
    restoreCheckpoint(model, run);
    const x = { dtype: "float32", shape: [1, 2], data: Float32Array.of(1, 2) } as const;
    const [y] = await model.predictAll(x);
    const [{ probabilities }] = events(stdout) as [{ probabilities: Record<string, number> }];
    expect(y!.data[0]).toBeCloseTo(probabilities["1"]!, 6);
  });

  const fma = process.arch === "x64" ? ["--no-enable-fma3"] : [];
  const node = (...args: string[]) =>
    execFileSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  // Node 20 needs a flag for multiply-adds that round once; another flag takes them away.
  it.each([
    ["as it is", () => join(folder, "trained")],
    [
      "without fused multiply-adds",
      () => {
        const out = join(folder, "unfused");
        node(...fma, binary, ...SMALL, "--out", out, "-q");
        return out;
      },
    ],
  ])("is printed as a program that ends with its weights to the bit, %s", (_, train) => {
    const out = train();
    const program = node(binary, "summary", out, "--code");
    const [, own] = /^\/\/ node (--.*) program\.mjs$/m.exec(program)!;
    const file = join(folder, "printed.weights");
    const saving = `
      const { saveModel } = await import("neurite/train");
      (await import("node:fs")).writeFileSync(${JSON.stringify(file)}, saveModel(model));`;
    node(...own!.split(" "), "--input-type=module", "-e", program + saving);
    const weights = (path: string) =>
      [...decodeCheckpoint(readFileSync(path)).variables].filter(([key]) => /^params/.test(key));
    expect(weights(file)).toEqual(weights(join(out, "weights.safetensors")));
  });

  it("ends a killed, interrupted and resumed run with the weights of one never stopped, to the bit", async () => {
    const train = ["train", "circles", "--samples", "2000", "--dropout", "0.1", "--json"];
    const moments: string[] = [];
    for (const [ending, epochs] of [
      ["SIGKILL", 0],
      ["SIGKILL", 2],
      ["SIGINT", 1],
    ] as const) {
      // After some epochs, and then a little: within a step, a test, or a write. The run is far too
      // long to end by itself, however late the signal comes.
      const delay = Math.random() * 30;
      const args = [...train, "--epochs", "1000000", "--out", "killed", "--resume"];
      const { code, signal, stdout, stderr } = await neurite(args, (child) => {
        let seen = 0;
        let isDoomed = false;
        child.stdout?.on("data", (text: Buffer) => {
          seen += String(text).split('"event":"epoch"').length - 1;
          if (isDoomed || seen < epochs) return;
          isDoomed = true;
          setTimeout(() => child.kill(ending), delay);
        });
      });
      if (ending === "SIGKILL") expect(signal, stderr).toBe(ending);
      else {
        expect(code, stderr).toBe(130);
        expect(events(stdout).at(-1)).toMatchObject({ event: "epoch" });
        expect(stderr).toMatch(/neurite: interrupted; go on with: .* train --resume killed\n$/);
      }
      moments.push(`${ending} after ${epochs} epochs and ${delay.toFixed(1)} ms`);
      const left = readdirSync(join(folder, "killed"));
      // Whatever is there under its own name is whole.
      if (left.includes("weights.safetensors")) expect(() => variables("killed")).not.toThrow();
    }
    const done = checkpoint("killed").epochs.length;
    expect(done).toBeGreaterThan(0);
    const flags = [...train, "--epochs", `${done + 2}`];
    const resumed = await neurite([...flags, "--out", "killed", "--resume"]);
    expect(events(resumed.stdout)[0]).toMatchObject({ done });
    expect((await neurite([...flags, "--out", "whole"])).code).toBe(0);
    expect(variables("killed"), moments.join("; ")).toEqual(variables("whole"));
    expect(readdirSync(join(folder, "killed")).sort()).toEqual(
      readdirSync(join(folder, "whole")).sort(),
    );
  });

  it.each([
    ["waits", "setTimeout(() => {}, 30_000)"],
    ["computes without a pause, as in a long compilation", "for (;;);"],
  ])("a second Ctrl-C ends a process that %s", async (_, work) => {
    const interrupt = JSON.stringify(join(root, "cli/dist/terminal/interrupt.js"));
    const script = `
      import { watchSignals } from ${interrupt};
      // Not before the thread that hears signals is there, however late it starts.
      process.on("worker", (watchman) => watchman.once("online", () =>
        setTimeout(() => { console.log("at work"); ${work} }, 200)));
      watchSignals();
      setTimeout(() => {}, 30_000); // the watchman alone keeps no process`;
    const child = spawn(process.execPath, ["--input-type=module", "-e", script]);
    onTestFinished(() => void child.kill("SIGKILL"));
    const ended = new Promise<readonly [number | null, string | null]>((resolve) => {
      child.on("exit", (code, signal) => resolve([code, signal]));
    });
    await new Promise((resolve) => child.stdout.once("data", resolve));
    child.kill("SIGINT");
    const first = await Promise.race([ended, new Promise((r) => setTimeout(r, 700, "goes on"))]);
    expect(first).toBe("goes on");
    child.kill("SIGINT");
    const [code, signal] = await ended;
    expect(code === 130 || signal === "SIGINT").toBe(true);
  });
});

// Windows has no such limit; a file system that is full answers alike.
it.skipIf(process.platform === "win32")("leaves the old file where a new one finds no room", () => {
  const out = join(folder, "whole.safetensors");
  writeFileSync(out, "old");
  const args = ["export", "trained", "--format", "state-dict", "--out", out, "--overwrite"];
  const limited = ["-c", 'ulimit -f 0; exec "$0" "$@"', process.execPath, binary, ...args];
  const { status, stderr } = spawnSync("sh", limited, { cwd: folder, encoding: "utf8" });
  expect(stderr).toBe(`neurite: ${out}: the file is too large for this file system\n`);
  expect(status).toBe(1);
  expect(readFileSync(out, "utf8")).toBe("old");
  expect(readdirSync(folder).filter((name) => name.includes("whole.safetensors"))).toEqual([
    "whole.safetensors",
  ]);
});
