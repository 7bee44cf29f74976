// A model in a file that says itself what to build: layers and weights, without what training needs.

import { expectOptions, having, type Kinds, oneOf } from "../../checks/arguments.ts";
import { ArgumentError, FileError } from "../../checks/errors.ts";
import type { Bytes } from "../../formats/index.ts";
import type { EvaluateOptions } from "../loop/evaluate.ts";
import { Model } from "../model/model.ts";
import type { ModelOptions } from "../model-options.ts";
import { modelOf, networkOf } from "../run/run.ts";
import {
  AVERAGE,
  architectureOf,
  decodeCheckpoint,
  encodeFile,
  expectModel,
  namedTensors,
} from "./checkpoint.ts";
import { restoreCheckpoint, weightsOf } from "./restore.ts";

/** Which weights are saved; the mean over the training by default, where the model keeps one. */
type SaveOptions = Pick<EvaluateOptions, "weights">;
const SAVE_OPTIONS: Kinds<SaveOptions> = { weights: oneOf("average", "trained") };

/**
 * The bytes of a file with a model's layers and its weights: what predicting needs, a third of an Adam
 * checkpoint. loadModel() rebuilds the model from it; loadWeights() reads it into one that is built.
 * A layer of one's own cannot be described, so that loadModel() then refuses the file.
 */
export function saveModel(model: Model, options: SaveOptions = {}): Uint8Array {
  expectModel("saveModel", model);
  expectOptions("saveModel", options, SAVE_OPTIONS);
  const own = weightsOf(model);
  const snapshot = model.state.snapshot();
  const mean = (name: string) =>
    options.weights === "trained" || !name.startsWith("params/")
      ? undefined
      : snapshot.get(name.replace("params", AVERAGE));
  const weights = [...snapshot].flatMap(([name, data]): [string, typeof data][] =>
    own.has(name) ? [[name, mean(name) ?? data]] : [],
  );
  return encodeFile(new Map(namedTensors(model, "", new Map(weights))), {
    spec: null,
    architecture: architectureOf(model),
    epochs: [],
    callbacks: {},
  });
}

type LoadOptions = Pick<ModelOptions, "engine">;
const OPTIONS: Kinds<LoadOptions> = { engine: having("an engine", "compile", "storage") };

/**
 * The model in a file of saveModel(), of encodeCheckpoint() or of `neurite train --out`. It predicts to
 * the bit as the saved one did. One that a run specification describes is compiled and ready to go on;
 * any other has still to be compiled before it is trained or evaluated.
 * @throws FileError for damage, and for a file that does not say what to build
 */
export function loadModel(bytes: Bytes, options: LoadOptions = {}): Model {
  expectOptions("loadModel", options, OPTIONS);
  const checkpoint = decodeCheckpoint(bytes);
  const { spec, architecture } = checkpoint;
  if (spec && options.engine)
    throw new ArgumentError(
      "loadModel: expected no engine: the file's specification names its own",
    );
  if (!spec && !architecture) {
    throw new FileError(
      "loadModel: the file does not say what to build, as a layer was of the program's own: " +
        "build the layers again, then loadWeights(model, bytes)",
    );
  }
  const model = spec ? modelOf(spec) : rebuilt(architecture!, options);
  restoreCheckpoint(model, checkpoint);
  return model;
}

function rebuilt(
  { network, dtype, seed }: NonNullable<ReturnType<typeof architectureOf>>,
  options: LoadOptions,
): Model {
  const built = networkOf(network, dtype);
  return new Model(() => built, { ...options, dtype, seed });
}
