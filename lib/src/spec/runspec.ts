// RunSpec: everything that a run is, as one JSON document. The command line reads it, checkpoints hold it.

import {
  share as below1,
  count,
  expectArgument,
  flag,
  fraction,
  index,
  type Kind,
  notNegative,
  object,
  oneOf,
  positive,
  text,
  whole,
  within,
} from "../checks/arguments.ts";
import { ArgumentError } from "../checks/errors.ts";
import { DEEPEST, isDeep, isRecord } from "../formats/json.ts";
import { parseJson } from "../formats/parse-json.ts";
import { withoutMark } from "../formats/text.ts";
import {
  chosenField,
  type Field,
  leaf,
  list,
  openRecord,
  optional,
  record,
  withDefault,
} from "./document.ts";
import {
  type ArithmeticSpec,
  type AverageSpec,
  type ChainSpec,
  type ClassWeightsSpec,
  type ClipSpec,
  ENGINE_NAMES,
  type EngineName,
  FILE_KINDS,
  type FileSpec,
  type FloatDType,
  type GraphSpec,
  type LayerSpec,
  type NetworkSpec,
  type NodeSpec,
  type RegularizerSpec,
} from "./parts.ts";

const VERSION = 1;
/** Of sets in the plane. A point takes some hundred bytes while they are drawn. */
const MOST_SAMPLES = 1_000_000;

/** fit() mixes the seed and the number of the step into one number, which must stay exact. */
export const LAST_SEED: number = 2 ** 32 - 1;
const seed: Kind<number> = within(0, LAST_SEED);

/** A name, or a name with options: of a loss, an optimizer, a schedule. */
export type NamedSpec = string | { readonly name: string; readonly [option: string]: unknown };

/** When a figure counts as better, and how long to wait for it. */
interface WatchSpec {
  readonly monitor?: string | undefined;
  readonly patience: number;
}

/** A run as one writes it: what has a default may be left out. */
export interface RunSpecInput {
  readonly version: 1;
  /** A data set by name, and its options; `train` and `test` keep the first examples only. */
  readonly data: {
    readonly name: string;
    /** Data of one's own, which then has a name only to be called by. */
    readonly file?: FileSpec | undefined;
    readonly samples?: number | undefined;
    readonly noise?: number | undefined;
    /** Of the sets that have as many as one likes. */
    readonly classes?: number | undefined;
    /** The part of a set that is made which is kept for testing; half if not given. */
    readonly testFraction?: number | undefined;
    readonly seed?: number | undefined;
    readonly train?: number | undefined;
    readonly test?: number | undefined;
  };
  /** A chain of layers, the first of kind "input"; or a graph of named nodes. */
  readonly model: NetworkSpec;
  readonly loss: NamedSpec;
  readonly optimizer: NamedSpec;
  readonly metrics?: readonly string[] | undefined;
  /** `convention` says what lambda is divided by; see RegularizerSpec. */
  readonly regularizer?: RegularizerSpec | undefined;
  readonly clip?: ClipSpec | undefined;
  readonly averageWeights?: AverageSpec | undefined;
  readonly training: {
    readonly epochs: number;
    readonly batchSize: number;
    /** Batches whose gradients make one update; 1 by default. */
    readonly accumulate?: number | undefined;
    readonly validationSplit?: number | undefined;
    readonly shuffle?: boolean | undefined;
    readonly classWeights?: ClassWeightsSpec | undefined;
  };
  readonly schedule?: NamedSpec | undefined;
  /** Early stopping. */
  readonly stopping?: (WatchSpec & { readonly restoreBest?: boolean | undefined }) | undefined;
  /** Halving the learning rate. */
  readonly halving?:
    | (WatchSpec & {
        readonly factor?: number | undefined;
        readonly stopBelow?: number | undefined;
        readonly cooldown?: number | undefined;
        readonly minRate?: number | undefined;
      })
    | undefined;
  readonly seed?: number | undefined;
  readonly dtype?: FloatDType | undefined;
  readonly engine?: EngineName | undefined;
  /** The same bits on every machine; see createWasmEngine. */
  readonly deterministic?: boolean | undefined;
  /** How it was computed, where that was written down: changes nothing, but explains last bits. */
  readonly arithmetic?: readonly ArithmeticSpec[] | undefined;
  /** What a search varies of this run; a run itself does not ask. See parseSearch(). */
  readonly search?: Readonly<Record<string, unknown>> | undefined;
}

/** A checked run, its defaults filled in. */
export interface RunSpec extends RunSpecInput {
  readonly metrics: readonly string[];
  readonly seed: number;
  readonly dtype: FloatDType;
  readonly engine: EngineName;
}

/** What a model is apart from its numbers, and from how it is trained. */
export interface Architecture {
  readonly network: NetworkSpec;
  readonly dtype: FloatDType;
  readonly seed: number;
}

const watch = { monitor: optional(leaf(text)), patience: leaf(count) };
const share = leaf(fraction);

/** A name, or an object with a name: its other fields are read by what has that name. */
const named: Field<NamedSpec> = chosenField<NamedSpec>((value) =>
  isRecord(value) ? openRecord<{ name: string }>({ name: leaf(text) }) : leaf(text),
);

const layer: Field<LayerSpec> = openRecord<LayerSpec>({ kind: leaf(text) });
const node: Field<NodeSpec> = openRecord<NodeSpec>({
  kind: leaf(text),
  id: leaf(text),
  reads: list(leaf(text)),
  shares: optional(leaf(text)),
});
const model: Field<NetworkSpec> = chosenField<NetworkSpec>((value) =>
  isRecord(value) && "nodes" in value
    ? record<GraphSpec>({ inputs: list(leaf(text)), outputs: list(leaf(text)), nodes: list(node) })
    : record<ChainSpec>({ layers: list(layer, 1) }),
);
const dtype: Field<FloatDType> = leaf(oneOf("float32", "float64"));

const classWeights: Kind<ClassWeightsSpec> = {
  says: '"balanced", or weights of 0 or more by class',
  fits: (x) => x === "balanced" || (isRecord(x) && Object.values(x).every(notNegative.fits)),
};

const architecture: Field<Architecture> = record<Architecture>({
  network: model,
  dtype,
  seed: leaf(whole),
});

const version: Field<1> = {
  read(value, path) {
    if (value === VERSION) return VERSION;
    throw new ArgumentError(`${path}: this version of Neurite reads version ${VERSION}`);
  },
};

const runSpec: Field<RunSpec> = record<RunSpec>({
  version,
  data: record<RunSpec["data"]>({
    name: leaf(text),
    file: optional(openRecord<FileSpec>({ kind: leaf(oneOf(...FILE_KINDS)), path: leaf(text) })),
    samples: optional(leaf(within(1, MOST_SAMPLES))),
    noise: optional(leaf(notNegative)),
    classes: optional(leaf(within(2, 8))),
    testFraction: optional(leaf(below1)),
    seed: optional(leaf(seed)),
    train: optional(leaf(count)),
    test: optional(leaf(count)),
  }),
  model,
  loss: named,
  optimizer: named,
  metrics: withDefault(list(leaf(text)), []),
  regularizer: optional(
    record<RegularizerSpec>({
      kind: leaf(oneOf("l1", "l2")),
      lambda: leaf(notNegative),
      convention: leaf(oneOf("network2", "network3", "nndl", "playground", "keras")),
    }),
  ),
  clip: optional(
    record<ClipSpec>({
      value: optional(leaf(positive)),
      norm: optional(leaf(positive)),
      globalNorm: optional(leaf(positive)),
    }),
  ),
  averageWeights: optional(
    record<AverageSpec>({
      kind: leaf(oneOf("ema", "swa")),
      decay: optional(leaf(fraction)),
      start: optional(leaf(count)),
      every: optional(leaf(count)),
    }),
  ),
  training: record<RunSpec["training"]>({
    epochs: leaf(index),
    batchSize: leaf(count),
    accumulate: optional(leaf(count)),
    validationSplit: optional(share),
    shuffle: optional(leaf(flag)),
    classWeights: optional(leaf(classWeights)),
  }),
  schedule: optional(named),
  stopping: optional(record({ ...watch, restoreBest: optional(leaf(flag)) })),
  halving: optional(
    record({
      ...watch,
      factor: optional(share),
      stopBelow: optional(share),
      cooldown: optional(leaf(index)),
      minRate: optional(leaf(notNegative)),
    }),
  ),
  seed: withDefault(leaf(seed), 0),
  dtype: withDefault(dtype, "float32"),
  engine: withDefault(leaf(oneOf(...ENGINE_NAMES)), "wasm"),
  deterministic: optional(leaf(flag)),
  arithmetic: optional(
    list(
      record<ArithmeticSpec>({
        since: leaf(index),
        fusedMultiplyAdds: leaf(flag),
        vectorBits: leaf(count),
      }),
      1,
    ),
  ),
  search: optional(leaf<Readonly<Record<string, unknown>>>(object)),
});

/**
 * A specification, checked, with its defaults filled in.
 * @throws ArgumentError naming the path of the first bad field
 */
export function parseRunSpec(input: unknown): RunSpec {
  return parse("spec", runSpec, input);
}

/** The layers of a specification, checked. @throws ArgumentError naming the path of the first bad field */
export function parseNetwork(input: unknown): NetworkSpec {
  return parse("model", model, input);
}

/** What a saved model is. @throws ArgumentError naming the path of the first bad field */
export function parseArchitecture(input: unknown): Architecture {
  return parse("architecture", architecture, input);
}

function parse<T>(what: string, field: Field<T>, input: unknown): T {
  if (isDeep(input)) {
    throw new ArgumentError(`${what}: lists and objects nest deeper than ${DEEPEST} in it`);
  }
  try {
    return field.read(input, "");
  } catch (error) {
    if (error instanceof ArgumentError) error.message = `${what}: ${error.message}`;
    throw error;
  }
}

/** A specification out of JSON text. @throws FileError for what is not JSON, ArgumentError for no spec */
export function readRunSpec(text: string): RunSpec {
  expectArgument("readRunSpec", "text", text, {
    says: "a text",
    fits: (x) => typeof x === "string",
  });
  return parseRunSpec(parseJson("spec: this", withoutMark(text)));
}
