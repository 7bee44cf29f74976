/** The library's own optimizers over a record of variables. */

import * as nn from "../../lib/dist/index.js";
import { optimizerOf } from "../../lib/dist/nn/index.js";

/** @returns {(gradients: Record<string, any>) => void} moves the variables by their gradients */
export function learner({ name, rate, decay = 0, ...config }, variables) {
  const { beta1, beta2, epsilon } = config;
  const own = name === "adam" ? { beta1, beta2, epsilon } : {};
  const optimizer = optimizerOf({ name, learningRate: rate, ...own });
  const fixed = (tensor) => new nn.Variable(tensor, { trainable: false });
  const slots = nn.mapTree(fixed, optimizer.init(variables));
  const count = fixed(nn.tensor(0, "int32"));
  return (gradients) => {
    const step = count.add(1);
    const penalised = Object.entries(gradients).map(([key, gradient]) => {
      const decays = decay > 0 && key.startsWith("w");
      return [key, decays ? gradient.add(variables[key].mul(decay)) : gradient];
    });
    const next = optimizer.update({
      params: variables,
      gradients: Object.fromEntries(penalised),
      slots,
      learningRate: nn.tensor(rate, "float64"),
      step,
    });
    count.assign(step);
    assignAll(variables, next.params);
    assignAll(slots, next.slots);
  };
}

function assignAll(variables, next) {
  for (const [name, variable] of Object.entries(variables)) {
    if (variable instanceof nn.Variable) variable.assign(next[name]);
    else assignAll(variable, next[name]);
  }
}
