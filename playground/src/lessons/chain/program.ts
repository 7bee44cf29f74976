// A chain of four sigmoid neurons: what reaches the bias of each of the error at the end.

import { grad, linspace, type Tensor, tensor } from "neurite";

export interface Values {
  readonly w: number;
  readonly z: number;
}

const DEPTH = 4;

/** Activations of the chain from the input 1/2. */
function activations(w: number, biases: Tensor): Tensor[] {
  const a: Tensor[] = [tensor(0.5, "float64")];
  for (let j = 0; j < DEPTH; j++) a.push(a[j]!.mul(w).add(biases.at(j)).sigmoid());
  return a;
}

/** Over which inputs |w σ′(wa + b)| is at least 1, at the best b: Nielsen, chapter 5. */
function windowOf(w: number): number {
  if (w < 4) return 0;
  return (2 / w) * Math.log((w * (1 + Math.sqrt(1 - 4 / w))) / 2 - 1);
}

export function run({ w, z }: Values) {
  // Biases with which every net input is z.
  const a = tensor([z], "float64").sigmoid().data[0]!;
  const b = Array.from({ length: DEPTH }, (_, j) => z - w * (j === 0 ? 0.5 : a));
  const cost = (biases: Tensor): Tensor<[]> => activations(w, biases)[DEPTH]!.sum();
  const deltas = Array.from(grad(cost)(tensor(b, "float64")).data);

  const slope = grad((t: Tensor): Tensor<[]> => t.sigmoid().sum());
  const places = linspace(-8, 8, 161, "float64");
  const weights = Array.from(linspace(1, 40, 391, "float64").data);
  return {
    numbers: {
      w,
      z,
      factor: w * slope(tensor([z], "float64")).data[0]!,
      ratio: deltas[0]! / deltas[DEPTH - 1]!,
      window: windowOf(w),
    },
    curves: {
      factorCurve: { x: Array.from(places.data), y: Array.from(slope(places).mul(w).data) },
      windowCurve: { x: weights, y: weights.map(windowOf) },
    },
    tables: { biases: deltas.map((delta) => [delta, delta / deltas[DEPTH - 1]!]) },
  };
}
