// The job `activationCurve`: an activation function and its slope over a range.

import { fromData, grad, type Tensor } from "neurite";
import { activationOf } from "neurite/nn";
import type { Job } from "./job.ts";

export const activationCurve: Job<"activationCurve"> = ({ activation, from, to, points }) => {
  const f = activationOf(activation as Parameters<typeof activationOf>[0]);
  const z = Float64Array.from(
    { length: points },
    (_, i) => from + ((to - from) * i) / (points - 1),
  );
  const at = fromData(z, [points], "float64");
  const slope = grad((x: Tensor): Tensor<[]> => f.apply(x).sum())(at);
  return { z: Array.from(z), a: Array.from(f.apply(at).data), slope: Array.from(slope.data) };
};
