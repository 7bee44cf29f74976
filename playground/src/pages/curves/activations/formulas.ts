// The formula of each activation function and of its derivative.

import { formula as celu } from "../../../formulas/activations/celu.tex";
import { formula as elu } from "../../../formulas/activations/elu.tex";
import { formula as gelu } from "../../../formulas/activations/gelu.tex";
import { formula as geluTanh } from "../../../formulas/activations/gelu-tanh.tex";
import { formula as hardSigmoid } from "../../../formulas/activations/hard-sigmoid.tex";
import { formula as hardSilu } from "../../../formulas/activations/hard-silu.tex";
import { formula as hardTanh } from "../../../formulas/activations/hard-tanh.tex";
import { formula as leakyRelu } from "../../../formulas/activations/leaky-relu.tex";
import { formula as linear } from "../../../formulas/activations/linear.tex";
import { formula as logSigmoid } from "../../../formulas/activations/log-sigmoid.tex";
import { formula as maxout } from "../../../formulas/activations/maxout.tex";
import { formula as mish } from "../../../formulas/activations/mish.tex";
import { formula as relu } from "../../../formulas/activations/relu.tex";
import { formula as relu6 } from "../../../formulas/activations/relu6.tex";
import { formula as selu } from "../../../formulas/activations/selu.tex";
import { formula as sigmoid } from "../../../formulas/activations/sigmoid.tex";
import { formula as silu } from "../../../formulas/activations/silu.tex";
import { formula as sin } from "../../../formulas/activations/sin.tex";
import { formula as softplus } from "../../../formulas/activations/softplus.tex";
import { formula as softsign } from "../../../formulas/activations/softsign.tex";
import { formula as step } from "../../../formulas/activations/step.tex";
import { formula as tanh } from "../../../formulas/activations/tanh.tex";
import type { ActivationKey } from "./entries.ts";

export const FORMULAS: Readonly<Record<ActivationKey, typeof sigmoid>> = {
  celu,
  elu,
  gelu,
  geluTanh,
  hardSigmoid,
  hardSilu,
  hardTanh,
  leakyRelu,
  linear,
  logSigmoid,
  maxout,
  mish,
  relu,
  relu6,
  selu,
  sigmoid,
  silu,
  sin,
  softplus,
  softsign,
  step,
  tanh,
};
