// The optimizers that may run down a landscape, as specifications name them.

export const OPTIMIZERS = {
  sgd: { name: "sgd" },
  momentum: { name: "sgd", momentum: 0.9 },
  nesterov: { name: "sgd", momentum: 0.9, nesterov: true },
  adagrad: { name: "adagrad" },
  adadelta: { name: "adadelta" },
  rmsProp: { name: "rmsProp" },
  adam: { name: "adam" },
  nadam: { name: "nadam" },
  lion: { name: "lion" },
} as const;

export type OptimizerKey = keyof typeof OPTIMIZERS;

export const OPTIMIZER_KEYS = Object.keys(OPTIMIZERS) as OptimizerKey[];
