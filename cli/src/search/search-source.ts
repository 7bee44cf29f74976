// What a search is to look for: a source, flags, and a space out of either.

import { countExamples } from "neurite/data";
import { decodeText } from "neurite/formats";
import {
  type DimensionSpec,
  defaultSpace,
  planSearch,
  type SearchSpecInput,
  type StrategyName,
} from "neurite/train/search";
import { MOST_BYTES, readUpToLimit } from "../files/read-file.ts";
import type { RunFlags } from "../flags/flags.ts";
import { planRun, type TrainFlags } from "../runs/train-plan.ts";
import { UsageError } from "../terminal/failures.ts";
import type { SearchHeader } from "./ledger.ts";

/** The flags that say what is searched, and how. */
export interface SearchFlags extends RunFlags, Pick<TrainFlags, "preset"> {
  readonly space?: string;
  readonly vary?: readonly string[];
  readonly strategy?: StrategyName;
  readonly trials?: number;
  readonly judge?: string;
  readonly eta?: number;
  readonly minEpochs?: number;
}

/** The first line of the search's ledger. @throws NeuriteError or UsageError for what cannot be searched */
export async function planHeader(source: string, flags: SearchFlags): Promise<SearchHeader> {
  const { spec: given, data } = await planRun(source, flags);
  const { search: own, ...spec } = given;
  const examples = countExamples(data.train);
  const written = own as SearchSpecInput | undefined;
  const by = flags.strategy ?? written?.strategy;
  const space = (await spaceOf(flags)) ?? written?.space ?? defaultSpace(spec, examples, by);
  const { strategy, trials, judge: monitor, eta, minEpochs, seed, threads = 1 } = flags;
  const said = Object.entries({ strategy, trials, monitor, eta, minEpochs, seed });
  const asked = said.filter(([, value]) => value !== undefined);
  const wanted = { ...written, space, ...Object.fromEntries(asked) } as SearchSpecInput;
  const ready = planSearch(spec, wanted, examples);
  const { search } = ready.plan;
  return { event: "search", version: 1, spec: ready.spec, search, examples, threads };
}

type Space = Record<string, DimensionSpec>;

/** The space that flags give; null where they give none. */
async function spaceOf({ space, vary = [] }: SearchFlags): Promise<Space | null> {
  if (space === undefined && vary.length === 0) return null;
  const written = space === undefined ? {} : await readSpace(space);
  return { ...written, ...Object.fromEntries(vary.map(varied)) };
}

/** A text of JSON, or a file of it. */
async function readSpace(text: string): Promise<Space> {
  const isFile = !text.trimStart().startsWith("{");
  const json = isFile ? decodeText(text, await readUpToLimit(text, MOST_BYTES.spec)) : text;
  try {
    return JSON.parse(json) as Space;
  } catch (error) {
    const what = isFile ? `the file ${text}` : "a text";
    throw new UsageError(`--space: expected JSON, in ${what}: ${(error as Error).message}`);
  }
}

/** "batchSize=16,32", "learningRate=0.001..0.1", "units=log:4..64". */
function varied(text: string): [path: string, dimension: DimensionSpec] {
  const at = text.indexOf("=");
  const [path, values] = [text.slice(0, at).trim(), text.slice(at + 1).trim()];
  if (at < 1 || values === "") throw malformed(text);
  const range = /^(?:(log|linear):)?([^,]+?)\.\.([^,]+)$/.exec(values);
  if (!range) return [path, values.split(",").map(readValue)];
  const [, kind, from, to] = range;
  const bounds = [Number(from), Number(to)];
  if (!bounds.every(Number.isFinite)) throw malformed(text);
  const [low, high] = bounds as [number, number];
  // A span of more than an order of magnitude is gone over by factors.
  const isLog = kind === undefined ? low > 0 && high / low >= 10 : kind === "log";
  return [path, { [isLog ? "log" : "linear"]: bounds }];
}

function readValue(text: string): unknown {
  const trimmed = text.trim();
  try {
    return JSON.parse(trimmed);
  } catch {
    return trimmed; // a name
  }
}

function malformed(text: string): UsageError {
  return new UsageError(
    `--vary: expected a path and its values, as in learningRate=0.001..0.1 or batchSize=16,32, received ${text}`,
  );
}
