// Mazur's worked example of backpropagation, and every number in it.

import { type Claim, claim, decimals } from "../shared/claim.ts";
import type { Curves } from "../shared/curves.ts";
import {
  experimentPoint,
  natural,
  type Parameters,
  real,
  reals,
  yesOrNo,
} from "../shared/parameters.ts";
import { MAZUR_START, type MazurOptions, train } from "./network.ts";

export type {
  MazurBackward,
  MazurForward,
  MazurOptions,
  MazurResult,
  MazurStage,
  Scheme,
} from "./network.ts";
export { train } from "./network.ts";

const TYPO = "The notes print 0.75136079 for o1, a typo for 0.75136507.";
const MIXED =
  "The notes print errors and outputs of the sequential scheme, where the hidden deltas use the " +
  "updated w5..w8, beside new weights of the simultaneous one.";

/** What the example may be told instead. */
export interface MazurPoint {
  readonly rate: number;
  readonly steps: number;
  readonly biases: boolean;
  readonly inputs: readonly number[];
  readonly targets: readonly number[];
  readonly weights: readonly number[];
  readonly biasValues: readonly number[];
}

/** The book's point of this experiment. */
export const PARAMETERS: Parameters<MazurPoint> = {
  rate: real("the learning rate", 0.5),
  steps: natural("updates in all", 10_000),
  biases: yesOrNo("update the biases too, as the notes ask and the example does not", false),
  inputs: reals("the two inputs", MAZUR_START.inputs),
  targets: reals("the two targets", MAZUR_START.targets),
  weights: reals("w1 to w8 to begin with", MAZUR_START.weights),
  biasValues: reals("the biases of both layers to begin with", MAZUR_START.biases),
};

/** Every number of the example, in both schemes. */
export function claims(given: Partial<MazurPoint> = {}): Claim[] {
  const point = experimentPoint("mazur", PARAMETERS, given);
  const { steps, inputs, targets, weights } = point;
  const options: MazurOptions = {
    steps,
    inputs,
    targets,
    weights,
    learningRate: point.rate,
    trainBiases: point.biases,
    biases: point.biasValues,
  };
  const { start, backward, afterOne, afterAll } = train(options);
  const sequential = train({ ...options, scheme: "sequential" });
  const late = sequential.afterAll;
  const many = steps.toLocaleString("en-US");
  // The chain rule for w5: the notes multiply these three.
  const [o1, target] = [start.o[0]!, targets[0]!];
  return [
    ...list("net h", [0.3775, 0.3925], start.netH, 4),
    ...list("h", [0.5932699921, 0.5968843783], start.h, 10),
    ...list("net o", [1.1059059671, 1.2249214041], start.netO, 10),
    claim("o1", 0.7513650696, o1, decimals(10), TYPO),
    claim("o2", 0.7729284653, start.o[1]!, decimals(10)),
    ...list("E o", [0.2748110832, 0.0235600256], start.errors, 10),
    claim("E", 0.2983711088, start.error, decimals(10)),
    claim("dE/do1", 0.7413650695, o1 - target, 1e-10),
    claim("do1/dnet o1", 0.1868156018, o1 * (1 - o1), decimals(10)),
    claim("dnet o1/dw5", 0.5932699921, start.h[0]!, decimals(10)),
    ...list("delta o", [0.1384985616, -0.0380982365], backward.deltaO, 10),
    ...list("delta h", [0.0087713547, 0.0099542547], backward.deltaH, 10),
    ...list("dE/dw", GRADIENTS, backward.gradients, 11),
    ...list("new w", NEW_WEIGHTS, afterOne.weights, 10),
    claim("E after 1", 0.2910277737, afterOne.error, decimals(10)),
    ...list(`after ${many}: o`, [0.0159136204, 0.9840642735], afterAll.o, 10),
    claim(`E after ${many}`, 3.510188e-5, afterAll.error, decimals(11)),
    claim("sequential: E after 1", 0.2910279239, sequential.afterOne.error, decimals(10), MIXED),
    ...list(`sequential, ${many}: o`, [0.0159121963, 0.9840657345], late.o, 10, MIXED),
    claim(`sequential, ${many}: E`, 3.508479e-5, late.error, decimals(11), MIXED),
    ...(point.biases ? [] : withBiases(options)),
  ];
}

const UNTRAINED =
  "The notes ask for w_i and b_i; the example leaves its biases as they are. Updated too, they get it " +
  "much nearer.";

function withBiases(options: MazurOptions): Claim[] {
  const { afterOne, afterAll } = train({ ...options, trainBiases: true });
  const many = options.steps!.toLocaleString("en-US");
  return [
    claim("biases too: E after 1", 0.2857508867, afterOne.error, decimals(10), UNTRAINED),
    claim(`biases too: E after ${many}`, 4.3553e-6, afterAll.error, decimals(10), UNTRAINED),
  ];
}

const GRADIENTS = [
  0.00043856773, 0.00087713547, 0.00049771274, 0.00099542547, 0.08216704056, 0.08266762785,
  -0.02260254048, -0.02274024222,
];
const NEW_WEIGHTS = [
  0.1497807161, 0.1995614323, 0.2497511436, 0.2995022873, 0.3589164797, 0.4086661861, 0.5113012702,
  0.5613701211,
];

/** Claims numbered from 1. */
function list(
  name: string,
  expected: readonly number[],
  actual: readonly number[],
  places: number,
  note?: string,
): Claim[] {
  return expected.map((x, i) => claim(`${name}${i + 1}`, x, actual[i]!, decimals(places), note));
}

/** The error over the updates, in both schemes, with the errors that the example and the notes print. */
export function curves(given: Partial<MazurPoint> = {}): Curves[] {
  const { steps, rate, biases, biasValues, ...start } = experimentPoint("mazur", PARAMETERS, given);
  const options = { ...start, learningRate: rate, trainBiases: biases, biases: biasValues };
  const counted = [1, 3, 10, 30, 100, 300, 1_000, 3_000, 10_000].filter((n) => n < steps);
  const points = (scheme: "simultaneous" | "sequential") =>
    [...counted, steps].map(
      (n) => [n, train({ ...options, scheme, steps: n }).afterAll.error] as const,
    );
  return [
    {
      title: "The error over the updates",
      x: { label: "updates", log: true },
      y: { label: "E", log: true },
      series: [
        { name: "simultaneous", points: points("simultaneous") },
        { name: "sequential", points: points("sequential") },
        {
          name: "Mazur",
          points: [
            [1, 0.2910277737],
            [10_000, 3.510188e-5],
          ],
          book: true,
        },
      ],
    },
  ];
}
