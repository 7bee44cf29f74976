// Noise in training: added, multiplied, or put in the place of what is dropped.

import { notNegative, share } from "../../../checks/arguments.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import type { Identity } from "../../../shapes/index.ts";
import { where } from "../../../tensor/comparison.ts";
import { add, mul } from "../../../tensor/elementwise.ts";
import { bernoulli, type Key, normal } from "../../../tensor/random.ts";
import { expectSignature, LAYER, type LayerSignature } from "../arguments.ts";
import { type Layer, type LayerOptions, specOf, withoutParameters } from "../layer.ts";

export const GAUSSIAN_NOISE: LayerSignature<LayerOptions> = {
  leading: { std: notNegative },
  options: LAYER,
};
export const RANDOM_SHARE: LayerSignature<LayerOptions> = { leading: { p: share }, options: LAYER };

/**
 * In training x + e, with e normal of mean 0 and the standard deviation `std`, drawn for each element, as
 * Keras's GaussianNoise (Bishop 1995: to first order a penalty of the gradient by x); else x.
 * @throws ArgumentError for a negative std
 */
export function gaussianNoise(std: number, options: LayerOptions = {}): Layer<Identity> {
  expectSignature("gaussianNoise", GAUSSIAN_NOISE, [std], options);
  return inTraining("gaussianNoise", { std }, options, std, (x, key) => add(x, drawn(x, key, std)));
}

/**
 * In training x e, with e normal of mean 1 and variance p / (1 - p), the variance of inverted dropout's
 * factor, as Keras's GaussianDropout (Srivastava et al. 2014, section 10); else x.
 * @throws ArgumentError unless 0 <= p < 1
 */
export function gaussianDropout(p: number, options: LayerOptions = {}): Layer<Identity> {
  expectSignature("gaussianDropout", RANDOM_SHARE, [p], options);
  const std = Math.sqrt(p / (1 - p));
  return inTraining("gaussianDropout", { p }, options, p, (x, key) =>
    mul(x, add(drawn(x, key, std), 1)),
  );
}

/** What SELU tends to far left of 0: minus its scale times its alpha. */
const LOWEST = -1.7580993408473766;

/**
 * Dropout that keeps mean 0 and variance 1 under SELU (Klambauer et al. 2017, section 3), as Keras's
 * AlphaDropout: in training an element becomes a' = -1.7581 with probability p, and all become
 * a x + b with a = ((1 - p)(1 + p a'^2))^(-1/2) and b = -a p a'; else x.
 * @throws ArgumentError unless 0 <= p < 1
 */
export function alphaDropout(p: number, options: LayerOptions = {}): Layer<Identity> {
  expectSignature("alphaDropout", RANDOM_SHARE, [p], options);
  const a = ((1 - p) * (1 + p * LOWEST ** 2)) ** -0.5;
  const b = -a * p * LOWEST;
  return inTraining("alphaDropout", { p }, options, p, (x, key) => {
    const kept = bernoulli(key, 1 - p, x.type.shape);
    return add(mul(where(kept, x, LOWEST), a), b);
  });
}

function drawn(x: Tensor, key: Key, std: number): Tensor {
  return normal(key, x.type.shape, { std, dtype: x.dtype === "float64" ? "float64" : "float32" });
}

/** A layer that does something in training only, and nothing where its amount is 0. */
function inTraining(
  kind: string,
  args: object,
  options: LayerOptions,
  amount: number,
  map: (x: Tensor, key: Key) => Tensor,
): Layer<Identity> {
  return withoutParameters<Identity>({
    kind,
    spec: specOf(kind, { ...args, ...options }),
    options,
    keepsMask: true,
    outputShape: (input) => input,
    map: (x, { training, key }) => (training && amount > 0 ? map(x, key) : x),
  });
}
