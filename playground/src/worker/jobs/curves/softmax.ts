// The job `softmax`: probabilities of some net inputs, the cross-entropy of one class, and its gradient.

import { grad, jacobian, sigmoid, softmax as softmaxOf, type Tensor, tensor } from "neurite";
import { lossOf } from "neurite/nn";
import type { Job } from "../job.ts";
import { columnOf } from "./places.ts";

export const softmax: Job<"softmax"> = ({ z, target }) => {
  const { ofLogits } = lossOf("categoricalCrossentropy");
  const y = tensor([z.map((_, i) => (i === target ? 1 : 0))], "float64");
  const lossAt = (at: Tensor): Tensor<[]> => ofLogits!(y, at.reshape([1, z.length])).sum();
  const at = columnOf(z);
  const a = Array.from(softmaxOf(at).data);
  const slopes = jacobian((x: Tensor) => softmaxOf(x))(at).toArray() as number[][];
  return {
    exponentials: Array.from(at.exp().data),
    a,
    sum: softmaxOf(at).sum().item(),
    loss: lossAt(at).item(),
    gradient: Array.from(grad(lossAt)(at).data),
    jacobian: slopes,
    sigmoidOfFirst: sigmoid(columnOf([z[0]! - z[1]!])).item(),
  };
};
