/**
 * What TF Playground trains with, written anew after its `src/nn.ts` (https://github.com/tensorflow/playground, Apache
 * License 2.0): the same operations in the same order on the same objects, so that it gives the same numbers and has the same
 * to do. What looks wasteful is theirs: a slope computes its function again, and every unit and link counts.
 */

/** Functions by name, each with its derivative with respect to what goes in. */
export const ACTIVATIONS = {
  tanh: {
    output: (x) => Math.tanh(x),
    slope: (x) => {
      const output = ACTIVATIONS.tanh.output(x);
      return 1 - output * output;
    },
  },
  sigmoid: {
    output: (x) => 1 / (1 + Math.exp(-x)),
    slope: (x) => {
      const output = ACTIVATIONS.sigmoid.output(x);
      return output * (1 - output);
    },
  },
};

export const SQUARED_ERROR = {
  error: (output, target) => 0.5 * (output - target) ** 2,
  slope: (output, target) => output - target,
};

/** The fields `total` and `output` come with the first example, as there: input units never have a total. */
class Unit {
  constructor(name, activation) {
    this.inputs = [];
    this.bias = 0.1;
    this.outputs = [];
    this.outputSlope = 0;
    this.totalSlope = 0;
    this.summedSlope = 0;
    this.slopes = 0;
    this.name = name;
    this.activation = activation;
  }

  update() {
    this.total = this.bias;
    for (let i = 0; i < this.inputs.length; i++) {
      const link = this.inputs[i];
      this.total += link.weight * link.from.output;
    }
    this.output = this.activation.output(this.total);
    return this.output;
  }
}

class Link {
  constructor(from, to, penalty) {
    this.weight = Math.random() - 0.5;
    this.slope = 0;
    this.summedSlope = 0;
    this.slopes = 0;
    this.name = `${from.name}-${to.name}`;
    this.from = from;
    this.to = to;
    this.penalty = penalty;
  }
}

/**
 * Layers of units, each linked to all of the layer before.
 * @param penalty with a `slope` of a weight, or null
 */
export function networkOf(sizes, activation, lastActivation, penalty, inputNames) {
  const layers = [];
  let count = 1;
  for (let at = 0; at < sizes.length; at++) {
    const layer = [];
    layers.push(layer);
    for (let i = 0; i < sizes[at]; i++) {
      const name = at === 0 ? inputNames[i] : `${count++}`;
      const unit = new Unit(name, at === sizes.length - 1 ? lastActivation : activation);
      layer.push(unit);
      if (at === 0) continue;
      for (const from of layers[at - 1]) {
        const link = new Link(from, unit, penalty);
        from.outputs.push(link);
        unit.inputs.push(link);
      }
    }
  }
  return layers;
}

/** One example through the network. */
export function forward(network, inputs) {
  const first = network[0];
  if (inputs.length !== first.length) {
    throw new Error(`Expected ${first.length} inputs. Received ${inputs.length}.`);
  }
  for (let i = 0; i < first.length; i++) {
    const unit = first[i];
    unit.output = inputs[i];
  }
  for (let at = 1; at < network.length; at++) {
    const layer = network[at];
    for (let i = 0; i < layer.length; i++) {
      const unit = layer[i];
      unit.update();
    }
  }
  return network[network.length - 1][0].output;
}

/** The way back of the example that went forward last; what each bias and weight is to change by is summed. */
export function backward(network, target, error) {
  const last = network[network.length - 1][0];
  last.outputSlope = error.slope(last.output, target);
  for (let at = network.length - 1; at >= 1; at--) {
    const layer = network[at];
    for (let i = 0; i < layer.length; i++) {
      const unit = layer[i];
      unit.totalSlope = unit.outputSlope * unit.activation.slope(unit.total);
      unit.summedSlope += unit.totalSlope;
      unit.slopes++;
    }
    for (let i = 0; i < layer.length; i++) {
      const unit = layer[i];
      for (let j = 0; j < unit.inputs.length; j++) {
        const link = unit.inputs[j];
        link.slope = unit.totalSlope * link.from.output;
        link.summedSlope += link.slope;
        link.slopes++;
      }
    }
    if (at === 1) continue;
    const before = network[at - 1];
    for (let i = 0; i < before.length; i++) {
      const unit = before[i];
      unit.outputSlope = 0;
      for (let j = 0; j < unit.outputs.length; j++) {
        const link = unit.outputs[j];
        unit.outputSlope += link.weight * link.to.totalSlope;
      }
    }
  }
}

/** A step along the mean of what was summed since the last. */
export function updateWeights(network, rate, penaltyRate) {
  for (let at = 1; at < network.length; at++) {
    const layer = network[at];
    for (let i = 0; i < layer.length; i++) {
      const unit = layer[i];
      if (unit.slopes > 0) {
        unit.bias -= (rate * unit.summedSlope) / unit.slopes;
        unit.summedSlope = 0;
        unit.slopes = 0;
      }
      for (let j = 0; j < unit.inputs.length; j++) {
        const link = unit.inputs[j];
        const penalty = link.penalty ? link.penalty.slope(link.weight) : 0;
        if (link.slopes > 0) {
          link.weight -= (rate / link.slopes) * (link.summedSlope + penaltyRate * penalty);
          link.summedSlope = 0;
          link.slopes = 0;
        }
      }
    }
  }
}
