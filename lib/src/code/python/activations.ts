// Activation functions as Python expressions, in Keras 3 and in PyTorch.

import { ArgumentError } from "../../checks/errors.ts";

/** The name alone, where a name is enough for Keras; an expression in x, for both. */
interface Words {
  readonly keras: string;
  readonly torch: string;
}

type Options = Readonly<Record<string, number | undefined>>;

const ACTIVATIONS: Readonly<Record<string, (options: Options) => Words>> = {
  linear: () => ({ keras: "x", torch: "x" }),
  sigmoid: () => ({ keras: "ops.sigmoid(x)", torch: "torch.sigmoid(x)" }),
  hardSigmoid: ({ slope = 1 / 6 }) => ({
    keras: `ops.clip(${slope} * x + 0.5, 0.0, 1.0)`,
    torch: `torch.clamp(${slope} * x + 0.5, 0.0, 1.0)`,
  }),
  tanh: () => ({ keras: "ops.tanh(x)", torch: "torch.tanh(x)" }),
  hardTanh: () => ({ keras: "ops.clip(x, -1.0, 1.0)", torch: "torch.clamp(x, -1.0, 1.0)" }),
  relu: () => ({ keras: "ops.relu(x)", torch: "torch.relu(x)" }),
  relu6: () => ({ keras: "ops.relu6(x)", torch: "F.relu6(x)" }),
  leakyRelu: ({ alpha = 0.01 }) => ({
    keras: `ops.leaky_relu(x, ${alpha})`,
    torch: `F.leaky_relu(x, ${alpha})`,
  }),
  elu: ({ alpha = 1 }) => ({ keras: `ops.elu(x, ${alpha})`, torch: `F.elu(x, ${alpha})` }),
  celu: ({ alpha = 1 }) => ({ keras: `ops.celu(x, ${alpha})`, torch: `F.celu(x, ${alpha})` }),
  selu: () => ({ keras: "ops.selu(x)", torch: "F.selu(x)" }),
  softplus: () => ({ keras: "ops.softplus(x)", torch: "F.softplus(x)" }),
  softsign: () => ({ keras: "ops.softsign(x)", torch: "F.softsign(x)" }),
  logSigmoid: () => ({ keras: "ops.log_sigmoid(x)", torch: "F.logsigmoid(x)" }),
  gelu: ({ approximate = 0 }) => ({
    keras: `ops.gelu(x, approximate=${approximate ? "True" : "False"})`,
    torch: `F.gelu(x, approximate="${approximate ? "tanh" : "none"}")`,
  }),
  silu: () => ({ keras: "ops.silu(x)", torch: "F.silu(x)" }),
  hardSilu: () => ({ keras: "ops.hard_silu(x)", torch: "F.hardswish(x)" }),
  mish: () => ({ keras: "x * ops.tanh(ops.softplus(x))", torch: "F.mish(x)" }),
  sin: () => ({ keras: "ops.sin(x)", torch: "torch.sin(x)" }),
  step: () => ({ keras: 'ops.cast(x > 0, "float32")', torch: "(x > 0).float()" }),
  softmax: () => ({ keras: "ops.softmax(x, axis=-1)", torch: "torch.softmax(x, -1)" }),
  logSoftmax: () => ({ keras: "ops.log_softmax(x, axis=-1)", torch: "torch.log_softmax(x, -1)" }),
};

/**
 * The activation of a layer as an expression in x, or null for the identity.
 * @throws ArgumentError for one that has no such expression
 */
export function activationWords(
  caller: string,
  given: unknown,
  language: keyof Words,
): string | null {
  if (given === undefined || given === "linear") return null;
  const named = typeof given === "string" ? { name: given } : (given as Record<string, unknown>);
  const { name, ...options } = named;
  const words = ACTIVATIONS[String(name)];
  if (!words || !Object.hasOwn(ACTIVATIONS, String(name))) {
    throw new ArgumentError(
      `${caller}: the activation "${String(name)}" cannot be written in Python: ` +
        `those that can are ${Object.keys(ACTIVATIONS).join(", ")}`,
    );
  }
  return words(options as Options)[language];
}
