// How fast a weight of one sigmoid neuron learns: the gradient of its quadratic cost, factor by factor.

import { grad, linspace, type Tensor, tensor } from "neurite";

export interface Values {
  readonly w: number;
  readonly x: number;
  readonly b: number;
}

/** ∂C/∂w for each of some weights, where C is half the squared distance of σ(wx + b) from the target 0. */
function gradientsAt(weights: Tensor, x: number, b: number): number[] {
  const costs = (w: Tensor): Tensor<[]> => w.mul(x).add(b).sigmoid().square().div(2).sum();
  return Array.from(grad(costs)(weights).data);
}

export function run({ w, x, b }: Values) {
  const z = tensor([w * x + b], "float64");
  const a = z.sigmoid().data[0]!;
  const places = linspace(-8, 8, 161, "float64");
  const speeds = gradientsAt(places, x, b).map(Math.abs);
  const [gradient, small, large] = gradientsAt(tensor([w, 1.5, 4], "float64"), x, b) as [
    number,
    number,
    number,
  ];
  const slope = (at: number) => {
    const derivative = grad((t: Tensor): Tensor<[]> => t.sigmoid().sum());
    return derivative(tensor([at], "float64")).data[0]!;
  };
  return {
    numbers: {
      w,
      z: z.data[0]!,
      a,
      slope: slope(z.data[0]!),
      byRule: a * slope(z.data[0]!) * x,
      gradient,
      speed: Math.abs(gradient),
      // Of the weights 1.5 and 4: above 1 if the small one learns faster.
      smallOverLarge: Math.abs(small) / Math.abs(large),
    },
    curves: { speedCurve: { x: Array.from(places.data), y: speeds } },
    tables: {
      two: [
        [1.5, slope(1.5 * x + b), Math.abs(small)],
        [4, slope(4 * x + b), Math.abs(large)],
      ],
    },
  };
}
