// A feed-forward network by the library: its layers, the shapes of its matrices, its parameters.

import { dense } from "neurite/nn";
import { sequential } from "neurite/train";

export interface Values {
  readonly hidden: number;
  readonly units: number;
}

export function run({ hidden, units }: Values) {
  const sizes = [784, ...Array.from({ length: hidden }, () => units), 10];
  const model = sequential();
  model.add(dense(sizes[1]!, { inputShape: [784], activation: "sigmoid" }));
  for (const size of sizes.slice(2)) model.add(dense(size, { activation: "sigmoid" }));

  const variables = [...model.instance.params.variables.values()];
  const sizeOf = ({ shape }: { readonly shape: readonly number[] }) =>
    shape.reduce((product, length) => product * length, 1);
  const parameters = variables.reduce((sum, variable) => sum + sizeOf(variable), 0);
  // The library keeps weights as [inputs, units]; both books write W with a row for each unit.
  const weights = variables.filter(({ shape }) => shape.length === 2);
  return {
    numbers: {
      parameters,
      nndl: weights.length,
      nielsen: weights.length + 1,
      inputs: sizes[0]!,
    },
    tables: {
      layers: weights.map(({ shape }, l) => {
        const [inputs, own] = shape as readonly [number, number];
        return [l + 1, l + 2, own, `${own} × ${inputs}`, `${own}`, own * inputs + own];
      }),
    },
  };
}
