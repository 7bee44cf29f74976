// How Nielsen chooses by hand (Neural Networks and Deep Learning, chapter 3, "How to choose a neural network's
// hyper-parameters"): feedback from quick trials on few examples; the threshold of the learning rate by orders
// of magnitude, then half of it; lambda from 1 by factors of ten; the rate once more; then the rest one by one.

import { gridValues, type RangeDimension, type Values } from "../space.ts";
import {
  bestTrial,
  type Proposal,
  type SearchPlan,
  type SearchTrial,
  type Strategy,
} from "../strategy.ts";

const RATE = "optimizer.learningRate";
const LAMBDA = "regularizer.lambda";
const QUICK_TRAIN = 1000;
const QUICK_EPOCHS = 5;
const MOST = 60;
/** A rise of the cost from one epoch to the next that still counts as noise. */
const NOISE = 0.01;

/** Trials that may run side by side; what came of them goes back in. */
type Recipe = Generator<readonly Wish[], Values, readonly SearchTrial[]>;

interface Wish {
  readonly values: Values;
  readonly why: string;
}

export const nielsenSearch: Strategy = (plan, trials) => {
  const { quickTrain = QUICK_TRAIN, quickEpochs = QUICK_EPOCHS, trials: most = MOST } = plan.search;
  const train = quickTrain === 0 || quickTrain >= plan.examples ? undefined : quickTrain;
  const epochs = Math.min(plan.epochs, quickEpochs);
  const recipe = feedback(plan);
  let step = recipe.next();
  for (let used = 0; !step.done; ) {
    const wishes = step.value;
    // The last trial is kept for the whole run.
    if (used + wishes.length > most - 1)
      return whole(plan, trials, used, bestOf(plan, trials), train);
    const mine = trials.slice(used, used + wishes.length);
    if (mine.length < wishes.length) {
      const { values, why } = wishes[mine.length]!;
      return { id: used + mine.length, values, epochs, train, why };
    }
    if (mine.some(({ state }) => state === "asked")) return null;
    used += wishes.length;
    step = recipe.next(mine);
    if (step.done) return whole(plan, trials, used, step.value, train);
  }
  return whole(plan, trials, 0, step.value, train);
};

/** One trial of all examples and epochs with what was chosen; null once it has been asked for. */
function whole(
  plan: SearchPlan,
  trials: readonly SearchTrial[],
  id: number,
  values: Values,
  train: number | undefined,
): Proposal | null {
  if (trials.length > id || trials.some(({ state }) => state === "asked")) return null;
  // A lambda that is divided by the number of examples grows with it, so that weights decay alike.
  const scale = train !== undefined && plan.isLambdaPerExample ? plan.examples / train : 1;
  const lambda = values[LAMBDA];
  const scaled =
    typeof lambda === "number" ? { ...values, [LAMBDA]: lambda * scale } : { ...values };
  return { id, values: scaled, epochs: plan.epochs, why: "whole" };
}

function bestOf({ mode, base }: SearchPlan, trials: readonly SearchTrial[]): Values {
  return bestTrial(trials, mode)?.values ?? base;
}

function* feedback(plan: SearchPlan): Recipe {
  const { dimensions, base } = plan;
  const of = (path: string) => dimensions.find((dimension) => dimension.path === path);
  let values: Values = { ...base };
  const [rate, lambda] = [of(RATE), of(LAMBDA)];
  if (lambda) values = { ...values, [LAMBDA]: 0 };
  if (rate && !("options" in rate)) {
    const threshold = yield* thresholdOf(rate, values);
    values = { ...values, [RATE]: Math.max(rate.low, shortened(threshold / 2)) };
  }
  if (lambda && !("options" in lambda)) {
    values = yield* tuned(plan, lambda, values);
    if (rate && !("options" in rate)) values = yield* halvedAndDoubled(plan, rate, values);
  }
  for (const dimension of dimensions) {
    const { path } = dimension;
    if ("options" in dimension || (path !== RATE && path !== LAMBDA)) {
      const wishes = gridValues(dimension).map((value) => ({
        values: { ...values, [path]: value },
        why: `${path} by itself`,
      }));
      values = bestOf({ ...plan, base: values }, yield wishes);
    }
  }
  return values;
}

/** The largest rate at which the training cost falls from the first epochs on. */
function* thresholdOf(
  { low, high }: RangeDimension,
  values: Values,
): Generator<readonly Wish[], number, readonly SearchTrial[]> {
  const wish = (rate: number): Wish => ({ values: { ...values, [RATE]: rate }, why: "threshold" });
  const isInside = (order: number) => 10 ** order >= low * 0.999 && 10 ** order <= high * 1.001;
  const first = Math.min(Math.floor(Math.log10(high)), Math.max(Math.ceil(Math.log10(low)), -2));
  let order = first;
  const falls = isFalling((yield [wish(powerOf(order))])[0]!);
  for (;;) {
    const next = order + (falls ? 1 : -1);
    if (!isInside(next)) break;
    const isNextFalling = isFalling((yield [wish(powerOf(next))])[0]!);
    if (!falls) order = next;
    if (falls !== isNextFalling) break;
    order = next;
  }
  const between = [2, 5].map((factor) => shortened(factor * powerOf(order)));
  const finer = between.filter((rate) => rate <= high);
  if (finer.length === 0) return powerOf(order);
  const tried = yield finer.map(wish);
  const upTo = tried.findIndex((trial) => !isFalling(trial));
  const last = upTo < 0 ? finer.length - 1 : upTo - 1;
  return finer[last] ?? powerOf(order);
}

/** Lambda from 1 by factors of ten for as long as it gets better, then by two and five; or none. */
function* tuned(
  plan: SearchPlan,
  { low, high }: RangeDimension,
  values: Values,
): Generator<readonly Wish[], Values, readonly SearchTrial[]> {
  const wish = (lambda: number): Wish => ({
    values: { ...values, [LAMBDA]: lambda },
    why: lambda === 0 ? "rate, half the threshold" : "lambda",
  });
  const best = (trials: readonly SearchTrial[]) => bestTrial(trials, plan.mode);
  const start = shortened(Math.min(high, Math.max(low, 1)));
  const seen: SearchTrial[] = [...(yield [wish(0), wish(start)])];
  const around = [10 * start, start / 10].filter((x) => x >= low && x <= high).map(shortened);
  if (around.length > 0) seen.push(...(yield around.map(wish)));
  for (;;) {
    const at = Number(best(seen)?.values[LAMBDA] ?? 0);
    const next = shortened(at > start ? at * 10 : at / 10);
    const isOpen = at > 0 && at !== start && next >= low && next <= high;
    if (!isOpen || seen.some((trial) => trial.values[LAMBDA] === next)) break;
    seen.push(...(yield [wish(next)]));
  }
  const at = Number(best(seen)?.values[LAMBDA] ?? 0);
  const finer = [2 * at, at / 2].filter((x) => at > 0 && x >= low && x <= high).map(shortened);
  if (finer.length > 0) seen.push(...(yield finer.map(wish)));
  return best(seen)?.values ?? values;
}

/** The rate once more, at the lambda that was found. */
function* halvedAndDoubled(
  plan: SearchPlan,
  { low, high }: RangeDimension,
  values: Values,
): Generator<readonly Wish[], Values, readonly SearchTrial[]> {
  const rate = Number(values[RATE]);
  const rates = [rate, rate / 2, 2 * rate].filter((x) => x >= low && x <= high).map(shortened);
  const wishes = rates.map((x) => ({ values: { ...values, [RATE]: x }, why: "rate once more" }));
  return bestOf({ ...plan, base: values }, yield wishes);
}

/** The cost falls from epoch to epoch, but for noise. */
function isFalling({ state, results }: SearchTrial): boolean {
  const losses = results.at(-1)?.losses ?? [];
  if (state !== "done" || losses.length === 0 || !losses.every(Number.isFinite)) return false;
  if (losses.length === 1) return true; // nothing to compare it with
  const isRising = losses.some((loss, i) => i > 0 && loss > losses[i - 1]! * (1 + NOISE));
  return !isRising && losses.at(-1)! < losses[0]!;
}

function powerOf(order: number): number {
  return shortened(10 ** order);
}

/** Without the digits that rounding adds. */
function shortened(x: number): number {
  return Number(x.toPrecision(4));
}
