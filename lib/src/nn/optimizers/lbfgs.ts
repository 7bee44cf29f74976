// L-BFGS (Nocedal 1980): a curvature that is learnt of the last steps, and a line search over trials.

import { count, type Kinds, notNegative, oneOf } from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";
import { scalar } from "../../runtime/values/numbers.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { flattenTree } from "../../runtime/values/tree.ts";
import {
  equal,
  greater,
  greaterEqual,
  less,
  lessEqual,
  logicalAnd,
  logicalNot,
  logicalOr,
  where,
} from "../../tensor/comparison.ts";
import { zeros } from "../../tensor/create.ts";
import { abs, add, cast, div, minimum, mul, neg, sub } from "../../tensor/elementwise.ts";
import { at } from "../../tensor/indexing.ts";
import { concat, split } from "../../tensor/joining.ts";
import { reshape } from "../../tensor/movement.ts";
import { sum } from "../../tensor/reduce.ts";
import type { Params } from "../layers/layer.ts";
import { configOf, makeOptimizer, type Optimizer, type UpdateArguments } from "./optimizer.ts";

/** Options of lbfgs(). By default learningRate is 1, history 10, lineSearch "wolfe". */
export interface LbfgsOptions {
  /** The length of the first trial along each direction. */
  readonly learningRate?: number;
  /** How many steps the curvature is learnt of. */
  readonly history?: number;
  /** "none" takes each first trial as it is, as PyTorch does by default. */
  readonly lineSearch?: "wolfe" | "none";
}

export const LBFGS_DEFAULTS = { learningRate: 1, history: 10, lineSearch: "wolfe" } as const;

export const LBFGS_KINDS: Kinds<LbfgsOptions> = {
  learningRate: notNegative,
  history: count,
  lineSearch: oneOf("wolfe", "none"),
};

/** How much of the promised descent a trial must keep, and how much flatter it must be (Nocedal and Wright). */
const DESCENT = 1e-4;
const FLATTER = 0.9;
/** Trials along one direction. */
const MOST_TRIALS = 25;

interface Slots extends Params {
  /** Where the search goes from the parameters, and how far the trial that is due is. */
  readonly direction: Tensor;
  readonly length: Tensor;
  /** Loss, slope along the direction and gradient at the parameters. */
  readonly loss: Tensor;
  readonly slope: Tensor;
  readonly gradient: Tensor;
  /** Lengths that are known to be too short and too long; 0 where none is. */
  readonly low: Tensor;
  readonly high: Tensor;
  /** Trials along this direction; -1 before the first loss. */
  readonly trials: Tensor;
  /** [history, parameters]: the last steps, and how the gradient changed over them. */
  readonly steps: Tensor;
  readonly changes: Tensor;
}

/**
 * Quasi-Newton descent with limited memory (Liu and Nocedal 1989; Nocedal and Wright 2006, algorithm 7.4). One
 * update is one trial of the line search: the loss and its gradient are asked for at `probe`, length times
 * direction away from the parameters, and these move there only where the trial holds, f <= f0 + 1e-4 t g0 d and
 * g d >= 0.9 g0 d (weak Wolfe, by bisection and doubling: Lewis and Overton 2013). So the parameters' loss never
 * rises, and nothing but the losses of the same examples can be compared: fit() refuses smaller batches.
 * @throws ArgumentError for unknown options, and for numbers out of their range
 */
export function lbfgs(options: LbfgsOptions = {}): Optimizer {
  const config = configOf("lbfgs", LBFGS_KINDS, LBFGS_DEFAULTS, options);
  const { history, lineSearch } = config;
  const optimizer = makeOptimizer<Slots>(
    "lbfgs",
    config,
    (params) => start(flat(params), history),
    (args) => {
      const { params, slots, learningRate } = args;
      const x = flat(params);
      const g = flat(args.gradients);
      const f = lossOf(args, x);
      const { holds, isTooLong } = tried(slots, f, g, lineSearch === "none");
      const isSpent = greaterEqual(slots.trials, MOST_TRIALS - 1);
      const isLost = logicalAnd(isSpent, logicalNot(holds));
      const isNew = logicalOr(holds, isLost);
      const step = mul(slots.direction, slots.length);
      const gradient = where(holds, g, slots.gradient);
      const learnt = remember(slots, step, sub(g, slots.gradient), holds, isLost);
      const { direction, slope } = directionOf(learnt, gradient);
      const isBlind = logicalOr(less(slots.trials, 0), isLost);
      const cautious = minimum(div(1, sum(abs(gradient))), 1);
      const first = mul(cast(learningRate, x.dtype), where(isBlind, cautious, 1));
      const low = where(isTooLong, slots.low, slots.length);
      const high = where(isTooLong, slots.length, slots.high);
      const between = where(greater(high, 0), mul(add(low, high), 0.5), mul(slots.length, 2));
      const holdsNumber = equal(sub(f, f), 0);
      return {
        params: shaped(where(holds, add(x, step), x), params),
        loss: where(holdsNumber, f, where(less(slots.trials, 0), f, slots.loss)),
        slots: {
          direction: where(isNew, direction, slots.direction),
          length: where(isNew, first, between),
          loss: where(holds, f, slots.loss),
          slope: where(isNew, slope, slots.slope),
          gradient,
          low: where(isNew, 0, low),
          high: where(isNew, 0, high),
          trials: where(isNew, 0, add(slots.trials, 1)),
          ...learnt,
        },
      };
    },
  );
  const probe = (params: Params, slots: Params): Params => {
    const { direction, length } = slots as Slots;
    return shaped(add(flat(params), mul(direction.read(), length.read())), params);
  };
  return { ...optimizer, probe };
}

function start(x: Tensor, history: number): Slots {
  const none = () => scalar(0, x.dtype);
  const size = x.type.shape[0]!;
  return {
    direction: zeros([size], x.dtype),
    length: none(),
    loss: none(),
    slope: none(),
    gradient: zeros([size], x.dtype),
    low: none(),
    high: none(),
    trials: scalar(-1, x.dtype),
    steps: zeros([history, size], x.dtype),
    changes: zeros([history, size], x.dtype),
  };
}

function lossOf({ loss }: UpdateArguments, { dtype }: Tensor): Tensor {
  if (loss) return cast(loss, dtype);
  throw new ArgumentError("lbfgs: expected the loss beside its gradients, received nothing");
}

/** Whether the parameters go to the trial; a loss or a slope that is no number is one too far. */
function tried(
  { trials, loss, slope, length, direction }: Slots,
  f: Tensor,
  g: Tensor,
  isTaken: boolean,
): { readonly holds: Tensor; readonly isTooLong: Tensor } {
  const along = sum(mul(g, direction));
  const falls = lessEqual(f, add(loss, mul(mul(slope, length), DESCENT)));
  const isLow = logicalAnd(falls, equal(along, along));
  const isFlatter = greaterEqual(along, mul(slope, FLATTER));
  const isSpent = greaterEqual(trials, MOST_TRIALS - 1);
  const isFirst = isTaken ? greaterEqual(trials, -1) : less(trials, 0);
  const holds = logicalOr(isFirst, logicalAnd(isLow, logicalOr(isFlatter, isSpent)));
  return { holds, isTooLong: logicalNot(isLow) };
}

/** The history with a step more, where one was taken that says something of the curvature. */
function remember(
  { steps, changes, trials }: Slots,
  step: Tensor,
  change: Tensor,
  holds: Tensor,
  isLost: Tensor,
): Pick<Slots, "steps" | "changes"> {
  const [product, size] = [sum(mul(step, change)), sum(mul(change, change))];
  const isCurved = greater(product, mul(size, 1e-10));
  const isNew = logicalAnd(logicalAnd(holds, isCurved), greaterEqual(trials, 0));
  const next = (rows: Tensor, row: Tensor): Tensor => {
    const more = concat([at(rows, "1:"), reshape(row, [1, row.type.shape[0]!])]);
    return where(isLost, 0, where(isNew, more, rows));
  };
  return { steps: next(steps, step), changes: next(changes, change) };
}

/** -H g by the two loops over the history, and g times it; -g where that does not descend. */
function directionOf(
  { steps, changes }: Pick<Slots, "steps" | "changes">,
  g: Tensor,
): { readonly direction: Tensor; readonly slope: Tensor } {
  const length = steps.type.shape[0]!;
  const rows = Array.from({ length }, (_, i) => {
    const [s, y] = [at(steps, i), at(changes, i)];
    const product = sum(mul(s, y));
    const isKnown = greater(product, 0);
    return { s, y, product, isKnown, rho: where(isKnown, div(1, where(isKnown, product, 1)), 0) };
  });
  let q = neg(g);
  const alphas = rows.map(() => scalar(0, g.dtype) as Tensor);
  for (let i = length - 1; i >= 0; i--) {
    const { s, y, rho } = rows[i]!;
    alphas[i] = mul(rho, sum(mul(s, q)));
    q = sub(q, mul(y, alphas[i]!));
  }
  const last = rows[length - 1]!;
  const scale = div(last.product, where(last.isKnown, sum(mul(last.y, last.y)), 1));
  let d = mul(q, where(last.isKnown, scale, 1));
  rows.forEach(({ s, y, rho }, i) => {
    d = add(d, mul(s, sub(alphas[i]!, mul(rho, sum(mul(y, d))))));
  });
  const descends = less(sum(mul(g, d)), 0);
  const direction = where(descends, d, neg(g));
  return { direction, slope: sum(mul(g, direction)) };
}

/** All numbers of a tree, end to end. */
function flat(params: Params): Tensor {
  const { leaves } = flattenTree(params);
  return concat(leaves.map((p) => reshape(p, [p.size])));
}

/** The same numbers as a tree like this one. */
function shaped(all: Tensor, like: Params): Params {
  const { leaves, rebuild } = flattenTree(like);
  const parts = split(
    all,
    leaves.map(({ size }) => size),
  );
  return rebuild(parts.map((part, i) => reshape(part, leaves[i]!.type.shape))) as Params;
}
