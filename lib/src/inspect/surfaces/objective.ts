// The loss of a model over fixed examples as a function of one vector, which holds all its parameters.

import { expectArgument, instance as instanceOf, type Kind } from "../../checks/arguments.ts";
import { allocate, type DType, isFloat } from "../../ir/dtype.ts";
import { type Shape, sizeOf } from "../../ir/shape.ts";
import type { Params } from "../../nn/layers/layer.ts";
import { joinPath } from "../../nn/network/params.ts";
import { Tensor } from "../../runtime/values/tensor.ts";
import { mapTree } from "../../runtime/values/tree.ts";
import { fromData } from "../../tensor/create.ts";
import { cast } from "../../tensor/elementwise.ts";
import { at } from "../../tensor/indexing.ts";
import { reshape } from "../../tensor/movement.ts";
import { key } from "../../tensor/random.ts";
import { examplesFor, toTensor } from "../../train/batches/examples.ts";
import type { RowsOf } from "../../train/batches/rows.ts";
import { checkTargets } from "../../train/loop/targets.ts";
import { Model } from "../../train/model/model.ts";
import { lossOfBatch } from "../../train/step/loss.ts";

/** What is looked at: a function of a float vector [n] that gives a scalar, written in tensors. */
export type Objective = (point: Tensor) => Tensor;

/** Where a parameter tensor stands in the vector of all parameters. */
export interface ParameterSlice {
  readonly from: number;
  readonly shape: Shape;
}

/** All parameters of a model end to end, and where each of them stands, by path as in "dense1/w". */
export interface ParameterVector {
  readonly values: Float64Array;
  readonly slices: ReadonlyMap<string, ParameterSlice>;
}

export const modelKind: Kind<Model> = instanceOf("a model", Model);

/** The parameters of a model as they are now, as one vector. */
export function parameterVectorOf(model: Model): ParameterVector {
  expectArgument("parameterVectorOf", "model", model, modelKind);
  const { variables } = model.instance.params;
  const slices = new Map<string, ParameterSlice>();
  let from = 0;
  for (const [path, { type }] of variables) {
    slices.set(path, { from, shape: type.shape });
    from += sizeOf(type.shape);
  }
  const values = new Float64Array(from);
  for (const [path, variable] of variables) values.set(variable.data, slices.get(path)!.from);
  return { values, slices };
}

/**
 * The mean loss of a compiled model over examples as a function of its parameters (`parameterVectorOf`
 * says in which order); the model itself stays as it is. As in evaluate: nothing is dropped, running
 * statistics are those that the model has now, penalties are left out. It is computed in the element
 * type of the point, or of the model where a layer rescales its inputs.
 * @throws ShapeError where examples do not fit the model; ArgumentError for targets that mean nothing to
 * the loss; NeuriteError for a model that was not compiled
 */
export function objectiveOf(model: Model, x: RowsOf, y: RowsOf): Objective {
  expectArgument("objectiveOf", "model", model, modelKind);
  const { instance, training } = model;
  const examples = examplesFor("objectiveOf", instance, x, y);
  checkTargets("objectiveOf", training, examples.y);
  const { slices } = parameterVectorOf(model);
  const state = mapTree((t) => fromData(t.data, t.type.shape), instance.layerState.tree);
  const constants = { x: examples.x.map(toTensor), y: examples.y.map(toTensor), state };
  const converted = new Map<DType, typeof constants>();
  const context = { training: false, key: key(0) };
  // What rescales pixels makes floats of one type of them, whatever the parameters are.
  const isFixed = instance.network.placed.some(({ kind }) => kind === "rescaling");
  const fixed = isFixed ? instance.dtype : null;
  return (point) => {
    const dtype = fixed ?? point.type.dtype;
    const known = converted.get(dtype) ?? mapTree((t) => asFloats(t, dtype), constants);
    converted.set(dtype, known);
    const params = cut(instance.params.tree, cast(point, dtype), slices);
    const { outputs } = instance.network.apply({ params, state: known.state }, known.x, context);
    const { loss } = lossOfBatch(training, known.y, outputs);
    return cast(loss, point.type.dtype);
  };
}

/** Floats in the type wanted; whole numbers as they are. */
function asFloats(t: Tensor, dtype: DType): Tensor {
  if (!isFloat(t.type.dtype) || t.type.dtype === dtype) return t;
  const data = allocate(dtype, t.size);
  data.set(t.data);
  return fromData(data, t.type.shape, dtype);
}

/** A tree like `tree` whose tensors are parts of the vector. */
function cut(
  tree: Params,
  point: Tensor,
  slices: ReadonlyMap<string, ParameterSlice>,
  path = "",
): Params {
  return Object.fromEntries(
    Object.entries(tree).map(([name, value]) => {
      const where = joinPath(path, name);
      if (!(value instanceof Tensor)) return [name, cut(value, point, slices, where)];
      const { from, shape } = slices.get(where)!;
      return [name, reshape(at(point, `${from}:${from + sizeOf(shape)}`), [...shape])];
    }),
  );
}
