// Optimizers that ask for the loss elsewhere than at the parameters, as a line search does.

import { ArgumentError } from "../../checks/errors.ts";
import type { Params } from "../../nn/layers/layer.ts";
import { tensorsByPath } from "../../nn/network/params.ts";
import type { ClipSpec, Optimizer } from "../../nn/optimizers/index.ts";
import {
  type Constraint,
  penalty as penaltyOf,
  type Regularizer,
} from "../../nn/regularizers/index.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { add, cast } from "../../tensor/elementwise.ts";
import type { Batches } from "../batches/examples.ts";
import type { Penalty } from "./penalty.ts";
import type { VariableTree } from "./variables.ts";

interface Probed {
  readonly optimizer: Optimizer;
  readonly params: VariableTree;
  readonly slots: VariableTree;
}

/** What a search could be held by. */
interface Held {
  readonly optimizer: Optimizer;
  readonly clip: ClipSpec | null;
  readonly regularizers: readonly Regularizer[];
  readonly constraint: Constraint | null;
}

/** Where the optimizer of a step wants the loss and its gradients. To be traced. */
export function probed({ optimizer, params, slots }: Probed): Params {
  return optimizer.probe?.(params.tree, slots.tree) ?? params.tree;
}

/** The loss with the penalty in it, whose gradient the optimizer is given. To be traced. */
export function wholeLoss(loss: Tensor, penalty: Penalty | null, params: Params): Tensor {
  if (!penalty) return loss;
  const { regularizers, sizes, weights } = penalty;
  const some = [...tensorsByPath("params", params)].filter(([path]) => weights.has(path));
  const held = some.map(([, w]) => w);
  return regularizers.reduce(
    (sum, one) => add(sum, cast(penaltyOf(one, held, sizes), loss.dtype)),
    loss,
  );
}

/** @throws ArgumentError for what would move a gradient away from the loss that a line search compares */
export function expectSearchable({ optimizer, clip, regularizers, constraint }: Held): void {
  if (!optimizer.probe) return;
  if (clip) {
    throw new ArgumentError(
      `compile: expected no clip beside the optimizer "${optimizer.name}", whose steps its line search holds short`,
    );
  }
  if (constraint) {
    throw new ArgumentError(
      `compile: expected no constraint beside the optimizer "${optimizer.name}", whose line search would be led astray`,
    );
  }
  if (regularizers.some(({ convention }) => convention === "playground")) {
    throw new ArgumentError(
      `compile: expected a penalty that is part of the loss for the optimizer "${optimizer.name}", received one ` +
        'of the convention "playground", which acts after the update',
    );
  }
}

/** @throws ArgumentError unless every step takes all examples, where the optimizer compares their losses */
export function expectAllExamples({ name, probe }: Optimizer, { count, size }: Batches): void {
  if (!probe || size >= count) return;
  throw new ArgumentError(
    `fit: expected all ${count} examples in one step for the optimizer "${name}", which compares losses of the ` +
      `same examples, received steps of ${size}. Let batchSize be ${count}, or accumulate batches up to it.`,
  );
}

/** @throws ArgumentError where layers cost something that a line search would not see */
export function expectPenalties(optimizer: Optimizer | undefined, costs: readonly unknown[]): void {
  if (!optimizer?.probe || costs.length === 0) return;
  throw new ArgumentError(
    `fit: expected no activityPenalty for the optimizer "${optimizer.name}", whose line search compares the loss ` +
      "without it",
  );
}
