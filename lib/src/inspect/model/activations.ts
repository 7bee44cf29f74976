// What every layer of a model makes of some examples.

import { expectArgument, instance } from "../../checks/arguments.ts";
import { withCurrent } from "../../runtime/interpreter/current.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { key } from "../../tensor/random.ts";
import { inputsFor, toTensor } from "../../train/batches/examples.ts";
import type { RowsOf } from "../../train/batches/rows.ts";
import { Model } from "../../train/model/model.ts";

/**
 * The output of every layer, by its name as in `summary()`, in the order in which they run: tensors
 * [examples, ...the layer's output shape]. As in predict, nothing is dropped and nothing is learnt;
 * all examples go through at once, so hand in no more than can be looked at.
 * @param x examples along the first axis; a list of these for a model of several inputs
 * @throws ShapeError where the examples do not fit the model
 * @throws ArgumentError for another number of inputs, or no example at all
 */
export function activationsOf(model: Model, x: RowsOf): ReadonlyMap<string, Tensor> {
  expectArgument("activationsOf", "model", model, instance("a model", Model));
  const { network, params, layerState, engine } = model.instance;
  const inputs = inputsFor("activationsOf", model.instance, x).x;
  const variables = { params: params.tree, state: layerState.tree };
  const context = { training: false, key: key(0) };
  return withCurrent({ engine, recording: false }, () =>
    network.apply(variables, inputs.map(toTensor), context),
  ).layers;
}
