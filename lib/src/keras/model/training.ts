// How a model was compiled: loss, optimizer and metrics there and here, a row each.

import { isRecord, showJson } from "../../formats/json.ts";
import type { LossSpec } from "../../nn/losses/index.ts";
import type { MetricName } from "../../nn/metrics/index.ts";
import type { OptimizerSpec } from "../../nn/optimizers/index.ts";
import type { ClipSpec, RegularizerSpec } from "../../spec/parts.ts";
import type { NamedSpec } from "../../spec/runspec.ts";
import type { KerasConfig, LayerPenalty } from "../layers/row.ts";
import { snakeCase } from "../weights/snake-case.ts";

/** How a model is trained, in the words of a run specification. */
export interface KerasTrainingSpec {
  readonly loss: NamedSpec;
  readonly optimizer: NamedSpec;
  readonly metrics: readonly string[];
  readonly clip?: ClipSpec;
  readonly regularizer?: RegularizerSpec;
}

/** How a model was compiled in Keras, as model.compile() takes it. */
export interface KerasTraining extends KerasTrainingSpec {
  readonly loss: NamedSpec & LossSpec;
  readonly optimizer: NamedSpec & OptimizerSpec;
  readonly metrics: readonly MetricName[];
}

/** Numbers by their names there and here. */
type Numbers = Readonly<Record<string, string>>;

interface NamedRow {
  readonly theirs: string;
  readonly ours: string;
  readonly numbers: Numbers;
}

const LOGITS: Numbers = { from_logits: "fromLogits", label_smoothing: "labelSmoothing" };

const LOSSES: readonly NamedRow[] = [
  { theirs: "mean_squared_error", ours: "meanSquaredError", numbers: {} },
  { theirs: "mean_absolute_error", ours: "meanAbsoluteError", numbers: {} },
  { theirs: "huber", ours: "huber", numbers: { delta: "delta" } },
  { theirs: "binary_crossentropy", ours: "binaryCrossentropy", numbers: LOGITS },
  { theirs: "categorical_crossentropy", ours: "categoricalCrossentropy", numbers: LOGITS },
  {
    theirs: "sparse_categorical_crossentropy",
    ours: "sparseCategoricalCrossentropy",
    numbers: { from_logits: "fromLogits" },
  },
  { theirs: "kl_divergence", ours: "klDivergence", numbers: {} },
  { theirs: "hinge", ours: "hinge", numbers: {} },
  { theirs: "categorical_hinge", ours: "categoricalHinge", numbers: {} },
];
const SHORT: Readonly<Record<string, string>> = {
  mse: "mean_squared_error",
  mae: "mean_absolute_error",
  bce: "binary_crossentropy",
  kld: "kl_divergence",
};

const RATE: Numbers = { learning_rate: "learningRate" };
const MOMENTS: Numbers = { ...RATE, beta_1: "beta1", beta_2: "beta2", epsilon: "epsilon" };
const DECAY: Numbers = { weight_decay: "weightDecay" };

const OPTIMIZERS: readonly NamedRow[] = [
  { theirs: "SGD", ours: "sgd", numbers: { ...RATE, momentum: "momentum", nesterov: "nesterov" } },
  { theirs: "Adam", ours: "adam", numbers: MOMENTS },
  { theirs: "AdamW", ours: "adamW", numbers: { ...MOMENTS, ...DECAY } },
  { theirs: "Nadam", ours: "nadam", numbers: MOMENTS },
  {
    theirs: "RMSprop",
    ours: "rmsProp",
    numbers: { ...RATE, rho: "rho", momentum: "momentum", epsilon: "epsilon" },
  },
  { theirs: "Adagrad", ours: "adagrad", numbers: { ...RATE, epsilon: "epsilon" } },
  { theirs: "Adadelta", ours: "adadelta", numbers: { ...RATE, rho: "rho", epsilon: "epsilon" } },
  {
    theirs: "Lion",
    ours: "lion",
    numbers: { ...RATE, beta_1: "beta1", beta_2: "beta2", ...DECAY },
  },
];

const METRICS: Readonly<Record<string, string>> = {
  accuracy: "accuracy",
  binary_accuracy: "binaryAccuracy",
  mean_squared_error: "meanSquaredError",
  root_mean_squared_error: "rootMeanSquaredError",
  mean_absolute_error: "meanAbsoluteError",
  precision: "precision",
  recall: "recall",
  auc: "auc",
};
const SHORT_METRICS: Readonly<Record<string, string>> = {
  ...SHORT,
  acc: "accuracy",
  categorical_accuracy: "accuracy",
  sparse_categorical_accuracy: "accuracy",
};

/** Null where the file does not say it, or says what is told in the notes. */
export function readTraining(
  written: unknown,
  { penalties, notes }: { readonly penalties: readonly LayerPenalty[]; readonly notes: string[] },
  weighted: ReadonlySet<string>,
): KerasTraining | null {
  const regularizer = regularizerOf(penalties, weighted, notes);
  if (!isRecord(written) || !(written["loss"] && written["optimizer"])) return null;
  const [loss, optimizer] = [
    lossOf(written["loss"], notes),
    optimizerOf(written["optimizer"], notes),
  ];
  const metrics = metricsOf(written["metrics"], notes);
  const clip = clipOf(written["optimizer"]);
  if (!loss || !optimizer) return null;
  // The names come from the tables above, and are those that there are.
  return {
    loss,
    optimizer,
    metrics,
    ...(clip && { clip }),
    ...(regularizer && { regularizer }),
  } as KerasTraining;
}

function lossOf(written: unknown, notes: string[]): NamedSpec | null {
  const [name, config] = namedOf(written);
  const bare = name === null ? null : snakeCase(name);
  const row = LOSSES.find(({ theirs }) => theirs === (SHORT[bare ?? ""] ?? bare));
  if (row) return specOf(row, config);
  notes.push(`the loss ${showJson(name ?? written)} has no like here; choose one before training`);
  return null;
}

function optimizerOf(written: unknown, notes: string[]): NamedSpec | null {
  const [name, config] = namedOf(written);
  const row = OPTIMIZERS.find(({ theirs }) => theirs.toLowerCase() === name?.toLowerCase());
  if (!row) {
    notes.push(
      `the optimizer ${showJson(name ?? written)} has no like here; choose one before training`,
    );
    return null;
  }
  if (isRecord(config["learning_rate"])) {
    notes.push(
      "the schedule of the learning rate is left out; the rate is the optimizer's usual one",
    );
  }
  return specOf(row, config);
}

/** A name with options: a text, or an object of a class. */
function namedOf(written: unknown): readonly [string | null, KerasConfig] {
  if (typeof written === "string") return [written, {}];
  if (!isRecord(written)) return [null, {}];
  const { class_name: name, config } = written;
  if (name === "function" && typeof config === "string") return [config, {}];
  // Keras 2 puts "Custom>" before its own optimizers.
  const bare = typeof name === "string" ? name.replace(/^.*>/, "") : null;
  return [bare, isRecord(config) ? config : {}];
}

function specOf({ ours, numbers }: NamedRow, config: KerasConfig): NamedSpec {
  const said = Object.entries(numbers).flatMap(([theirs, name]): [string, number | true][] => {
    const value = config[theirs];
    if (typeof value === "boolean") return value ? [[name, value]] : [];
    const isNumber = typeof value === "number" && Number.isFinite(value);
    const isNothing = value === 0 && theirs !== "learning_rate";
    return isNumber && !isNothing ? [[name, rounded(value)]] : [];
  });
  return said.length === 0 ? ours : { name: ours, ...Object.fromEntries(said) };
}

/** A number of float32 as it was meant: 0.001 in place of 0.0010000000474974513. */
function rounded(value: number): number {
  const short = Number(value.toPrecision(7));
  return Math.fround(short) === value ? short : value;
}

function metricsOf(written: unknown, notes: string[]): string[] {
  const list = Array.isArray(written) ? written.flat(2) : [];
  return list.flatMap((one) => {
    const [className, config] = namedOf(one);
    // Keras 2 has a class for functions, which are named by it.
    const isWrapped = className === "MeanMetricWrapper" && typeof config["name"] === "string";
    const name = isWrapped ? (config["name"] as string) : className;
    const bare = name === null ? "" : snakeCase(name);
    const found = METRICS[SHORT_METRICS[bare] ?? bare];
    if (found) return [found];
    notes.push(`the metric ${showJson(name ?? one)} has no like here, and is left out`);
    return [];
  });
}

function clipOf(written: unknown): ClipSpec | null {
  const [, config] = namedOf(written);
  const keys = { clipvalue: "value", clipnorm: "norm", global_clipnorm: "globalNorm" };
  for (const [theirs, ours] of Object.entries(keys)) {
    const value = config[theirs];
    if (typeof value === "number" && value > 0) return { [ours]: value };
  }
  return null;
}

/** One penalty for all weights, or a note. */
function regularizerOf(
  penalties: readonly LayerPenalty[],
  weighted: ReadonlySet<string>,
  notes: string[],
): RegularizerSpec | null {
  const [first] = penalties;
  if (!first) return null;
  const layers = new Set(penalties.map(({ layer }) => layer));
  const isSame = penalties.every(
    ({ kind, lambda }) => kind === first.kind && lambda === first.lambda,
  );
  if (isSame && [...weighted].every((layer) => layers.has(layer))) {
    return { kind: first.kind, lambda: first.lambda, convention: "keras" };
  }
  const says = penalties.map(({ layer, kind, lambda }) => `${layer} ${kind} ${lambda}`).join(", ");
  notes.push(
    `the penalties of single layers (${says}) are left out: here one penalty is for all weights of a model`,
  );
  return null;
}

/** Compiled as `training` says; null where Keras has no like of it, which is told. */
export function writeTraining(
  training: KerasTrainingSpec,
  note: (text: string) => void,
): KerasConfig | null {
  const { convention } = training.regularizer ?? {};
  if (convention !== undefined && convention !== "keras") {
    note(`the penalty is left out: Keras has none by the convention of ${convention}`);
  }
  const loss = written(LOSSES, training.loss);
  const optimizer = written(OPTIMIZERS, training.optimizer);
  if (!loss || !optimizer) {
    const what = loss ? "optimizer" : "loss";
    note(`the model is not compiled: Keras has no like of the ${what} ${showJson(training[what])}`);
    return null;
  }
  const { value, norm, globalNorm } = training.clip ?? {};
  const clip = { clipvalue: value, clipnorm: norm, global_clipnorm: globalNorm };
  const clips = Object.entries(clip).filter(([, given]) => given !== undefined);
  const metrics = training.metrics.flatMap((name) => {
    const found = Object.keys(METRICS).find((theirs) => METRICS[theirs] === name);
    if (found === undefined) note(`the metric ${name} is left out: Keras has none like it`);
    return found ?? [];
  });
  return {
    optimizer: {
      module: "keras.optimizers",
      class_name: optimizer.theirs,
      config: { ...optimizer.config, ...Object.fromEntries(clips) },
    },
    loss:
      Object.keys(loss.config).length === 0
        ? loss.theirs
        : { module: "keras.losses", class_name: classOf(loss.theirs), config: loss.config },
    loss_weights: null,
    metrics,
    weighted_metrics: null,
    run_eagerly: false,
    steps_per_execution: 1,
    jit_compile: false,
  };
}

const classOf = (name: string): string =>
  name === "kl_divergence"
    ? "KLDivergence"
    : name.replaceAll(/(^|_)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());

function written(
  rows: readonly NamedRow[],
  given: NamedSpec,
): { readonly theirs: string; readonly config: KerasConfig } | null {
  const own: KerasConfig = typeof given === "string" ? { name: given } : given;
  const folded = (name: unknown) => String(name).toLowerCase().replaceAll("_", "");
  const row = rows.find(({ ours }) => folded(ours) === folded(own["name"]));
  if (!row) return null;
  const numbers = Object.entries(row.numbers).flatMap(([theirs, ours]) =>
    own[ours] === undefined ? [] : [[theirs, own[ours]] as const],
  );
  return { theirs: row.theirs, config: Object.fromEntries(numbers) };
}
