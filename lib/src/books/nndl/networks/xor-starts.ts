// NNDL section 4.6: how many starts of gradient descent on exclusive or end in a local optimum instead of the answer.

import { compile } from "../../../runtime/compiled/compile.ts";
import { grad } from "../../../runtime/derivatives/autodiff.ts";
import { scan } from "../../../runtime/loops/scan.ts";
import { vmap } from "../../../runtime/loops/vmap.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import { mapTree } from "../../../runtime/values/tree.ts";
import { tensor } from "../../../tensor/create.ts";
import { mul, sigmoid, sub } from "../../../tensor/elementwise.ts";
import { stack } from "../../../tensor/joining.ts";
import { TRUTH } from "../../nielsen/chapter1/gates.ts";
import { above, between } from "../../shared/bounds.ts";
import { type Claim, claim } from "../../shared/claim.ts";
import type { Curves } from "../../shared/curves.ts";
import {
  counted,
  experimentPoint,
  natural,
  type Parameters,
  real,
} from "../../shared/parameters.ts";
import { column, drawNet, logisticCost, netInputs, type SmallNet } from "../../shared/small-net.ts";

/** What the experiment may be told instead. */
export interface XorStartsPoint {
  readonly starts: number;
  readonly rate: number;
  readonly steps: number;
}

/** The point of this experiment. */
export const PARAMETERS: Parameters<XorStartsPoint> = {
  starts: counted("how many starts, by the seeds from 0 on", 60),
  rate: real("the learning rate", 1),
  steps: natural("steps of gradient descent", 2000),
};

const INPUTS = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
];

/** What the nets of many starts answer to 00, 01, 10 and 11 in the end; all of them learn in one program. */
export function answersOf(hidden: number, given: Partial<XorStartsPoint> = {}): number[][] {
  const { starts, rate, steps } = experimentPoint("xor-starts", PARAMETERS, given);
  const x = tensor(INPUTS, "float64");
  const y = column(TRUTH.xor);
  const cost = (net: SmallNet) => logisticCost(netInputs(net, x, sigmoid), y);
  const step = (net: SmallNet): [SmallNet, null] => {
    const slopes = grad(cost)(net);
    return [mapTree((p, dp) => sub(p, mul(dp, rate)), net, slopes), null];
  };
  const learn = (start: SmallNet) =>
    sigmoid(netInputs(scan(step, start, null, { length: steps })[0], x, sigmoid));
  const nets = Array.from({ length: starts }, (_, seed) => drawNet([2, hidden, 1], seed));
  const stacked = (part: "weights" | "biases") =>
    nets[0]![part].map((_, l) => stack(nets.map((net) => net[part][l]!)));
  const all = { weights: stacked("weights"), biases: stacked("biases") };
  const { data } = compile(vmap(learn))(all) as Tensor;
  return nets.map((_, n) => Array.from(data.subarray(4 * n, 4 * n + 4), Number));
}

/** True where every answer is on its side, and none near 1/2. */
function isSolved(answers: readonly number[]): boolean {
  return answers.every((a, n) => Math.abs(a - TRUTH.xor[n]!) < 0.25);
}

/** True where just two answers are near 1/2: the trap of a local minimum. */
function isTrapped(answers: readonly number[]): boolean {
  return answers.filter((a) => Math.abs(a - 0.5) < 0.1).length === 2;
}

const TRAP =
  "With two hidden units gradient descent depends on where it starts: it may end where two answers stay at 1/2, a " +
  "local minimum. Each unit more leaves fewer such starts. The notes say that there is no global optimum; what is " +
  "true is that nothing guarantees to find it.";

/** How many starts find the answer, by the number of hidden units. */
export function claims(given: Partial<XorStartsPoint> = {}): Claim[] {
  const point = experimentPoint("xor-starts", PARAMETERS, given);
  const [two, three, four] = [2, 3, 4].map((hidden) => answersOf(hidden, point)) as [
    number[][],
    number[][],
    number[][],
  ];
  const share = (of: number[][], fits: (answers: readonly number[]) => boolean) =>
    of.filter(fits).length / of.length;
  const first = (of: number[][]) => of.slice(0, 6).filter(isSolved).length;
  const failed = two.filter((answers) => !isSolved(answers));
  return [
    claim("2 units: of the first 6 starts solved", 3, first(two), 0, TRAP),
    claim("3 units: of the first 6 starts solved", 5, first(three), 0),
    between("2 units: share of all starts", [0.6, 0.85], share(two, isSolved)),
    between("3 units: share of all starts", [0.85, 1], share(three, isSolved)),
    between("4 units: share of all starts", [0.95, 1], share(four, isSolved)),
    above("2 units: of those that fail, with two answers of 1/2", 0.7, share(failed, isTrapped)),
  ];
}

/** The share that finds the answer, by hidden units. */
export function curves(given: Partial<XorStartsPoint> = {}): Curves[] {
  const point = experimentPoint("xor-starts", PARAMETERS, given);
  const points = [1, 2, 3, 4, 5, 6].map((hidden) => {
    const answers = answersOf(hidden, point);
    return [hidden, answers.filter(isSolved).length / answers.length] as const;
  });
  return [
    {
      title: `Exclusive or from ${point.starts} starts`,
      x: { label: "hidden units" },
      y: { label: "share solved" },
      series: [{ name: "starts that find the answer", points }],
    },
  ];
}
