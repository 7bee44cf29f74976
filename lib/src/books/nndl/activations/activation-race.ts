// The lecture's TL;DR on activations as a race: how many steps each of six takes to 95 % from the same start.

import { circles } from "../../../data/synthetic.ts";
import { activationOf } from "../../../nn/activations/index.ts";
import { compile } from "../../../runtime/compiled/compile.ts";
import { valueAndGrad } from "../../../runtime/derivatives/autodiff.ts";
import { scan } from "../../../runtime/loops/scan.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import { mapTree } from "../../../runtime/values/tree.ts";
import { equal, greater } from "../../../tensor/comparison.ts";
import { cast, mul, relu, sigmoid, sub, tanh } from "../../../tensor/elementwise.ts";
import { stack } from "../../../tensor/joining.ts";
import { reshape } from "../../../tensor/movement.ts";
import { mean } from "../../../tensor/reduce.ts";
import { above } from "../../shared/bounds.ts";
import type { Claim } from "../../shared/claim.ts";
import type { Curves } from "../../shared/curves.ts";
import {
  counted,
  counts,
  experimentPoint,
  type Parameters,
  real,
} from "../../shared/parameters.ts";
import {
  drawNet,
  logisticCost,
  netInputs,
  type SmallNet,
  toPoints,
} from "../../shared/small-net.ts";

/** The six of the lecture, in its order. */
export type Racer = "ReLU" | "Leaky ReLU" | "Maxout" | "ELU" | "tanh" | "sigmoid";

const RACERS: Readonly<Record<Racer, (z: Tensor) => Tensor>> = {
  ReLU: relu,
  "Leaky ReLU": activationOf("leakyRelu").apply,
  Maxout: activationOf("maxout").apply,
  ELU: activationOf("elu").apply,
  tanh,
  sigmoid,
};

/** What the experiment may be told instead. */
export interface RacePoint {
  readonly hidden: readonly number[];
  readonly rate: number;
  readonly steps: number;
  readonly goal: number;
  readonly seeds: number;
}

/** The point of this experiment. */
export const PARAMETERS: Parameters<RacePoint> = {
  hidden: counts("units of the hidden layers", [8, 8]),
  rate: real("the learning rate", 1),
  steps: counted("steps after which the race ends", 3000),
  goal: real("the share of the points that must be right", 0.95),
  seeds: counted("how many starts", 5),
};

const BOOK = experimentPoint("activation-race", PARAMETERS, {});

/** A start that all share; of Maxout's two pieces a unit the first ones. */
function startOf(racer: Racer, hidden: readonly number[], seed: number): SmallNet {
  const draw = (from: number): SmallNet => {
    const { weights, biases } = drawNet([2, ...hidden, 1], from);
    return { weights: weights.map((w) => mul(w, w.type.shape[0]! ** -0.5)), biases };
  };
  const net = draw(seed);
  if (racer !== "Maxout") return net;
  const second = draw(seed + 1000);
  const paired = (own: readonly Tensor[], others: readonly Tensor[]) =>
    own.map((p, l) => (l === hidden.length ? p : interleaved(p, others[l]!)));
  return {
    weights: paired(net.weights, second.weights),
    biases: paired(net.biases, second.biases),
  };
}

/** The columns of two tensors in turn: what the two pieces of each unit are made of. */
function interleaved(p: Tensor, q: Tensor): Tensor {
  return reshape(stack([p, q], -1), [...p.type.shape.slice(0, -1), -1]);
}

/** The share of a disc and a ring that is right before each step, seed by seed, until the goal is reached. */
export function race(racer: Racer, point: RacePoint = BOOK): readonly (readonly number[])[] {
  const { hidden, rate, steps, seeds, goal } = point;
  const points = toPoints(circles({ samples: 200, noise: 0, seed: 1, testFraction: 0 }).train);
  const x = mul(points.x, 1 / 5); // from -1 to 1
  const f = RACERS[racer];
  const cost = (net: SmallNet): [Tensor, Tensor] => {
    const z = netInputs(net, x, f);
    const right = mean(cast(equal(cast(greater(z, 0), "float64"), points.y), "float64"));
    return [logisticCost(z, points.y), right];
  };
  const step = (net: SmallNet): [SmallNet, Tensor] => {
    const [[, right], slopes] = valueAndGrad(cost, { hasAux: true })(net);
    return [mapTree((p, dp) => sub(p, mul(dp, rate)), net, slopes), right];
  };
  const length = Math.min(LAP, steps);
  const run = compile((start: SmallNet) => scan(step, start, null, { length }));
  return Array.from({ length: seeds }, (_, seed) => {
    let net = startOf(racer, hidden, seed);
    const shares: number[] = [];
    while (shares.length < steps && !shares.some((share) => share >= goal)) {
      const [next, found] = run(net);
      net = next;
      shares.push(...found.data);
    }
    return shares.slice(0, steps);
  });
}

/** Steps that are run at once. */
const LAP = 100;

/** The first step before which the goal is reached; infinite where it is not. */
function stepsTo(goal: number, shares: readonly number[]): number {
  const step = shares.findIndex((share) => share >= goal);
  return step < 0 ? Number.POSITIVE_INFINITY : step;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

const FAIR =
  "One task and one rate for all; the weights of the start are the same, but Maxout has a second piece for each unit " +
  "and so nearly twice the weights. Times are left out: they say more of the machine.";

/** Median steps of the six, as multiples. */
export function claims(given: Partial<RacePoint> = {}): Claim[] {
  const point = experimentPoint("activation-race", PARAMETERS, given);
  const { goal } = point;
  const steps = Object.fromEntries(
    (Object.keys(RACERS) as Racer[]).map((name) => {
      return [name, median(race(name, point).map((shares) => stepsTo(goal, shares)))];
    }),
  ) as Record<Racer, number>;
  const times = (slow: Racer, fast: Racer, note?: string) =>
    above(`steps to ${100 * goal} %, ${slow} / ${fast}`, 1, steps[slow] / steps[fast], {
      places: 1,
      ...(note === undefined ? {} : { note }),
    });
  return [
    times("sigmoid", "ReLU", FAIR),
    times("sigmoid", "Leaky ReLU"),
    times("sigmoid", "Maxout"),
    times("sigmoid", "ELU"),
    times("sigmoid", "tanh"),
    times("tanh", "ReLU"),
  ];
}

/** The share that is right, step by step, of the first start. */
export function curves(given: Partial<RacePoint> = {}): Curves[] {
  const point = { ...experimentPoint("activation-race", PARAMETERS, given), seeds: 1 };
  const names = Object.keys(RACERS) as Racer[];
  return [
    {
      title: "The race of one start",
      x: { label: "step", log: true },
      y: { label: "share right" },
      series: names.map((name) => ({
        name,
        points: race(name, point)[0]!.map((share, step) => [step + 1, share] as const),
      })),
    },
  ];
}
