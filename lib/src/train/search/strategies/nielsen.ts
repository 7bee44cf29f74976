// How Nielsen chooses by hand (Neural Networks and Deep Learning, chapter 3, "How to choose a neural network's
// hyper-parameters"): feedback from quick trials on few examples; the threshold of the learning rate by orders
// of magnitude, then half of it; lambda from 1 by factors of ten; the rate once more; then the rest one by one.

import { gridValues, isSameValue, type RangeDimension, type Values } from "../space.ts";
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
/** The order of magnitude of the first rate: 0.01. */
const FIRST_ORDER = -2;
/** A rise of the cost from one epoch to the next that still counts as noise. */
const NOISE = 0.01;

/** Trials that may run side by side; what came of them goes back in. */
type Recipe = Asking<Values>;

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
  const lab: Lab = { plan, seen: [] };
  const rangeOf = (path: string) => {
    const found = dimensions.find((dimension) => dimension.path === path);
    return found && !("options" in found) ? found : undefined;
  };
  const [rate, lambda] = [rangeOf(RATE), rangeOf(LAMBDA)];
  let values: Values = lambda ? { ...base, [LAMBDA]: 0 } : { ...base };
  if (rate) {
    const threshold = yield* thresholdOf(lab, rate, values);
    values = { ...values, [RATE]: Math.max(rate.low, shortened(threshold / 2)) };
  }
  if (lambda) {
    values = yield* tuned(lab, lambda, values);
    if (rate) values = yield* halvedAndDoubled(lab, rate, values);
  }
  for (const dimension of dimensions) {
    const { path } = dimension;
    if (dimension === rate || dimension === lambda) continue;
    const wishes = gridValues(dimension).map((value) => ({
      values: { ...values, [path]: value },
      why: `${path} by itself`,
    }));
    values = bestOf({ ...plan, base: values }, yield* tried(lab, wishes));
  }
  return values;
}

/** The quick trials so far: none is asked for twice. */
interface Lab {
  readonly plan: SearchPlan;
  readonly seen: SearchTrial[];
}

type Asking<T> = Generator<readonly Wish[], T, readonly SearchTrial[]>;

/** The trials of some wishes, those done already among them. */
function* tried({ seen }: Lab, wishes: readonly Wish[]): Asking<readonly SearchTrial[]> {
  const find = ({ values }: Wish) => seen.find((trial) => isSameSettings(trial.values, values));
  const open = wishes.filter((wish) => !find(wish));
  if (open.length > 0) seen.push(...(yield open));
  return wishes.flatMap((wish) => find(wish) ?? []);
}

/** In whatever order they are written. */
function isSameSettings(a: Values, b: Values): boolean {
  const paths = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...paths].every((path) => isSameValue(a[path], b[path]));
}

/** The largest rate at which the training cost falls from the first epochs on. */
function* thresholdOf(lab: Lab, { low, high }: RangeDimension, values: Values): Asking<number> {
  const wish = (rate: number): Wish => ({ values: { ...values, [RATE]: rate }, why: "threshold" });
  const isInside = (order: number) => 10 ** order >= low * 0.999 && 10 ** order <= high * 1.001;
  let order = Math.min(
    Math.floor(Math.log10(high)),
    Math.max(Math.ceil(Math.log10(low)), FIRST_ORDER),
  );
  const falls = isFalling((yield* tried(lab, [wish(powerOf(order))]))[0]!);
  for (;;) {
    const next = order + (falls ? 1 : -1);
    if (!isInside(next)) break;
    const isNextFalling = isFalling((yield* tried(lab, [wish(powerOf(next))]))[0]!);
    if (!falls) order = next;
    if (falls !== isNextFalling) break;
    order = next;
  }
  const between = [2, 5].map((factor) => shortened(factor * powerOf(order)));
  const finer = between.filter((rate) => rate <= high);
  const trials = yield* tried(lab, finer.map(wish));
  const upTo = trials.findIndex((trial) => !isFalling(trial));
  const last = upTo < 0 ? finer.length - 1 : upTo - 1;
  return finer[last] ?? powerOf(order);
}

/** Lambda from 1 by factors of ten for as long as it gets better, then by two; or none. */
function* tuned(lab: Lab, { low, high }: RangeDimension, values: Values): Asking<Values> {
  const wish = (lambda: number): Wish => ({
    values: { ...values, [LAMBDA]: lambda },
    why: lambda === 0 ? "half the threshold" : "lambda",
  });
  const inside = (lambdas: readonly number[]) =>
    lambdas.filter((x) => x >= low && x <= high).map((x) => wish(shortened(x)));
  const trials: SearchTrial[] = [];
  const best = () => Number(bestTrial(trials, lab.plan.mode)?.values[LAMBDA] ?? 0);
  const start = Math.min(high, Math.max(low, 1));
  trials.push(...(yield* tried(lab, [wish(0), wish(shortened(start))])));
  trials.push(...(yield* tried(lab, inside([10 * start, start / 10]))));
  for (let at = best(); at > 0 && at !== start; at = best()) {
    const further = inside([at > start ? at * 10 : at / 10]);
    const before = trials.length;
    const isNew = further.some(({ values: one }) =>
      trials.every((trial) => trial.values[LAMBDA] !== one[LAMBDA]),
    );
    if (isNew) trials.push(...(yield* tried(lab, further)));
    if (trials.length === before) break;
  }
  const at = best();
  if (at > 0) trials.push(...(yield* tried(lab, inside([2 * at, at / 2]))));
  return bestOf({ ...lab.plan, base: values }, trials);
}

/** The rate once more, at the lambda that was found. */
function* halvedAndDoubled(
  lab: Lab,
  { low, high }: RangeDimension,
  values: Values,
): Asking<Values> {
  const rate = Number(values[RATE]);
  const rates = [rate, rate / 2, 2 * rate].filter((x) => x >= low && x <= high).map(shortened);
  const wishes = rates.map((x) => ({ values: { ...values, [RATE]: x }, why: "rate once more" }));
  return bestOf({ ...lab.plan, base: values }, yield* tried(lab, wishes));
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
