// RunSpec: everything that a run is, as one JSON document. The command line reads it, checkpoints hold it.

import * as v from "valibot";
import { ArgumentError, NeuriteError } from "../ir/errors.ts";

const VERSION = 1;

const count = v.pipe(v.number(), v.integer(), v.minValue(1));
const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
const fraction = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

/** A name, or a name with options: activations, losses, optimizers, schedules. */
const Named = v.union([v.string(), v.looseObject({ name: v.string() })]);

const Layer = v.looseObject({ kind: v.string() });

const NetworkNode = v.looseObject({
  kind: v.string(),
  id: v.string(),
  reads: v.array(v.string()),
});

const Schema = v.strictObject({
  version: v.literal(VERSION, `this version of Neurite reads version ${VERSION}`),
  /** A data set by name, and its options; limits keep the first examples only. */
  data: v.strictObject({
    name: v.string(),
    samples: v.optional(count),
    noise: v.optional(v.pipe(v.number(), v.minValue(0))),
    seed: v.optional(whole),
    train: v.optional(count),
    test: v.optional(count),
  }),
  /** A chain of layers, or a graph of named nodes. */
  model: v.union([
    v.strictObject({ layers: v.pipe(v.array(Layer), v.minLength(1)) }),
    v.strictObject({
      inputs: v.array(v.string()),
      outputs: v.array(v.string()),
      nodes: v.array(NetworkNode),
    }),
  ]),
  loss: Named,
  optimizer: Named,
  metrics: v.optional(v.array(v.string()), []),
  regularizer: v.optional(
    v.strictObject({
      kind: v.picklist(["l1", "l2"]),
      lambda: v.pipe(v.number(), v.minValue(0)),
      /** What lambda is divided by; see nn/regularizers. */
      convention: v.picklist(["network2", "network3", "nndl", "playground", "keras"]),
    }),
  ),
  training: v.strictObject({
    epochs: whole,
    batchSize: count,
    validationSplit: v.optional(fraction),
    shuffle: v.optional(v.boolean()),
  }),
  schedule: v.optional(Named),
  stopping: v.optional(
    v.strictObject({
      monitor: v.optional(v.string()),
      patience: count,
      restoreBest: v.optional(v.boolean()),
    }),
  ),
  halving: v.optional(
    v.strictObject({
      monitor: v.optional(v.string()),
      patience: count,
      factor: v.optional(fraction),
      stopBelow: v.optional(fraction),
    }),
  ),
  seed: v.optional(whole, 0),
  dtype: v.optional(v.picklist(["float32", "float64"]), "float32"),
  engine: v.optional(v.picklist(["reference"]), "reference"),
});

/** A run: data, model, loss, optimizer, training, seed, engine. */
export type RunSpec = v.InferOutput<typeof Schema>;
/** A run as one writes it: what has a default may be left out. */
export type RunSpecInput = v.InferInput<typeof Schema>;

/**
 * A specification, checked, with its defaults filled in.
 * @throws ArgumentError naming the path of the first bad field
 */
export function parseRunSpec(input: unknown): RunSpec {
  const result = v.safeParse(Schema, input, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new ArgumentError(`spec: ${v.getDotPath(issue) ?? "the document"}: ${issue.message}`);
}

/** A specification out of JSON text. @throws ArgumentError for what is not JSON, or not a spec */
export function readRunSpec(text: string): RunSpec {
  let input: unknown;
  try {
    input = JSON.parse(text);
  } catch (error) {
    throw new ArgumentError(`spec: this is not JSON: ${(error as Error).message}`);
  }
  return parseRunSpec(input);
}

/** Runs something for one field of a spec; an error says which. */
export function atField<T>(path: string, body: () => T): T {
  try {
    return body();
  } catch (error) {
    if (error instanceof NeuriteError && !error.message.startsWith("spec: ")) {
      error.message = `spec: ${path}: ${error.message}`;
    }
    throw error;
  }
}
