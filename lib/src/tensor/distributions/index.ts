// Random numbers from keys, all of them: the namespace `random`.

export {
  bernoulli,
  foldIn,
  type Key,
  key,
  type NormalOptions,
  normal,
  permutation,
  randint,
  splitKey,
  type UniformOptions,
  uniform,
} from "../random.ts";
export { type ChoiceOptions, categorical, choice } from "./choice.ts";
export {
  type ExponentialOptions,
  exponential,
  type GumbelOptions,
  gumbel,
} from "./exponential.ts";
export { beta, dirichlet, type GammaOptions, gamma } from "./gamma.ts";
export { poisson } from "./poisson.ts";
