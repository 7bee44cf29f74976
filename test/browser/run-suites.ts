/** Runs the test files of a bundle where it is, and tells how each test went. */
import { startTests, type VitestRunner } from "@vitest/runner";
import { getTasks, getTestName } from "@vitest/runner/utils";
import { SUITES } from "./suites.ts";

export interface Outcome {
  /** With the names of the groups around it, as in "wasm engine > state and arguments > ...". */
  readonly name: string;
  /** "pass", "fail" or "skip". */
  readonly state: string;
  readonly errors: readonly string[];
}

/** The outcome of every test of some files, and of every file or group that failed by itself. */
export async function runSuites(files: readonly string[]): Promise<Outcome[]> {
  const tasks = getTasks(await startTests([...files], runner));
  return tasks
    .filter(({ type, result }) => type === "test" || result?.errors)
    .map((task) => ({
      name: getTestName(task),
      state: task.result?.state ?? task.mode,
      errors: (task.result?.errors ?? []).map(({ stack, message }) => stack ?? message),
    }));
}

/** So long a random program may take on a busy machine. */
const SECONDS_A_RUN = 2;

const runner: VitestRunner = {
  importFile: (path) => SUITES[path]!(),
  config: {
    root: "",
    setupFiles: [],
    name: undefined,
    passWithNoTests: false,
    testNamePattern: undefined,
    allowOnly: false,
    sequence: { seed: 0, hooks: "stack", setupFiles: "list" },
    chaiConfig: undefined,
    maxConcurrency: 1,
    testTimeout: Math.max(60_000, Number(process.env["FUZZ_RUNS"]) * SECONDS_A_RUN * 1000),
    hookTimeout: 60_000,
    retry: 0,
    includeTaskLocation: false,
    tags: [],
    tagsFilter: undefined,
    strictTags: false,
  },
};
