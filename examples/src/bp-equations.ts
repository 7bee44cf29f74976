// Nielsen, chapter 2: backpropagation by hand, BP1 to BP4, against autodiff.

import { grad, random, sub, type Tensor } from "neurite";
import { claim, showClaims } from "neurite/books";

// A 4-5-3-2 sigmoid net in float64; examples stand in columns, as in the book.
const sizes = [4, 5, 3, 2];
const examples = 6;
const keys = random.splitKey(random.key(2019), 8);
const normal = (key: number, shape: [number, number]): Tensor =>
  random.normal(keys[key]!, shape, { dtype: "float64" });
const net = {
  weights: [0, 1, 2].map((l) => normal(l, [sizes[l + 1]!, sizes[l]!])),
  biases: [0, 1, 2].map((l) => normal(l + 3, [sizes[l + 1]!, 1])),
};
const x = normal(6, [4, examples]);
const y = normal(7, [2, examples]).sigmoid();

/** The mean of |y - a|^2 / 2 over the examples. */
function cost({ weights, biases }: typeof net): Tensor<[]> {
  const a = weights.reduce((below, w, l) => w.matmul(below).add(biases[l]!).sigmoid(), x);
  return y
    .sub(a)
    .square()
    .sum()
    .div(2 * examples);
}

// Forward: z^l = w^l a^(l-1) + b^l, a^l = sigma(z^l). Index 0 of a is the input.
const a = [x];
const z = net.weights.map((w, l) => {
  const net_l = w.matmul(a[l]!).add(net.biases[l]!);
  a.push(net_l.sigmoid());
  return net_l;
});
const sigmaPrime = (net_l: Tensor) => net_l.sigmoid().mul(sub(1, net_l.sigmoid()));

// Backward.
const delta3 = a[3]!.sub(y).mul(sigmaPrime(z[2]!)); //                                       BP1
const delta2 = net.weights[2]!.transpose().matmul(delta3).mul(sigmaPrime(z[1]!)); //         BP2
const delta1 = net.weights[1]!.transpose().matmul(delta2).mul(sigmaPrime(z[0]!)); //         BP2
const deltas = [delta1, delta2, delta3];
const byHand = {
  biases: deltas.map((delta) => delta.mean(1, true)), //                                     BP3
  weights: deltas.map((delta, l) => delta.matmul(a[l]!.transpose()).div(examples)), //       BP4
};

const auto = grad(cost)(net);
const apart = (ours: Tensor, theirs: Tensor) => ours.sub(theirs).abs().max().item();
console.log("largest difference between the equations and autodiff");
console.log(
  showClaims([
    ...byHand.biases.map((db, l) => claim(`dC/db${l + 1}`, 0, apart(db, auto.biases[l]!), 1e-14)),
    ...byHand.weights.map((dw, l) => claim(`dC/dw${l + 1}`, 0, apart(dw, auto.weights[l]!), 1e-14)),
  ]),
);
