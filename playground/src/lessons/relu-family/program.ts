// ReLU and its relatives: values and slopes, as the library computes and differentiates them.

import { grad, linspace, type Tensor, tensor } from "neurite";
import { activationOf } from "neurite/nn";

export interface Values {
  readonly f: "relu" | "leaky" | "elu" | "softplus";
  readonly x: number;
  readonly leak: number;
  readonly gamma: number;
}

export function run({ f, x, leak, gamma }: Values) {
  const family = {
    relu: activationOf("relu"),
    leaky: activationOf({ name: "leakyRelu", alpha: leak }),
    elu: activationOf({ name: "elu", alpha: gamma }),
    softplus: activationOf("softplus"),
  };
  type Name = keyof typeof family;
  const names = Object.keys(family) as Name[];
  const slope = (name: Name) => grad((z: Tensor): Tensor<[]> => family[name].apply(z).sum());
  const valueAt = (name: Name, z: number) => family[name].apply(tensor([z], "float64")).data[0]!;
  const slopeAt = (name: Name, z: number) => slope(name)(tensor([z], "float64")).data[0]!;

  const places = linspace(-4, 4, 321, "float64");
  const z = Array.from(places.data);
  const slopes = names.map((name) => slopeAt(name, x));
  return {
    numbers: {
      x,
      value: valueAt(f, x),
      slope: slopeAt(f, x),
      // Which of the four is the steepest at x, from 0.
      steepest: slopes.indexOf(Math.max(...slopes)),
      reluAtZero: slopeAt("relu", 0),
    },
    curves: {
      values: { x: z, y: Array.from(family[f].apply(places).data) },
      slopes: { x: z, y: Array.from(slope(f)(places).data) },
    },
    tables: { family: names.map((name) => [valueAt(name, x), slopeAt(name, x)]) },
  };
}
