// The lecture on activation functions: "exp makes it costly". How many times as long as ReLU others take here, which
// a machine decides and nobody judges; and that a derivative needs no exp of its own.

import { elu, leakyRelu } from "../../../nn/activations/index.ts";
import { compile } from "../../../runtime/compiled/compile.ts";
import { grad } from "../../../runtime/derivatives/autodiff.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import { linspace } from "../../../tensor/create.ts";
import { abs, mul, relu, sigmoid, square, sub, tanh } from "../../../tensor/elementwise.ts";
import { max, sum } from "../../../tensor/reduce.ts";
import { type Claim, claim } from "../../shared/claim.ts";
import { countedWithin, experimentPoint, type Parameters } from "../../shared/parameters.ts";

type Activation = (z: Tensor) => Tensor;

/** What the experiment may be told instead. */
export interface ExpCostPoint {
  readonly elements: number;
  readonly rounds: number;
}

/** The point of this experiment. */
export const PARAMETERS: Parameters<ExpCostPoint> = {
  elements: countedWithin(
    "elements that each function is computed of",
    100_000,
    [1_000, 10_000_000],
  ),
  rounds: countedWithin("how often; the fastest counts", 30, [1, 10_000]),
};

const FUNCTIONS: Readonly<Record<string, Activation>> = {
  "Leaky ReLU": (z) => leakyRelu(z, 0.01),
  ELU: (z) => elu(z),
  tanh,
  sigmoid,
};

/** Seconds of the fastest of some rounds of the function and its derivative, compiled, float32. */
export function secondsOf(f: Activation, { elements, rounds }: ExpCostPoint): number {
  const z = linspace(-6, 6, elements, "float32");
  const step = compile((x: Tensor) => sum(grad((at: Tensor) => sum(f(at)) as Tensor<[]>)(x)));
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round <= rounds; round++) {
    const started = performance.now();
    step(z).item();
    best = Math.min(best, (performance.now() - started) / 1_000);
  }
  return best;
}

const MEASURED =
  "A clock decides: the function and its derivative together, compiled, beside ReLU's on the machine that ran it. In a " +
  "network the products of matrices take most of the time, so that all of these are hardly seen.";

/** Derivatives out of values, and times beside ReLU's. */
export function claims(given: Partial<ExpCostPoint> = {}): Claim[] {
  const point = experimentPoint("exp-cost", PARAMETERS, given);
  const z = linspace(-10, 10, 1_001, "float64");
  const slope = (f: Activation) => grad((at: Tensor) => sum(f(at)) as Tensor<[]>)(z);
  const apart = (f: Activation, byValue: (a: Tensor) => Tensor) =>
    max(abs(sub(slope(f), byValue(f(z))))).item();
  const unit = secondsOf(relu, point);
  return [
    claim(
      "sigma' - a (1 - a), which needs no exp",
      0,
      apart(sigmoid, (a) => mul(a, sub(1, a))),
      1e-15,
    ),
    claim(
      "tanh' - (1 - a^2)",
      0,
      apart(tanh, (a) => sub(1, square(a))),
      1e-15,
    ),
    ...Object.entries(FUNCTIONS).map(
      ([name, f]): Claim => ({
        name: `time of ${name} / of ReLU`,
        expected: name === "Leaky ReLU" ? "about 1" : "> 1",
        actual: secondsOf(f, point) / unit,
        tolerance: 0.05,
        holds: null,
        note: MEASURED,
      }),
    ),
  ];
}
