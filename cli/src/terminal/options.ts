// The flags of `neurite train`, and what they change in a specification.

import { InvalidArgumentError } from "commander";
import { ENGINE_NAMES, type EngineName, MOST_THREADS } from "neurite/engines";
import { unknownName } from "neurite/ir";
import { activationOf, lossOf, optimizerOf } from "neurite/nn";
import type { RunSpecInput } from "neurite/train";
import { UsageError } from "./failures.ts";
import { flagName, forFlag } from "./names.ts";

/** The flags that change the run itself. */
export interface RunFlags {
  readonly epochs?: number;
  readonly batchSize?: number;
  readonly accumulate?: number;
  readonly clip?: number;
  readonly learningRate?: number;
  readonly optimizer?: string;
  readonly hidden?: readonly number[];
  readonly activation?: string;
  readonly loss?: string;
  readonly l2?: number;
  readonly dropout?: number;
  readonly seed?: number;
  readonly engine?: string;
  readonly threads?: number;
  readonly train?: number;
  readonly test?: number;
  readonly noise?: number;
  readonly samples?: number;
}

type ChainSpec = Extract<RunSpecInput["model"], { readonly layers: unknown }>;
type LayerSpec = ChainSpec["layers"][number];

/** A specification with the flags put in. @throws UsageError naming the flag that means nothing */
export function applyFlags(spec: RunSpecInput, flags: RunFlags): RunSpecInput {
  checkEngine(spec, flags);
  const { epochs, batchSize, accumulate, clip, seed, engine, l2 } = flags;
  const { train, test, noise, samples } = flags;
  const lambda = l2 === undefined ? undefined : l2;
  const optimizer = optimizerFlags(spec.optimizer, flags);
  return {
    ...spec,
    data: { ...spec.data, ...given({ train, test, noise, samples }) },
    model: changeModel(spec, flags),
    loss: flags.loss === undefined ? spec.loss : lossFlag(flags.loss),
    optimizer,
    ...scheduleFlags(spec, optimizer),
    training: { ...spec.training, ...given({ epochs, batchSize, accumulate }) },
    ...given({ seed, engine: engine as EngineName | undefined }),
    ...(clip !== undefined && { clip: { globalNorm: clip } }),
    ...(lambda !== undefined && {
      regularizer: { kind: "l2", lambda, convention: "keras" } as const,
    }),
  };
}

/** Names of the flags that are set. */
export function flagsGiven(flags: RunFlags): string[] {
  return Object.entries(flags)
    .filter(([, value]) => value !== undefined)
    .map(([name]) => `--${flagName(name)}`);
}

function checkEngine(spec: RunSpecInput, { engine, threads }: RunFlags): void {
  if (engine !== undefined && !ENGINE_NAMES.includes(engine as EngineName)) {
    throw new UsageError(`--engine: ${unknownName("engine", engine, ENGINE_NAMES).message}`);
  }
  if (threads !== undefined && threads > MOST_THREADS) {
    throw new UsageError(`--threads: expected at most ${MOST_THREADS}, received ${threads}`);
  }
  if (threads !== undefined && threads > 1 && (engine ?? spec.engine) === "reference") {
    throw new UsageError("--threads: the reference engine runs on 1 thread");
  }
}

function lossFlag(loss: string): string {
  return forFlag("--loss", () => lossOf(loss).name);
}

function optimizerFlags(
  before: RunSpecInput["optimizer"],
  { optimizer, learningRate }: RunFlags,
): RunSpecInput["optimizer"] {
  const chosen =
    optimizer === undefined ? before : forFlag("--optimizer", () => optimizerOf(optimizer).name);
  if (learningRate === undefined) {
    return optimizer !== undefined && (typeof before === "string" ? before : before.name) === chosen
      ? before
      : chosen;
  }
  const options = typeof chosen === "string" ? { name: chosen } : chosen;
  return { ...options, learningRate };
}

/** A schedule starts from the rate that the flags ask for: it sets the rate, not the optimizer. */
function scheduleFlags(
  { schedule, optimizer: before }: RunSpecInput,
  optimizer: RunSpecInput["optimizer"],
): Pick<RunSpecInput, "schedule"> {
  if (schedule === undefined || optimizer === before) return {};
  const options = typeof schedule === "string" ? { name: schedule } : schedule;
  return { schedule: { ...options, rate: optimizerOf(optimizer).learningRate } };
}

function changeModel(spec: RunSpecInput, flags: RunFlags): RunSpecInput["model"] {
  const { hidden, activation, dropout, loss } = flags;
  if (![hidden, activation, dropout, loss].some((flag) => flag !== undefined)) return spec.model;
  if (!("layers" in spec.model)) {
    if (loss !== undefined && flagsGiven(given({ hidden, activation, dropout })).length === 0) {
      return spec.model;
    }
    throw new UsageError("--hidden, --activation, --dropout: this model is not a chain of layers");
  }
  if (activation !== undefined) forFlag("--activation", () => activationOf(activation));
  const layers =
    hidden === undefined && activation === undefined && dropout === undefined
      ? spec.model.layers
      : changeHidden(spec.model.layers, flags);
  return { layers: loss === undefined ? layers : fitOutput(layers, lossFlag(loss)) };
}

/** The same ends with other hidden layers between them. */
function changeHidden(
  layers: readonly LayerSpec[],
  { hidden, activation, dropout }: RunFlags,
): LayerSpec[] {
  const places = layers.flatMap(({ kind }, i) => (kind === "dense" ? [i] : []));
  const [first, last] = [places[0], places.at(-1)];
  if (first === undefined || last === undefined) {
    throw new UsageError("--hidden, --activation, --dropout: this model has no dense layers");
  }
  const between = layers.slice(first, last);
  const other = between.find(({ kind }) => kind !== "dense" && kind !== "dropout");
  if (other) {
    throw new UsageError(
      `--hidden, --activation, --dropout: this model has a layer "${other.kind}" between its ` +
        "dense ones; change the specification instead",
    );
  }
  const old = between.filter(({ kind }) => kind === "dense");
  const like = old[0] ?? { kind: "dense", activation: "relu", weights: "heNormal" };
  const units = hidden ?? old.map((layer) => layer["units"] as number);
  const drop = dropout ?? between.find(({ kind }) => kind === "dropout")?.["p"];
  const made = units.flatMap((count): LayerSpec[] => [
    { ...like, units: count, ...(activation !== undefined && initialised(activation)) },
    ...(typeof drop === "number" && drop > 0 ? [{ kind: "dropout", p: drop }] : []),
  ]);
  const isBent = ({ kind, activation: own }: LayerSpec) => /^conv/.test(kind) && own !== undefined;
  const before = layers
    .slice(0, first)
    .map((layer) =>
      activation !== undefined && isBent(layer) ? { ...layer, ...initialised(activation) } : layer,
    );
  return [...before, ...made, ...layers.slice(last)];
}

/** An activation with the start that suits it. */
function initialised(activation: string) {
  const bent = ["relu", "leakyRelu", "elu", "gelu", "silu", "mish"];
  const { name } = activationOf(activation);
  return { activation: name, weights: bent.includes(name) ? "heNormal" : "glorotUniform" };
}

/** The output activation that goes with a cross-entropy; other losses leave it as it is. */
function fitOutput(layers: readonly LayerSpec[], loss: string): readonly LayerSpec[] {
  const wanted = lossOf(loss).logits;
  const output = layers.at(-1)!;
  if (wanted === undefined || output.kind !== "dense" || output["activation"] === wanted) {
    return layers;
  }
  const alone = output["units"] === 1 && wanted === "softmax";
  const units = alone ? 2 : (output["units"] as number);
  return [...layers.slice(0, -1), { ...output, units, activation: wanted }];
}

/** A record without its undefined entries. */
export function given<T extends object>(record: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(record).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

type Check = (value: number) => boolean;

/** A parser of numbers for a flag. */
export function numberParser(what: string, fits: Check): (text: string) => number {
  return (text) => {
    const value = text.trim() === "" ? Number.NaN : Number(text);
    if (Number.isFinite(value) && fits(value)) return value;
    throw new InvalidArgumentError(`Expected ${what}.`);
  };
}

export const parseCount = numberParser(
  "a whole number above 0",
  (n) => Number.isInteger(n) && n > 0,
);
export const parseWhole = numberParser(
  "a whole number of 0 or more",
  (n) => Number.isInteger(n) && n >= 0,
);
export const parseAbove0 = numberParser("a number above 0", (n) => n > 0);
export const parseAtLeast0 = numberParser("a number of 0 or more", (n) => n >= 0);
export const parseShare = numberParser("a number from 0 to below 1", (n) => n >= 0 && n < 1);

/** "100,50"; "0" or "none" for no hidden layer. */
export function parseSizes(text: string): number[] {
  if (text === "0" || text === "none") return [];
  return text.split(",").map((part) => {
    try {
      return parseCount(part);
    } catch {
      throw new InvalidArgumentError(`Expected sizes as in "100,50".`);
    }
  });
}

/** "3,4": a row and a column. */
export function parseCell(text: string): [row: number, column: number] {
  const parts = text.split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  const [row, column] = parts;
  const fits = parts.every((part) => Number.isInteger(part) && part >= 0);
  if (parts.length === 2 && fits) return [row!, column!];
  throw new InvalidArgumentError(`Expected a row and a column as in "3,4".`);
}
