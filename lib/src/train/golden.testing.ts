// Numbers that Keras gave, and the models that gave them: see scripts/golden/keras_training.py.

import { readFileSync } from "node:fs";
import type { Tensor } from "../runtime/values/tensor.ts";
import { fromData } from "../tensor/create.ts";
import type { Model } from "./model/model.ts";

export const KERAS: Readonly<Record<string, any>> = JSON.parse(
  readFileSync(new URL("golden/keras.json", import.meta.url), "utf8"),
);

/** Numbers from -1 to 1 that no two places share, as in the script. */
export function sampled(shape: readonly number[], seed: number): Tensor {
  const size = shape.reduce((product, n) => product * n, 1);
  const data = Float64Array.from({ length: size }, (_, i) => Math.sin(1 + 0.7 * i + seed));
  return fromData(data, [...shape]);
}

/** The parameters of a model as the script fills them. */
export function filled<M extends Model>(model: M): M {
  [...model.instance.params.variables.values()].forEach((variable, i) => {
    variable.assign(sampled(variable.type.shape, 3 + i));
  });
  return model;
}

export function parametersOf(model: Model): number[] {
  return [...model.instance.params.variables.values()].flatMap((variable) => [...variable.data]);
}
