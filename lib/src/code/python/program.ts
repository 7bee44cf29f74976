// A run as a Python program that builds the same network, reads the weights that were saved, and trains alike.

import { expectOptions, type Kinds, listOf, text } from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";
import type { Shape } from "../../ir/shape.ts";
import type { LayerSpec } from "../../spec/parts.ts";
import { parseRunSpec, type RunSpec, type RunSpecInput } from "../../spec/runspec.ts";
import { networkOf } from "../../train/run/run.ts";
import type { ArrayWords, ProgramParts, TrainingWords, WrittenLayer } from "./dialect.ts";
import { KERAS_LAYERS, kerasLayers } from "./keras/layers.ts";
import { lossNamed, lossWords, OF_CLASSES, penaltyWords } from "./objective.ts";
import { optimizerWords } from "./optimizers.ts";
import { kerasProgram } from "./templates.ts";
import { torchNetwork } from "./torch/network.ts";
import { torchProgram } from "./torch/program.ts";

/** Options of kerasCodeOf() and torchCodeOf(). */
export interface PythonCodeOptions {
  /** Lines of comment to begin with. */
  readonly note?: readonly string[];
}

const OPTIONS: Kinds<PythonCodeOptions> = { note: listOf(text) };

const OPS: ArrayWords = {
  of: "ops",
  clip: "clip",
  atLeast: (x, low) => `ops.maximum(${x}, ${low})`,
  last: "axis=-1",
  keep: "keepdims=True",
};
const TORCH: ArrayWords = {
  of: "torch",
  clip: "clamp",
  atLeast: (x, low) => `torch.clamp(${x}, min=${low})`,
  last: "dim=-1",
  keep: "keepdim=True",
};

/**
 * A run as a program for Keras 3, to be run as `python program.py examples.csv model.safetensors`: it builds
 * the same layers, reads the weights of saveModel() or of `neurite train --out`, and prints the outputs for
 * the examples, to float rounding those of predict(). Without weights it trains on the examples, by the
 * run's loss, penalty and optimizer, from random numbers of its own.
 * @throws ArgumentError for what has no like there: a graph, or a layer, loss or optimizer
 */
export function kerasCodeOf(given: RunSpecInput, options: PythonCodeOptions = {}): string {
  const caller = "kerasCodeOf";
  const { run, layers, note } = prepared(caller, given, options, KERAS_LAYERS);
  const training = trainingWords(caller, run, OPS, "keras");
  const input = (run.model as { readonly layers: readonly LayerSpec[] }).layers[0]![
    "shape"
  ] as Shape;
  const output = layers.at(-1)?.outputShape ?? input;
  const parts = partsOf(caller, run, note, { input, output }, training);
  return kerasProgram({ ...parts, layers: kerasLayers(layers, training.penalty !== null) });
}

/**
 * The same for PyTorch: a class whose `load_state_dict()` also takes what toStateDict() of `neurite/pytorch` writes.
 * @throws ArgumentError as kerasCodeOf()
 */
export function torchCodeOf(input: RunSpecInput, options: PythonCodeOptions = {}): string {
  const caller = "torchCodeOf";
  const run = parseRunSpec(input);
  expectOptions(caller, options, OPTIONS);
  const network = networkOf(run.model, run.dtype);
  const training = trainingWords(caller, run, TORCH, "torch");
  const shapes = { input: network.inputShapes[0]!, output: network.outputShapes[0]! };
  const note = [...(options.note ?? []), ...differences(run)];
  return torchProgram(partsOf(caller, run, note, shapes, training), torchNetwork(network));
}

interface Prepared {
  readonly run: RunSpec;
  readonly layers: readonly WrittenLayer[];
  readonly note: readonly string[];
}

function prepared(
  caller: string,
  input: RunSpecInput,
  options: PythonCodeOptions,
  known: readonly string[],
): Prepared {
  const run = parseRunSpec(input);
  expectOptions(caller, options, OPTIONS);
  if (!("layers" in run.model)) {
    throw new ArgumentError(`${caller}: expected layers one after the other, received a graph`);
  }
  const [first, ...specs] = run.model.layers;
  const placed = networkOf(run.model, run.dtype).placed.filter(({ kind }) => kind !== "input");
  let inputShape = first!["shape"] as readonly number[];
  const layers = specs.map((spec, i): WrittenLayer => {
    if (!known.includes(spec.kind)) {
      throw new ArgumentError(
        `${caller}: the layer "${spec.kind}" cannot be written: those that can are ${known.join(", ")}`,
      );
    }
    const { name, outputShape } = placed[i]!;
    const layer = { spec, name, inputShape, outputShape };
    inputShape = outputShape;
    return layer;
  });
  return { run, layers, note: [...(options.note ?? []), ...differences(run)] };
}

function trainingWords(
  caller: string,
  run: RunSpec,
  words: ArrayWords,
  language: "keras" | "torch",
): TrainingWords {
  const { epochs, batchSize = 32, shuffle = true } = run.training;
  return {
    loss: lossWords(caller, run.loss, words),
    penalty: penaltyWords(run.regularizer, words),
    optimizer: optimizerWords(caller, run.optimizer, language),
    epochs,
    batchSize,
    shuffle,
  };
}

/** What of the run the program leaves out, for its reader to know. */
function differences(run: RunSpec): string[] {
  const left = [
    ...(["schedule", "stopping", "halving", "clip", "averageWeights"] as const).filter(
      (field) => run[field] !== undefined,
    ),
    ...(run.training.classWeights === undefined ? [] : ["classWeights"]),
  ];
  const training = `Of the run, the program leaves out: ${left.join(", ")}. They bear on training alone.`;
  const kind = run.data.file?.kind;
  const rows =
    kind === "table"
      ? "as encodeColumns() of neurite/data/tables writes rows, and no table as people keep it."
      : `a row for each, as the network reads them, and no ${kind} as files hold them.`;
  return [
    ...(left.length > 0 ? [training] : []),
    ...(kind === undefined ? [] : [`Its examples are numbers, ${rows}`]),
  ];
}

function partsOf(
  caller: string,
  run: RunSpec,
  note: readonly string[],
  shapes: { readonly input: Shape; readonly output: Shape },
  training: TrainingWords,
): Omit<ProgramParts, "layers"> {
  const outputs = shapes.output.reduce((product, extent) => product * extent, 1);
  const isOneHot = OF_CLASSES.includes(lossNamed(caller, run.loss).name) && outputs > 1;
  return { note, inputShape: shapes.input, outputs, isOneHot, training };
}
