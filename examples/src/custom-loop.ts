// A training loop of one's own: variables hold the state, valueAndGrad makes the gradient, and the whole
// step, momentum and all, is one compiled program that updates them in place.

import {
  compile,
  fromData,
  random,
  State,
  type Tensor,
  tensor,
  Variable,
  valueAndGrad,
  zerosLike,
} from "neurite";
import { spirals } from "neurite/data";
import { lossOf, meanLoss } from "neurite/nn";

const { train, test } = spirals({ samples: 400, noise: 0, seed: 1 });
const points = (part: typeof train) => fromData(part.x.data, [part.x.shape[0]!, 2]).div(5);
const labels = (part: typeof train) => fromData(part.y.data, [part.y.shape[0]!, 1]).cast("float32");
const [x, y] = [points(train), labels(train)];

// Everything that the run remembers, by name: it can be saved and restored as a whole.
const state = new State();
const keys = random.splitKey(random.key(3), 3);
const sizes: readonly number[] = [2, 16, 16, 1];
const layers = keys.map((key, l) => {
  const [inputs, units] = [sizes[l]!, sizes[l + 1]!];
  const w = random.normal(key, [inputs, units], { std: 1.5 / Math.sqrt(inputs) });
  const b = random.normal(random.foldIn(key, 1), [units], { std: 0.1 });
  return {
    w: state.add(`w${l}`, new Variable(w)),
    b: state.add(`b${l}`, new Variable(b)),
  };
});
const parameters: readonly Variable[] = layers.flatMap(({ w, b }) => [w, b]);
const velocities: readonly Variable[] = parameters.map((p, i) =>
  state.add(`velocity${i}`, new Variable(zerosLike(p), { trainable: false })),
);

type Layers = readonly { readonly w: Tensor; readonly b: Tensor }[];

function network(net: Layers, inputs: Tensor): Tensor {
  return net.reduce((a, { w, b }, l) => {
    const z: Tensor = a.matmul(w).add(b);
    return l < net.length - 1 ? z.tanh() : z;
  }, inputs);
}

const crossEntropy = lossOf({ name: "binaryCrossentropy", fromLogits: true });
const cost = (net: Layers): Tensor<[]> => meanLoss(crossEntropy, y, network(net, x));

/** One step over all points; the rate is a tensor, so that it can change without a new program. */
const step = compile((rate: Tensor): Tensor => {
  const [loss, gradient] = valueAndGrad(cost)(layers);
  gradient
    .flatMap(({ w, b }) => [w, b])
    .forEach((slope, i) => {
      const velocity: Tensor = velocities[i]!.mul(0.9).add(slope);
      velocities[i]!.assign(velocity);
      parameters[i]!.assign(parameters[i]!.sub(velocity.mul(rate)));
    });
  return loss;
});

/** The part of the points on whose side the network is. */
function accuracy(part: typeof train): string {
  const side: Tensor = network(layers, points(part)).greater(0).cast("float32");
  return side.equal(labels(part)).cast("float32").mean().item().toFixed(3);
}

for (let n = 0; n <= 600; n++) {
  const loss = step(tensor(n < 500 ? 0.2 : 0.05));
  if (n % 200 === 0) console.log(`step ${String(n).padStart(3)}  loss ${loss.item().toFixed(4)}`);
}
console.log(`programs compiled: ${step.cached()}`);
console.log(`accuracy: ${accuracy(train)} on the points seen, ${accuracy(test)} on others`);
