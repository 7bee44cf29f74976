// The job `stepProgram`: the stages of a step of gradient descent, the README's own.

import { compile, grad, type Tensor, Variable, zeros } from "neurite";
import type { Job } from "../job.ts";
import { staged } from "./staged.ts";

export const stepProgram: Job<"stepProgram"> = ({ rows }) => {
  const w = new Variable(zeros([3, 2]));
  const loss = (w: Tensor, x: Tensor, y: Tensor): Tensor<[]> =>
    x.matmul(w).tanh().sub(y).square().mean() as Tensor<[]>;
  const step = compile((x: Tensor, y: Tensor) => {
    w.assign(w.sub(grad(loss)(w.read(), x, y).mul(0.1)) as Tensor<[3, 2]>);
  });
  return staged(step.stages(zeros([rows, 3]), zeros([rows, 2])));
};
