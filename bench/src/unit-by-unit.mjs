/**
 * TF Playground's way, written anew: an object for each unit and each link, one example at a time,
 * gradients summed over the minibatch and then applied. It is what a reader would write first.
 */

class Link {
  gradient = 0;

  constructor(from, to, weight) {
    this.from = from;
    this.to = to;
    this.weight = weight;
  }
}

class Unit {
  inputs = [];
  outputs = [];
  output = 0;
  total = 0;
  outputGradient = 0;
  totalGradient = 0;
  biasGradient = 0;

  constructor(bias) {
    this.bias = bias;
  }

  forward() {
    this.total = this.bias;
    for (const link of this.inputs) this.total += link.weight * link.from.output;
    this.output = Math.tanh(this.total);
  }

  /** From the derivative with respect to the output to those of the bias and the links. */
  backward() {
    this.totalGradient = this.outputGradient * (1 - this.output * this.output);
    this.biasGradient += this.totalGradient;
    for (const link of this.inputs) link.gradient += this.totalGradient * link.from.output;
  }

  /** The derivative with respect to the output, from the units that it feeds. */
  collect() {
    this.outputGradient = 0;
    for (const link of this.outputs) {
      this.outputGradient += link.weight * link.to.totalGradient;
    }
  }

  update(rate) {
    this.bias -= rate * this.biasGradient;
    this.biasGradient = 0;
    for (const link of this.inputs) {
      link.weight -= rate * link.gradient;
      link.gradient = 0;
    }
  }
}

function network({ sizes, arrays }) {
  const layers = [Array.from({ length: sizes[0] }, () => new Unit(0))];
  for (let layer = 1; layer < sizes.length; layer++) {
    const [weights, biases] = [arrays[`w${layer - 1}`].data, arrays[`b${layer - 1}`].data];
    const units = Array.from(biases, (bias) => new Unit(bias));
    layers[layer - 1].forEach((from, i) => {
      units.forEach((to, j) => {
        const link = new Link(from, to, weights[i * units.length + j]);
        from.outputs.push(link);
        to.inputs.push(link);
      });
    });
    layers.push(units);
  }
  return layers;
}

/** One example through the network and back; its loss. */
function learn(layers, input, target) {
  layers[0].forEach((unit, i) => {
    unit.output = input[i];
  });
  for (let layer = 1; layer < layers.length; layer++) {
    for (const unit of layers[layer]) unit.forward();
  }
  const [last] = layers.at(-1);
  last.outputGradient = last.output - target;
  for (let layer = layers.length - 1; layer > 0; layer--) {
    for (const unit of layers[layer]) {
      if (unit !== last) unit.collect();
      unit.backward();
    }
  }
  return 0.5 * last.outputGradient ** 2;
}

/** A step and a run of steps over a task's examples, in order. */
export function build(task) {
  const { sizes, batch, arrays, optimizer } = task;
  const examples = Array.from({ length: arrays.y.data.length }, (_, i) => {
    return {
      input: [...arrays.x.data.subarray(i * sizes[0], (i + 1) * sizes[0])],
      target: arrays.y.data[i],
    };
  });
  const layers = network(task);
  let at = 0;
  const step = () => {
    let loss = 0;
    for (let i = 0; i < batch; i++) {
      const { input, target } = examples[at++];
      loss += learn(layers, input, target);
    }
    if (at === examples.length) at = 0;
    for (const layer of layers.slice(1))
      for (const unit of layer) unit.update(optimizer.rate / batch);
    return loss / batch;
  };
  const run = (steps) => {
    for (let i = 0; i < steps; i++) step();
  };
  return { step, run };
}
