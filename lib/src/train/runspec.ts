// RunSpec: everything that a run is, as one JSON document. The command line reads it, checkpoints hold it.

import * as v from "valibot";
import { ENGINE_NAMES, type EngineName } from "../engines/choose.ts";
import { DEEPEST, isDeep, parseJson } from "../formats/json.ts";
import { withoutMark } from "../formats/text.ts";
import { expectArgument } from "../ir/arguments.ts";
import { ArgumentError, NeuriteError } from "../ir/errors.ts";
import type { FloatDType } from "../nn/layers/layer.ts";
import type { NetworkSpec } from "../nn/network.ts";
import type { Regularizer } from "../nn/regularizers/index.ts";
import { LAST_SEED } from "./model-options.ts";
import { explainIssue } from "./spec-issue.ts";

const VERSION = 1;
/** Of sets in the plane. A point takes some hundred bytes while they are drawn. */
const MOST_SAMPLES = 1_000_000;

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
    readonly samples?: number | undefined;
    readonly noise?: number | undefined;
    readonly seed?: number | undefined;
    readonly train?: number | undefined;
    readonly test?: number | undefined;
  };
  /** A chain of layers, the first of kind "input"; or a graph of named nodes. */
  readonly model: NetworkSpec;
  readonly loss: NamedSpec;
  readonly optimizer: NamedSpec;
  readonly metrics?: readonly string[] | undefined;
  /** `convention` says what lambda is divided by; see nn/regularizers. */
  readonly regularizer?: Regularizer | undefined;
  readonly training: {
    readonly epochs: number;
    readonly batchSize: number;
    readonly validationSplit?: number | undefined;
    readonly shuffle?: boolean | undefined;
  };
  readonly schedule?: NamedSpec | undefined;
  /** Early stopping. */
  readonly stopping?: (WatchSpec & { readonly restoreBest?: boolean | undefined }) | undefined;
  /** Halving the learning rate. */
  readonly halving?:
    | (WatchSpec & {
        readonly factor?: number | undefined;
        readonly stopBelow?: number | undefined;
      })
    | undefined;
  readonly seed?: number | undefined;
  readonly dtype?: FloatDType | undefined;
  readonly engine?: EngineName | undefined;
  /** The same bits on every machine; see createWasmEngine. */
  readonly deterministic?: boolean | undefined;
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

const finite = v.pipe(v.number(), v.finite());
const integer = v.pipe(v.number(), v.integer());
const count = v.pipe(integer, v.minValue(1), v.safeInteger());
const whole = v.pipe(integer, v.minValue(0), v.safeInteger());
const samples = v.pipe(integer, v.minValue(1), v.maxValue(MOST_SAMPLES));
const seed = v.pipe(integer, v.minValue(0), v.maxValue(LAST_SEED));
const fraction = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
// Not unions: of these an issue would not say which field is bad.
const named = v.lazy((input) =>
  typeof input === "object" && input !== null ? v.looseObject({ name: v.string() }) : v.string(),
);
const watch = { monitor: v.optional(v.string()), patience: count };
const layer = v.looseObject({ kind: v.string() });
const node = v.looseObject({ kind: v.string(), id: v.string(), reads: v.array(v.string()) });

const chainSpec = v.strictObject({ layers: v.pipe(v.array(layer), v.minLength(1)) });
const graphSpec = v.strictObject({
  inputs: v.array(v.string()),
  outputs: v.array(v.string()),
  nodes: v.array(node),
});

const model = v.lazy((input) =>
  typeof input === "object" && input !== null && "nodes" in input ? graphSpec : chainSpec,
);
const dtype = v.picklist(["float32", "float64"]);

const architectureSchema: v.GenericSchema<unknown, Architecture> = v.strictObject({
  network: model,
  dtype,
  seed: v.pipe(v.number(), v.safeInteger()),
});

const schema: v.GenericSchema<unknown, RunSpec> = v.strictObject({
  version: v.literal(VERSION, `this version of Neurite reads version ${VERSION}`),
  data: v.strictObject({
    name: v.string(),
    samples: v.optional(samples),
    noise: v.optional(v.pipe(finite, v.minValue(0))),
    seed: v.optional(seed),
    train: v.optional(count),
    test: v.optional(count),
  }),
  model,
  loss: named,
  optimizer: named,
  metrics: v.optional(v.array(v.string()), []),
  regularizer: v.optional(
    v.strictObject({
      kind: v.picklist(["l1", "l2"]),
      lambda: v.pipe(finite, v.minValue(0)),
      convention: v.picklist(["network2", "network3", "nndl", "playground", "keras"]),
    }),
  ),
  training: v.strictObject({
    epochs: whole,
    batchSize: count,
    validationSplit: v.optional(fraction),
    shuffle: v.optional(v.boolean()),
  }),
  schedule: v.optional(named),
  stopping: v.optional(v.strictObject({ ...watch, restoreBest: v.optional(v.boolean()) })),
  halving: v.optional(
    v.strictObject({ ...watch, factor: v.optional(fraction), stopBelow: v.optional(fraction) }),
  ),
  seed: v.optional(seed, 0),
  dtype: v.optional(dtype, "float32"),
  engine: v.optional(v.picklist(ENGINE_NAMES), "wasm"),
  deterministic: v.optional(v.boolean()),
});

/**
 * A specification, checked, with its defaults filled in.
 * @throws ArgumentError naming the path of the first bad field
 */
export function parseRunSpec(input: unknown): RunSpec {
  return parse("spec", schema, input);
}

/** The layers of a specification, checked. @throws ArgumentError naming the path of the first bad field */
export function parseNetwork(input: unknown): NetworkSpec {
  return parse("model", model as v.GenericSchema<unknown, NetworkSpec>, input);
}

/** What a saved model is. @throws ArgumentError naming the path of the first bad field */
export function parseArchitecture(input: unknown): Architecture {
  return parse("architecture", architectureSchema, input);
}

function parse<T>(what: string, wanted: v.GenericSchema<unknown, T>, input: unknown): T {
  if (isDeep(input)) {
    throw new ArgumentError(`${what}: lists and objects nest deeper than ${DEEPEST} in it`);
  }
  const result = v.safeParse(wanted, input, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  const path = v.getDotPath(issue) ?? "the document";
  throw new ArgumentError(`${what}: ${path}: ${explainIssue(wanted, issue)}`);
}

/** A specification out of JSON text. @throws FileError for what is not JSON, ArgumentError for no spec */
export function readRunSpec(text: string): RunSpec {
  expectArgument("readRunSpec", "text", text, {
    says: "a text",
    fits: (x) => typeof x === "string",
  });
  return parseRunSpec(parseJson("spec: this", withoutMark(text)));
}

/** Runs something for one field of a spec; an error says which. */
export function atField<T>(path: string, body: () => T): T {
  try {
    return body();
  } catch (error) {
    if (error instanceof NeuriteError) error.locate("field", `spec: ${path}`);
    throw error;
  }
}
