/** TF Playground's training alone: inputs that are ready, and no losses but those that are asked for. */

import {
  ACTIVATIONS,
  backward,
  forward,
  networkOf,
  SQUARED_ERROR,
  updateWeights,
} from "./network.mjs";

/** Puts weights [in, out] and biases [out] of each layer into a network, in place of the random ones. */
export function setWeights(network, arrays) {
  for (let layer = 1; layer < network.length; layer++) {
    const units = network[layer];
    units.forEach((unit, j) => {
      unit.bias = arrays[`b${layer - 1}`].data[j];
      unit.inputs.forEach((link, i) => {
        link.weight = arrays[`w${layer - 1}`].data[i * units.length + j];
      });
    });
  }
}

/** The weights and biases again, layer by layer, as setWeights() takes them. */
export function weightsOf(network) {
  const arrays = {};
  for (let layer = 1; layer < network.length; layer++) {
    const units = network[layer];
    arrays[`b${layer - 1}`] = { data: units.map(({ bias }) => bias) };
    const rows = network[layer - 1].map((_, i) => units.map(({ inputs }) => inputs[i].weight));
    arrays[`w${layer - 1}`] = { data: rows.flat() };
  }
  return arrays;
}

/** A step and a run of steps over a task's examples, in order. */
export function build(task) {
  const { sizes, batch, arrays, optimizer, hidden = "tanh", output = "tanh" } = task;
  const names = Array.from({ length: sizes[0] }, (_, i) => `x${i}`);
  const network = networkOf(sizes, ACTIVATIONS[hidden], ACTIVATIONS[output], null, names);
  setWeights(network, arrays);
  const examples = Array.from({ length: arrays.y.data.length }, (_, i) => ({
    input: [...arrays.x.data.subarray(i * sizes[0], (i + 1) * sizes[0])],
    label: arrays.y.data[i],
  }));
  let at = 0;
  const train = (count) => {
    for (let i = 0; i < count; i++) {
      const { input, label } = examples[at];
      forward(network, input);
      backward(network, label, SQUARED_ERROR);
      at = at + 1 === examples.length ? 0 : at + 1;
    }
    updateWeights(network, optimizer.rate, 0);
  };
  const lossOf = ({ input, label }) => SQUARED_ERROR.error(forward(network, input), label);
  return {
    network,
    /** The mean loss of the examples of a step, before it. */
    step() {
      const losses = examples.slice(at, at + batch).map(lossOf);
      train(batch);
      return losses.reduce((sum, loss) => sum + loss, 0) / batch;
    },
    run(steps) {
      for (let i = 0; i < steps; i++) train(batch);
    },
  };
}
