// Where a specification comes from: a data set's default or one of its presets, or a file.

import { decodeText } from "neurite/formats";
import { unknownName } from "neurite/ir";
import { type RunSpecInput, readRunSpec } from "neurite/train";
import { DEFAULTS, PRESETS } from "../defaults.ts";
import { MOST_BYTES, readUpToLimit } from "../files/read-file.ts";
import { UsageError } from "../terminal/failures.ts";
import { dataNames } from "./datasets.ts";
import { inFile } from "./run-folder.ts";

/**
 * @param preset the name of a preset of the data set
 * @throws UsageError for a name that is neither data set nor file, or for a preset that is not there
 * @throws NeuriteError for a file that is no specification
 */
export async function readSpec(source: string, preset?: string): Promise<RunSpecInput> {
  if (Object.hasOwn(DEFAULTS, source)) {
    return preset === undefined ? DEFAULTS[source]! : presetOf(source, preset);
  }
  if (!/[./\\]/.test(source)) {
    throw new UsageError(`${unknownName("data set", source, dataNames()).message} Or a spec.json.`);
  }
  expectNoPreset(preset, `${source} is a specification of its own`);
  const bytes = await readUpToLimit(source, MOST_BYTES.spec);
  const text = decodeText(source, bytes);
  return inFile(source, () => readRunSpec(text));
}

/** @throws UsageError where a preset is named but there is no data set to find it under */
export function expectNoPreset(preset: string | undefined, why: string): void {
  if (preset === undefined) return;
  throw new UsageError(`--preset: expected a data set, as in: mnist --preset conv; ${why}`);
}

function presetOf(source: string, preset: string): RunSpecInput {
  const presets = PRESETS[source] ?? {};
  if (Object.hasOwn(presets, preset)) return presets[preset]!;
  const names = Object.keys(presets);
  if (names.length > 0) {
    throw new UsageError(`--preset: ${unknownName(`${source} preset`, preset, names).message}`);
  }
  const others = Object.keys(PRESETS).join(", ");
  throw new UsageError(
    `--preset: ${source} has only its default run; there are presets for: ${others}`,
  );
}
