// The weights of classes that a specification says by name, as fit() takes them: by number.

import { ArgumentError } from "../../checks/errors.ts";
import { unknownName } from "../../checks/nearest.ts";
import type { Dataset } from "../../data/dataset.ts";
import type { ClassWeightsSpec } from "../../spec/parts.ts";
import type { ClassWeight } from "../weights/class-weights.ts";

/** @throws ArgumentError for a class that the data do not have, or values to learn in place of classes */
export function classWeightOf(
  weights: ClassWeightsSpec,
  data: Pick<Dataset, "name" | "classes"> & { readonly classNames?: readonly string[] },
): ClassWeight {
  const where = "spec: training.classWeights";
  if (data.classes === null) {
    throw new ArgumentError(`${where}: ${data.name} has values to learn, no classes`);
  }
  if (weights === "balanced") return weights;
  const names = data.classNames ?? Array.from({ length: data.classes }, (_, i) => String(i));
  return Object.fromEntries(
    Object.entries(weights).map(([name, weight]) => {
      const label = names.indexOf(name);
      if (label >= 0) return [label, weight];
      const { message, unknown } = unknownName("class", name, names);
      throw new ArgumentError(`${where}: ${message}`, { unknown });
    }),
  );
}
