// Optimizers as the calls that make them in Keras 3 and in PyTorch.

import { ArgumentError } from "../../checks/errors.ts";
import type { RunSpec } from "../../spec/runspec.ts";

interface Calls {
  readonly keras: string;
  readonly torch: string;
}

type Options = Readonly<Record<string, number | boolean | undefined>>;

/** Keras wants a float where a whole number would do. */
const float = (value: unknown) => (Number.isInteger(value) ? `${String(value)}.0` : String(value));

const pythonBool = (value: unknown) => (value ? "True" : "False");

/** Each with the library's own defaults, and without what stands at 0. */
const OPTIMIZERS: Readonly<Record<string, (options: Options) => Calls>> = {
  sgd: ({ learningRate: rate = 0.01, momentum = 0, nesterov = false }) => ({
    keras: `keras.optimizers.SGD(${rate}, momentum=${float(momentum)}, nesterov=${pythonBool(nesterov)})`,
    torch: `torch.optim.SGD(model.parameters(), lr=${rate}, momentum=${float(momentum)}, nesterov=${pythonBool(nesterov)})`,
  }),
  adam: ({ learningRate: rate = 0.001, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 }) => ({
    keras: `keras.optimizers.Adam(${rate}, beta_1=${beta1}, beta_2=${beta2}, epsilon=${epsilon})`,
    torch: `torch.optim.Adam(model.parameters(), lr=${rate}, betas=(${beta1}, ${beta2}), eps=${epsilon})`,
  }),
  nadam: ({ learningRate: rate = 0.002, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 }) => ({
    keras: `keras.optimizers.Nadam(${rate}, beta_1=${beta1}, beta_2=${beta2}, epsilon=${epsilon})`,
    torch: `torch.optim.NAdam(model.parameters(), lr=${rate}, betas=(${beta1}, ${beta2}), eps=${epsilon})`,
  }),
  rmsProp: ({ learningRate: rate = 0.01, rho = 0.99, epsilon = 1e-8, momentum = 0 }) => ({
    keras: `keras.optimizers.RMSprop(${rate}, rho=${rho}, momentum=${float(momentum)}, epsilon=${epsilon})`,
    torch: `torch.optim.RMSprop(model.parameters(), lr=${rate}, alpha=${rho}, eps=${epsilon}, momentum=${float(momentum)})`,
  }),
  adagrad: ({ learningRate: rate = 0.01, epsilon = 1e-10 }) => ({
    keras: `keras.optimizers.Adagrad(${rate}, initial_accumulator_value=0.0, epsilon=${epsilon})`,
    torch: `torch.optim.Adagrad(model.parameters(), lr=${rate}, eps=${epsilon})`,
  }),
  adadelta: ({ learningRate: rate = 1, rho = 0.9, epsilon = 1e-6 }) => ({
    keras: `keras.optimizers.Adadelta(${rate}, rho=${rho}, epsilon=${epsilon})`,
    torch: `torch.optim.Adadelta(model.parameters(), lr=${rate}, rho=${rho}, eps=${epsilon})`,
  }),
};

/** @throws ArgumentError for an optimizer that is not written, and for weight decay of its own */
export function optimizerWords(
  caller: string,
  optimizer: RunSpec["optimizer"],
  language: keyof Calls,
): string {
  const { name, ...options } =
    typeof optimizer === "string" ? { name: optimizer } : (optimizer as Record<string, unknown>);
  if (!Object.hasOwn(OPTIMIZERS, String(name))) {
    throw new ArgumentError(
      `${caller}: the optimizer "${String(name)}" cannot be written in Python: those that can are ` +
        Object.keys(OPTIMIZERS).join(", "),
    );
  }
  if (options["weightDecay"]) {
    throw new ArgumentError(`${caller}: an optimizer's weightDecay cannot be written in Python`);
  }
  return OPTIMIZERS[String(name)]!(options as Options)[language];
}
