// Derivatives of activation functions as formulas, for people: f stands for the function's own value. What is
// computed comes from automatic differentiation; a test holds these formulas to it.

/** What the formulas use besides. */
export const ABBREVIATIONS =
  "I(...) is 1 where its condition holds, else 0; sigma(x) = 1 / (1 + exp(-x)); t = tanh(log(1 + exp(x))).";

/** By the name of the activation, with the numbers that it has by default. */
export const ACTIVATION_DERIVATIVES: Readonly<Record<string, string>> = {
  linear: "1",
  sigmoid: "f * (1 - f)",
  hardSigmoid: "0.1667 I(0 < f < 1)",
  tanh: "1 - f^2",
  hardTanh: "I(-1 < x < 1)",
  relu: "I(x > 0)",
  relu6: "I(0 < x < 6)",
  leakyRelu: "I(x > 0) + 0.01 I(x <= 0)",
  elu: "I(x > 0) + I(x <= 0) exp(x)",
  celu: "I(x > 0) + I(x <= 0) exp(x)",
  selu: "1.0507 (I(x > 0) + 1.6733 I(x <= 0) exp(x))",
  softplus: "sigma(x)",
  softsign: "1 / (1 + |x|)^2",
  logSigmoid: "1 - sigma(x)",
  gelu: "(1 + erf(x / sqrt(2))) / 2 + x exp(-x^2 / 2) / sqrt(2 pi)",
  silu: "sigma(x) + f * (1 - sigma(x))",
  hardSilu: "I(x > 3) + (x / 3 + 0.5) I(-3 < x < 3)",
  mish: "t + x * sigma(x) * (1 - t^2)",
  sin: "cos(x)",
  step: "0",
  softmax: "df_i/dx_j = f_i * (I(i = j) - f_j)",
  logSoftmax: "df_i/dx_j = I(i = j) - exp(f_j)",
  prelu: "I(x > 0) + alpha I(x <= 0)",
  maxout: "w_k of the largest piece",
};
