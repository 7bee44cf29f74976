// Where a specification comes from: a data set's default or one of its presets, or a file.

import { dataNames } from "neurite/data";
import { NODE_DATA } from "neurite/data/node";
import { decodeText } from "neurite/formats";
import { unknownName } from "neurite/ir";
import { DEFAULT_RUNS, PRESET_RUNS, type RunSpecInput, readRunSpec } from "neurite/train";
import { MOST_BYTES, readUpToLimit } from "../files/read-file.ts";
import { UsageError } from "../terminal/failures.ts";
import { inFile } from "./run-folder.ts";

/**
 * @param preset the name of a preset of the data set
 * @throws UsageError for a name that is neither data set nor file, or for a preset that is not there
 * @throws NeuriteError for a file that is no specification
 */
export async function readSpecSource(source: string, preset?: string): Promise<RunSpecInput> {
  if (Object.hasOwn(DEFAULT_RUNS, source)) {
    return preset === undefined ? DEFAULT_RUNS[source]! : presetOf(source, preset);
  }
  if (!/[./\\]/.test(source)) {
    throw new UsageError(
      `${unknownName("data set", source, dataNames(NODE_DATA)).message} Or a spec.json.`,
    );
  }
  expectNoPreset(preset, `${source} is a specification of its own`);
  const bytes = await readUpToLimit(source, MOST_BYTES.spec);
  const text = decodeText(source, bytes);
  if (text.trimStart().startsWith("[")) {
    throw new UsageError(
      `${source}: this is a list, and no specification; a list of rows is a table, of which --target names the column to learn`,
    );
  }
  return inFile(source, () => readRunSpec(text));
}

/** @throws UsageError where a preset is named but there is no data set to find it under */
export function expectNoPreset(preset: string | undefined, why: string): void {
  if (preset === undefined) return;
  throw new UsageError(`--preset: expected a data set, as in: mnist --preset conv; ${why}`);
}

function presetOf(source: string, preset: string): RunSpecInput {
  const presets = PRESET_RUNS[source] ?? {};
  if (Object.hasOwn(presets, preset)) return presets[preset]!;
  const names = Object.keys(presets);
  if (names.length > 0) {
    throw new UsageError(`--preset: ${unknownName(`${source} preset`, preset, names).message}`);
  }
  const others = Object.keys(PRESET_RUNS).join(", ");
  throw new UsageError(
    `--preset: ${source} has only its default run; there are presets for: ${others}`,
  );
}
