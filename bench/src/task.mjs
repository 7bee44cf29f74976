/** Writes one workload to a folder: task.json and one file of float32 numbers an array. */

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { examplesOf } from "./data.mjs";
import { parametersOf } from "./parameters.mjs";

/** How much peers measure; the same for all. Steps of seconds must not take the whole day. */
const SETTINGS = {
  lossesSteps: 20,
  lossesMs: 20_000,
  latencySteps: 200,
  latencyMs: 1500,
  warmupMs: 300,
  blocks: 9,
  blockMs: 60,
  blocksMs: 10_000,
};

/**
 * @param threads how many Neurite may use
 * @returns {string} the folder
 */
export function writeTask(root, workload, threads) {
  const folder = join(root, workload.id);
  mkdirSync(folder, { recursive: true });
  const parameters = parametersOf(workload);
  const arrays = { ...examplesOf(workload), ...parameters };
  for (const [name, { data }] of Object.entries(arrays)) {
    writeFileSync(join(folder, `${name}.bin`), data);
  }
  const shapes = Object.fromEntries(Object.entries(arrays).map(([k, { shape }]) => [k, shape]));
  const names = Object.keys(parameters);
  const task = { ...workload, threads, shapes, parameters: names, settings: SETTINGS };
  writeFileSync(join(folder, "task.json"), JSON.stringify(task));
  return folder;
}
