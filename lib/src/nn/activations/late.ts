// The activation functions that are fetched when a specification names them.

import { type Kind, positive, whole } from "../../checks/arguments.ts";
import { sin } from "../../tensor/elementwise.ts";
import { logSoftmax } from "../../tensor/softmax.ts";
import { type ActivationFamily, activationFamily, plain } from "./activation.ts";
import { gelu, geluTanh, hardSilu, mish, silu } from "./gated.ts";
import { largestPiece } from "./maxout.ts";
import { celu, elu, leakyRelu, logSigmoid, relu6, selu, softplus } from "./relu.ts";
import { hardSigmoid, hardTanh, softsign } from "./sigmoid.ts";
import { step } from "./step.ts";

const several: Kind<number> = {
  says: "a whole number of 2 or more",
  fits: (value) => whole.fits(value) && (value as number) >= 2,
};

export const LATE_ACTIVATIONS: Readonly<Record<string, ActivationFamily>> = {
  hardSigmoid: {
    ...activationFamily(
      { slope: 1 / 6 },
      ({ slope }) => `max(0, min(1, ${Number(slope.toPrecision(4))} x + 0.5))`,
      (x, { slope }) => hardSigmoid(x, slope),
    ),
    kinds: { slope: positive },
  },
  hardTanh: plain("max(-1, min(1, x))", hardTanh),
  relu6: plain("max(0, min(6, x))", relu6),
  leakyRelu: activationFamily(
    { alpha: 0.01 },
    ({ alpha }) => `max(0, x) + ${alpha} min(0, x)`,
    (x, { alpha }) => leakyRelu(x, alpha),
  ),
  elu: activationFamily(
    { alpha: 1 },
    ({ alpha }) => `max(0, x) + min(0, ${times(alpha)}(exp(x) - 1))`,
    (x, { alpha }) => elu(x, alpha),
  ),
  celu: {
    ...activationFamily(
      { alpha: 1 },
      ({ alpha }) =>
        `max(0, x) + min(0, ${times(alpha)}(exp(x${alpha === 1 ? "" : ` / ${alpha}`}) - 1))`,
      (x, { alpha }) => celu(x, alpha),
    ),
    kinds: { alpha: positive },
  },
  selu: plain("1.0507 (max(0, x) + min(0, 1.6733 (exp(x) - 1)))", selu),
  softplus: plain("log(1 + exp(x))", softplus),
  softsign: plain("x / (1 + |x|)", softsign),
  logSigmoid: plain("-log(1 + exp(-x))", logSigmoid),
  gelu: activationFamily(
    { approximate: 0 },
    ({ approximate }) =>
      approximate
        ? "x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2"
        : "x (1 + erf(x / sqrt(2))) / 2",
    (x, { approximate }) => (approximate ? geluTanh(x) : gelu(x)),
  ),
  silu: activationFamily(
    { beta: 1 },
    ({ beta }) => `x / (1 + exp(${beta === 1 ? "-x" : `-${beta} x`}))`,
    (x, { beta }) => silu(x, beta),
  ),
  hardSilu: plain("x max(0, min(1, x / 6 + 0.5))", hardSilu),
  mish: plain("x tanh(log(1 + exp(x)))", mish),
  sin: plain("sin(x)", sin),
  step: plain("1 if x > 0, else 0", step),
  logSoftmax: {
    ...plain("x_i - log(sum_j exp(x_j))", (x) => logSoftmax(x)),
    axisWise: true,
  },
  maxout: {
    ...activationFamily(
      { pieces: 2 },
      ({ pieces }) => `max(z_1, ..., z_${pieces}), each a net input of the unit`,
      (x, { pieces }) => largestPiece(x, pieces),
    ),
    kinds: { pieces: several },
    axisWise: true,
    hasPieces: true,
  },
};

function times(factor: number): string {
  return factor === 1 ? "" : `${factor} `;
}
