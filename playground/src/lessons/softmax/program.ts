// Softmax of three net inputs, the negative log-likelihood of the first class, and its gradient.

import { grad, linspace, type Tensor, tensor } from "neurite";

export interface Values {
  readonly z1: number;
  readonly z2: number;
  readonly z3: number;
}

const softmax = (z: readonly number[]) => Array.from(tensor(z, "float64").softmax().data);
/** The first class is the right one: y = (1, 0, 0). */
const Y = [1, 0, 0] as const;
const loss = (z: Tensor): Tensor<[]> => z.softmax().at(0).log().neg() as Tensor<[]>;

export function run({ z1, z2, z3 }: Values) {
  const z = [z1, z2, z3];
  const a = softmax(z);
  const raised = softmax([z1 + 1, z2, z3]);
  const slope = Array.from(grad(loss)(tensor(z, "float64")).data);
  const change = (i: number) => raised[i]! - a[i]!;
  const ratio = (i: number) => raised[i]! / a[i]!;
  const isNone = (x: number) => Math.abs(x) < 1e-12;
  const stay = isNone(change(1)) && isNone(change(2));
  const sameAmount = isNone(change(1) - change(2));
  const sameShare = isNone(ratio(1) - ratio(2));
  const places = Array.from(linspace(-8, 8, 161, "float64").data);
  const along = places.map((place) => softmax([place, z2, z3]));
  const curve = (i: number) => ({ x: places, y: along.map((one) => one[i]!) });
  return {
    numbers: {
      z1,
      a1: a[0]!,
      loss: loss(tensor(z, "float64")).item(),
      slope1: slope[0]!,
      // What the other two do when z1 is raised by 1: 0 stay, 1 lose the same amount, 2 the same share.
      others: [stay, sameAmount, sameShare].indexOf(true),
      two: softmax([z1, 0])[0]!,
      sigma: tensor([z1], "float64").sigmoid().data[0]!,
      a1in32: tensor(z, "float32").softmax().data[0]!,
    },
    curves: { a1Curve: curve(0), a2Curve: curve(1), a3Curve: curve(2) },
    tables: {
      units: z.map((value, i) => [value, a[i]!, raised[i]!, slope[i]!, a[i]! - Y[i]!]),
    },
  };
}
