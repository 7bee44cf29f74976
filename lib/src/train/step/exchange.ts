// The second part of a training step: what all that train together must have alike before they update.

import type { Params } from "../../nn/layers/layer.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";

/** What a batch gave of which every update depends. Means over the batch, so that equal parts average. */
export interface Found {
  /** The mean loss, a scalar, without penalty. */
  readonly loss: Tensor;
  /** Of the mean loss, by every parameter; a tree like the parameters. */
  readonly gradients: Params;
  /** What layers keep beside parameters, after this batch. */
  readonly state: Params;
}

/**
 * Makes of what one machine found what all of them found; traced with the step, between gradients and
 * update. The penalty comes after it: it depends on the weights alone, which are alike everywhere.
 */
export type Exchange = (found: Found) => Found;

/** Where one machine trains, it has found everything. */
export const alone: Exchange = (found) => found;
