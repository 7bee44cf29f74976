/** SGD and Adam over a record of variables. */

import * as nn from "../../lib/dist/index.js";

/** @returns {(gradients: Record<string, any>) => void} moves the variables by their gradients */
export function learner(optimizer, variables) {
  return optimizer.name === "adam" ? adam(optimizer, variables) : sgd(optimizer, variables);
}

function sgd({ rate, decay }, variables) {
  return (gradients) => {
    for (const [name, variable] of Object.entries(variables)) {
      const decayed = decay > 0 && name.startsWith("w");
      const g = decayed ? gradients[name].add(variable.mul(decay)) : gradients[name];
      variable.assign(variable.sub(g.mul(rate)));
    }
  };
}

function adam({ rate, beta1, beta2, epsilon }, variables) {
  const slot = (like) => new nn.Variable(nn.zerosLike(like), { trainable: false });
  const slots = nn.mapTree((variable) => ({ m: slot(variable), v: slot(variable) }), variables);
  const count = slot(nn.zeros([]));
  return (gradients) => {
    const t = count.add(1);
    count.assign(t);
    const [unbias1, unbias2] = [beta1, beta2].map((beta) => nn.sub(1, nn.pow(beta, t)));
    for (const [name, variable] of Object.entries(variables)) {
      const { m, v } = slots[name];
      const g = gradients[name];
      const [m1, v1] = [
        m.mul(beta1).add(g.mul(1 - beta1)),
        v.mul(beta2).add(g.square().mul(1 - beta2)),
      ];
      m.assign(m1);
      v.assign(v1);
      const size = v1.div(unbias2).sqrt().add(epsilon);
      variable.assign(variable.sub(m1.div(unbias1).mul(rate).div(size)));
    }
  };
}
