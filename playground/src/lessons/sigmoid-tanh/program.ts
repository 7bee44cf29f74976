// The logistic function and tanh with their slopes, and how the one becomes a step.

import { type DType, grad, linspace, type Tensor, tensor } from "neurite";

export interface Values {
  readonly z: number;
  readonly c: number;
}

const sigmoid = (x: Tensor): Tensor => x.sigmoid();
const tanh = (x: Tensor): Tensor => x.tanh();

/** The slope of a function, place by place. */
const slope = (f: (x: Tensor) => Tensor) => grad((x: Tensor): Tensor<[]> => f(x).sum());
const at = (f: (x: Tensor) => Tensor, x: number, dtype: DType = "float64") =>
  f(tensor([x], dtype)).data[0] as number;

export function run({ z, c }: Values) {
  const places = linspace(-8, 8, 321, "float64");
  const x = Array.from(places.data);
  const curve = (f: (x: Tensor) => Tensor) => ({ x, y: Array.from(f(places).data) });
  return {
    numbers: {
      z,
      sigma: at(sigmoid, z),
      slope: at(slope(sigmoid), z),
      tanh: at(tanh, z),
      tanhSlope: at(slope(tanh), z),
      // tanh is the logistic function, stretched and moved.
      twice: 2 * at(sigmoid, 2 * z) - 1,
      ratio: at(slope(tanh), 0) / at(slope(sigmoid), 0),
      // w and b times c: how far from a step the neuron still is at z = 0.1.
      gap: 1 - at(sigmoid, c * 0.1),
      slope32: at(slope(sigmoid), z, "float32"),
    },
    curves: {
      sigmaCurve: curve(sigmoid),
      slopeCurve: curve(slope(sigmoid)),
      tanhCurve: curve(tanh),
      tanhSlopeCurve: curve(slope(tanh)),
      stepCurve: curve((x) => sigmoid(x.mul(c))),
    },
  };
}
