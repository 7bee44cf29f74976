// The job `activationCurve`: the activation function of a dense layer, and its slope, over a range of z.

import { ArgumentError, fromData, grad, type Tensor } from "neurite";
import { pickExamples } from "neurite/data";
import { equationsOf } from "neurite/inspect";
import type { LiveRun } from "../run/live-run.ts";
import { needRun } from "../run/need-run.ts";
import type { Job } from "./job.ts";

export const activationCurve: Job<"activationCurve"> = ({ layer, from, to, points }, live) => {
  const f = activationIn(needRun(live), layer);
  if (!f || f.axisWise) return { curve: null };
  const z = Float64Array.from(
    { length: points },
    (_, i) => from + ((to - from) * i) / (points - 1),
  );
  const at = fromData(z, [points], "float64");
  const slope = grad((x: Tensor): Tensor<[]> => f.apply(x).sum())(at);
  const [a, slopes] = [f.apply(at).data, slope.data];
  return { curve: { z: Array.from(z), a: Array.from(a), slope: Array.from(slopes) } };
};

/** As the equations have it: a linear layer with an activation layer behind it has that one. */
function activationIn({ timeline: { model }, data }: LiveRun, layer: string) {
  const { x, y } = pickExamples(data.fitted.train, [0]);
  try {
    return equationsOf(model, x, y).find(({ name }) => name === layer)?.activation;
  } catch (error) {
    if (error instanceof ArgumentError) return undefined;
    throw error;
  }
}
