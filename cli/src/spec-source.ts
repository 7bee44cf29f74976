// Where a specification comes from: a data set's default, or a file.

import { readFile } from "node:fs/promises";
import { unknownName } from "neurite/ir";
import { type RunSpecInput, readRunSpec } from "neurite/train";
import { dataNames } from "./datasets.ts";
import { DEFAULTS } from "./defaults.ts";
import { UsageError } from "./failures.ts";
import { inFile } from "./run-folder.ts";

/** @throws UsageError for a name that is neither; NeuriteError for a file that is no specification */
export async function readSpec(source: string): Promise<RunSpecInput> {
  if (Object.hasOwn(DEFAULTS, source)) return DEFAULTS[source]!;
  if (!/[./\\]/.test(source)) {
    throw new UsageError(`${unknownName("data set", source, dataNames()).message} Or a spec.json.`);
  }
  const text = await readFile(source, "utf8");
  return inFile(source, () => readRunSpec(text));
}
