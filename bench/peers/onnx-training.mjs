/** A training step of a dense net as ONNX ops, backward pass and update written by hand. */

const ACTIVATIONS = {
  sigmoid: (g, z) => g.op("Sigmoid", [z]),
  tanh: (g, z) => g.op("Tanh", [z]),
  relu: (g, z) => g.op("Relu", [z]),
};

/** The derivative with respect to z, from that with respect to a = activation(z). */
const BACKWARD = {
  sigmoid: (g, a, da) => g.op("Mul", [da, g.op("Mul", [a, g.op("Sub", [g.constant(1), a])])]),
  tanh: (g, a, da) => g.op("Mul", [da, g.op("Sub", [g.constant(1), g.op("Mul", [a, a])])]),
  relu: (g, a, da) => g.op("Where", [g.op("Greater", [a, g.constant(0)]), da, g.constant(0)]),
};

/** For each loss: its sum over the minibatch, and the derivative of that with respect to z. */
const LOSSES = {
  quadratic: (g, z, y, output) => {
    const a = ACTIVATIONS[output](g, z);
    const error = g.op("Sub", [a, y]);
    const half = g.op("Mul", [g.op("Mul", [error, error]), g.constant(0.5)]);
    return { loss: half, dz: BACKWARD[output](g, a, error) };
  },
  crossEntropy: (g, z, y) => {
    const loss = g.op("Sub", [g.op("Softplus", [z]), g.op("Mul", [y, z])]);
    return { loss, dz: g.op("Sub", [g.op("Sigmoid", [z]), y]) };
  },
  softmax: (g, z, y) => {
    const loss = g.op("Neg", [g.op("Mul", [y, g.op("LogSoftmax", [z], { axis: 1 })])]);
    return { loss, dz: g.op("Sub", [g.op("Softmax", [z], { axis: 1 }), y]) };
  },
};

/** @returns {{ loss: string, gradients: Record<string, string> }} names of values in `g` */
export function differentiate(g, task, x, y) {
  const layers = task.sizes.length - 1;
  const inputs = [x];
  let z;
  for (let i = 0; i < layers; i++) {
    z = g.op("Gemm", [inputs[i], `w${i}`, `b${i}`]);
    if (i < layers - 1) inputs.push(ACTIVATIONS[task.hidden](g, z));
  }
  const cost = LOSSES[task.loss](g, z, y, task.output);
  const share = g.constant(1 / task.batch);
  const total = g.op("ReduceSum", [cost.loss], { keepdims: 0 });
  const gradients = {};
  let dz = g.op("Mul", [cost.dz, share]);
  for (let i = layers - 1; i >= 0; i--) {
    gradients[`w${i}`] = g.op("Gemm", [inputs[i], dz], { transA: 1 });
    gradients[`b${i}`] = g.op("ReduceSum", [dz, g.constant([0])], { keepdims: 0 });
    if (i === 0) break;
    dz = BACKWARD[task.hidden](g, inputs[i], g.op("Gemm", [dz, `w${i}`], { transB: 1 }));
  }
  return { loss: g.op("Mul", [total, share]), gradients };
}

/** @returns {Record<string, string>} the next value of each parameter and each slot, by its name */
export function update(g, { optimizer }, gradients) {
  const scaled = (value, by) => g.op("Mul", [value, g.constant(by)]);
  const { rate, decay, beta1, beta2, epsilon } = optimizer;
  if (optimizer.name === "sgd") {
    const moved = Object.entries(gradients).map(([name, gradient]) => {
      const kept = decay > 0 && name.startsWith("w") ? scaled(name, 1 - rate * decay) : name;
      return [name, g.op("Sub", [kept, scaled(gradient, rate)])];
    });
    return Object.fromEntries(moved);
  }
  const next = { t: g.op("Add", ["t", g.constant(1)]) };
  const [unbias1, unbias2] = [beta1, beta2].map((beta) => {
    return g.op("Sub", [g.constant(1), g.op("Pow", [g.constant(beta), next.t])]);
  });
  const blend = (slot, value, beta) => g.op("Add", [scaled(slot, beta), scaled(value, 1 - beta)]);
  for (const [name, gradient] of Object.entries(gradients)) {
    const m = blend(`m_${name}`, gradient, beta1);
    const v = blend(`v_${name}`, g.op("Mul", [gradient, gradient]), beta2);
    const size = g.op("Sqrt", [g.op("Div", [v, unbias2])]);
    const way = g.op("Div", [
      scaled(g.op("Div", [m, unbias1]), rate),
      g.op("Add", [size, g.constant(epsilon)]),
    ]);
    Object.assign(next, { [`m_${name}`]: m, [`v_${name}`]: v, [name]: g.op("Sub", [name, way]) });
  }
  return next;
}
