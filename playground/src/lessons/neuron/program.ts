// A neuron: the weighted sum of what comes in, plus the bias, and what the sigmoid makes of it.

import { tensor } from "neurite";

export interface Values {
  readonly x1: number;
  readonly x2: number;
  readonly w1: number;
  readonly w2: number;
  readonly b: number;
}

export function run({ x1, x2, w1, w2, b }: Values) {
  const x = tensor([x1, x2], "float64");
  const w = tensor([w1, w2], "float64");
  const products = w.mul(x);
  const z = products.sum().add(b);
  const a = z.sigmoid();
  return {
    numbers: { p1: products.data[0]!, p2: products.data[1]!, z: z.item(), a: a.item() },
    net: { layers: [{ a: [x1, x2] }, { w: [[w1, w2]], b: [b], z: [z.item()], a: [a.item()] }] },
  };
}
