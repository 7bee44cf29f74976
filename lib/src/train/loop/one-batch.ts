// Models on one batch, and on one example.

import { expectOptions, show } from "../../checks/arguments.ts";
import { ArgumentError, NumberError, ShapeError } from "../../checks/errors.ts";
import { sameShape, showShape } from "../../ir/shape.ts";
import { showType } from "../../ir/type.ts";
import type { NdArray } from "../../ops/define.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { reshape } from "../../tensor/movement.ts";
import { type ModelExamples, tensorsOf, toTensor } from "../batches/examples.ts";
import { type RowsOf, readRows } from "../batches/rows.ts";
import type { Instance, PreparedTraining } from "../step/instance.ts";
import type { StepResult } from "../step/loss.ts";
import { Tallies } from "../step/tallies.ts";
import { TRAINING_WEIGHTS } from "../weights/read.ts";
import { EXAMPLE_WEIGHTS, type ExampleWeights, type TrainingWeights } from "../weights/weights.ts";
import type { Evaluation } from "./evaluate.ts";
import { checkedExamples } from "./split-examples.ts";
import { meaningsFor } from "./targets.ts";

/**
 * One step; the figures are of the batch before its update.
 * @throws ArgumentError for another batch than the first, where the optimizer compares losses
 */
export async function trainOnBatch(
  instance: Instance,
  training: PreparedTraining,
  x: RowsOf,
  y: RowsOf,
  weights: TrainingWeights,
): Promise<Evaluation> {
  expectOptions("trainOnBatch", weights, TRAINING_WEIGHTS);
  const examples = checkedExamples("trainOnBatch", instance, training, x, y, weights);
  expectSameBatch(training, examples);
  const { count } = examples;
  const step = instance.trainStep(training, { count, size: count }, "compiled");
  const figures = figuresOfBatch(training, examples, step);
  await instance.engine.ready?.();
  if (Number.isFinite(figures.loss)) return figures;
  throw new NumberError(
    `trainOnBatch: the loss of the batch is ${show(figures.loss)}, and the weights took the step. ` +
      "Go back to weights that you kept, and try a smaller learning rate.",
  );
}

function expectSameBatch({ optimizer, searched }: PreparedTraining, examples: ModelExamples): void {
  if (!optimizer.probe) return;
  const { x, y, w = [] } = examples;
  const print = [...x, ...y, ...w].map(fingerprint).join(" ");
  searched.batch ??= print;
  if (searched.batch === print) return;
  throw new ArgumentError(
    `trainOnBatch: expected the batch of the first step again for the optimizer "${optimizer.name}", which ` +
      "compares losses of the same examples, received another: compile() begins anew",
  );
}

/** Type, shape and a hash of the bytes (FNV-1a), so that no batch need be kept. */
function fingerprint(array: NdArray): string {
  const { buffer, byteOffset, byteLength } = array.data;
  let hash = 0x811c9dc5;
  for (const byte of new Uint8Array(buffer, byteOffset, byteLength)) {
    hash = Math.imul(hash ^ byte, 0x01000193);
  }
  return `${showType(array)}:${hash >>> 0}`;
}

export async function testOnBatch(
  instance: Instance,
  training: PreparedTraining,
  x: RowsOf,
  y: RowsOf,
  weights: ExampleWeights,
): Promise<Evaluation> {
  expectOptions("testOnBatch", weights, EXAMPLE_WEIGHTS);
  const examples = checkedExamples("testOnBatch", instance, training, x, y, weights);
  return figuresOfBatch(training, examples, training.lossOf);
}

function figuresOfBatch(
  training: PreparedTraining,
  examples: ModelExamples,
  run: (x: readonly Tensor[], y: readonly Tensor[], w: readonly Tensor[]) => StepResult,
): Evaluation {
  const batch = tensorsOf(examples);
  const meanings = meaningsFor(training, examples.y);
  const tallies = new Tallies(training);
  tallies.add(batch, run(batch.x, batch.y, batch.w), meanings);
  return { ...tallies.figures(meanings) };
}

/** The outputs for one example, without the axis of the batch. */
export function predictOne(instance: Instance, x: RowsOf): Tensor[] {
  const { inputShapes } = instance.network;
  const arrays = readOne(instance, x);
  arrays.forEach(({ shape }, i) => {
    if (sameShape(shape, inputShapes[i]!)) return;
    throw new ShapeError(
      `predictOne: expected one example of shape ${showShape(inputShapes[i]!)}, received ` +
        `${showShape(shape)}; predict() takes a batch`,
    );
  });
  const batch = arrays.map((array) => toTensor({ ...array, shape: [1, ...array.shape] }));
  return instance.forward(batch).map((output) => reshape(output, output.type.shape.slice(1)));
}

/** An example of a scalar input has no axis; all others are read as rows are. */
function readOne({ network, dtype }: Instance, x: unknown) {
  const count = network.inputShapes.length;
  const isNumber = typeof x === "number" && count === 1;
  const given = isNumber ? [x] : x;
  const read = readRows(given, { where: "predictOne", name: "x", count, dtype });
  return isNumber ? read.map((array) => ({ ...array, shape: [] })) : read;
}
