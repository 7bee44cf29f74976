// What the compiler makes of a step of gradient descent, stage by stage.

import { compile, grad, type Tensor, Variable, zeros } from "neurite";

const w = new Variable(zeros([3, 2]));
const loss = (w: Tensor, x: Tensor, y: Tensor) => x.matmul(w).tanh().sub(y).square().mean();
const step = compile((x: Tensor, y: Tensor) => {
  w.assign(w.sub(grad(loss)(w.read(), x, y).mul(0.1)));
});

// The fourth stage, the module as WebAssembly text, is long.
const stages = step.stages(zeros([4, 3]), zeros([4, 2])).slice(0, 3);
console.log(stages.map(({ name, text }) => `${name}:\n${text}`).join("\n\n"));
