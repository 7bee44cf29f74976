/** Runs one peer on one workload in a process of its own. */

import { spawn } from "node:child_process";
import { dirname, join } from "node:path";

/** One thread for everybody. */
const ONE_THREAD = {
  OMP_NUM_THREADS: "1",
  OPENBLAS_NUM_THREADS: "1",
  MKL_NUM_THREADS: "1",
  TF_NUM_INTRAOP_THREADS: "1",
  TF_NUM_INTEROP_THREADS: "1",
  XLA_FLAGS: "--xla_cpu_multi_thread_eigen=false",
  NPROC: "1", // the size of XLA's thread pool
};

function environment(folder) {
  // Some machines force a processor type on OpenBLAS, for old builds; a current one finds its own.
  const { OPENBLAS_CORETYPE, OPENBLAS_L2_SIZE, ...rest } = process.env;
  const quiet = { TF_CPP_MIN_LOG_LEVEL: "3", TF_ENABLE_ONEDNN_OPTS: "1", CUDA_VISIBLE_DEVICES: "" };
  // Compilers get a cache that ends with this benchmark, so that compile times are real.
  const caches = { TORCHINDUCTOR_CACHE_DIR: join(dirname(folder), "torch-cache") };
  return { ...rest, ...ONE_THREAD, ...quiet, ...caches };
}

/**
 * @param {string[]} command
 * @param {string} folder of the task
 * @returns {Promise<any>} the peer's report, or { absent: why }
 */
export function runProcess([program, ...args], folder, limitSeconds) {
  return new Promise((resolve) => {
    const child = spawn(program, [...args, folder], { env: environment(folder) });
    let [output, errors, late] = ["", "", false];
    const timer = setTimeout(() => {
      late = true;
      child.kill("SIGKILL");
    }, limitSeconds * 1000);
    child.stdout.on("data", (data) => {
      output += data;
    });
    child.stderr.on("data", (data) => {
      errors += data;
    });
    child.on("error", (error) => {
      errors += error.message;
    });
    child.on("close", () => {
      clearTimeout(timer);
      if (late) resolve({ absent: `took longer than ${limitSeconds} s` });
      else resolve(reportIn(output) ?? { absent: failureIn(errors) });
    });
  });
}

/** The last line that is an object; libraries print around it. */
function reportIn(output) {
  const line = output.split("\n").findLast((text) => text.startsWith('{"peer"'));
  return line && JSON.parse(line);
}

/** The line of a stack trace that says what went wrong, in Node's traces and in Python's. */
function failureIn(errors) {
  const lines = errors.split("\n").filter((line) => /\S/.test(line));
  const said = lines.findLast((line) => /^\S*(Error|Exception)\b.*?:/.test(line)) ?? lines.at(-1);
  return (said ?? "failed without a word").slice(0, 200);
}
