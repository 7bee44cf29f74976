// The job `loss`: a loss as a function of one prediction, or of the net input of a sigmoid before it.

import { mul, type Tensor, tensor } from "neurite";
import { activationOf, lossOf } from "neurite/nn";
import type { NamedFunction } from "../../../protocol/index.ts";
import type { Job } from "../job.ts";
import { placesOf, samplerOf } from "./places.ts";

export const loss: Job<"loss"> = ({ of, y, x: asked, isNetInput = false }) => {
  const x = placesOf(asked);
  const { ofOutput, ofNetInput } = lossAt(of, y, x.length);
  if (!isNetInput) {
    const { values, slopes } = samplerOf(ofOutput)(x);
    return { x, loss: values, slope: slopes, sigmoid: null };
  }
  const { values, slopes } = samplerOf(ofNetInput)(x);
  const { values: a, slopes: ofSigmoid } = samplerOf(sigmoid)(x);
  const { slopes: byOutput } = samplerOf(ofOutput)(a);
  const byWay = samplerOf((z) => ofOutput(sigmoid(z)), "float32")(x).slopes;
  const direct = samplerOf(ofNetInput, "float32")(x).slopes;
  return {
    x,
    loss: values,
    slope: slopes,
    sigmoid: { a, byOutput, ofSigmoid, float32: { direct, byWay } },
  };
};

const { apply: sigmoid } = activationOf("sigmoid");

function lossAt({ name, options }: NamedFunction, y: number, count: number) {
  const { perExample, ofLogits } = lossOf({ name, ...options } as Parameters<typeof lossOf>[0]);
  const target = mul(
    tensor(
      Array.from({ length: count }, () => [1]),
      "float64",
    ),
    y,
  );
  const column = (x: Tensor) => x.reshape([count, 1]);
  const ofOutput = (a: Tensor) => perExample(target, column(a));
  return {
    ofOutput,
    /** From the net input itself where the loss knows how, else by way of the output. */
    ofNetInput: ofLogits
      ? (z: Tensor) => ofLogits(target, column(z))
      : (z: Tensor) => ofOutput(sigmoid(z)),
  };
}
