// NNDL section 4.1: one outlier throws a ReLU to where no ordinary input reaches it, and it stays there.

import { leakyRelu } from "../../../nn/activations/index.ts";
import { compile } from "../../../runtime/compiled/compile.ts";
import { grad } from "../../../runtime/derivatives/autodiff.ts";
import { scan } from "../../../runtime/loops/scan.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import { mapTree } from "../../../runtime/values/tree.ts";
import { linspace, tensor } from "../../../tensor/create.ts";
import { add, mul, relu, square, sub } from "../../../tensor/elementwise.ts";
import { mean } from "../../../tensor/reduce.ts";
import { above, below } from "../../shared/bounds.ts";
import { type Claim, claim } from "../../shared/claim.ts";
import type { Curves } from "../../shared/curves.ts";
import { experimentPoint, natural, type Parameters, real } from "../../shared/parameters.ts";

type Activation = (z: Tensor) => Tensor;

/** A unit of one input. */
export interface Unit {
  readonly w: Tensor;
  readonly b: Tensor;
}

/** What the experiment may be told instead. */
export interface DeadReluPoint {
  readonly w: number;
  readonly b: number;
  readonly outlier: number;
  readonly target: number;
  readonly rate: number;
  readonly slope: number;
  readonly laterRate: number;
  readonly steps: number;
}

/** The point of this experiment: the notes have the words, these are numbers for them. */
export const PARAMETERS: Parameters<DeadReluPoint> = {
  w: real("the weight of the unit", 1),
  b: real("its bias", 0),
  outlier: real("the one input that is far off", 20),
  target: real("what the unit should answer to it", 0),
  rate: real("the learning rate of that step", 0.1),
  slope: real("the slope of Leaky ReLU left of 0", 0.01),
  laterRate: real("the learning rate afterwards, on inputs from 0 to 1", 1),
  steps: natural("steps afterwards", 20_000),
};

const ORDINARY = () => linspace(0, 1, 11, "float64");

/** Half the squared error of a unit, in the mean over its inputs; the target of ordinary inputs is the input. */
function lossOf(f: Activation, x: Tensor, target: Tensor): (unit: Unit) => Tensor<[]> {
  return ({ w, b }) => mean(mul(square(sub(f(add(mul(x, w), b)), target)), 0.5)) as Tensor<[]>;
}

function step(unit: Unit, slopes: Unit, rate: number | Tensor): Unit {
  return mapTree((p, dp) => sub(p, mul(dp, rate)), unit, slopes);
}

/** The unit after the one step that the outlier makes it take. */
export function afterOutlier(f: Activation, point: DeadReluPoint, rate: number = point.rate): Unit {
  const { w, b, outlier, target } = point;
  const start = { w: tensor(w, "float64"), b: tensor(b, "float64") };
  const loss = lossOf(f, tensor(outlier, "float64"), tensor(target, "float64"));
  return step(start, grad(loss)(start), rate);
}

/** True where no input from 0 to 1 makes a ReLU fire. */
export function isDead({ w, b }: Unit): boolean {
  const z = add(mul(ORDINARY(), w), b);
  return z.data.every((value: number) => value <= 0);
}

/** The least learning rate by which the outlier kills the unit, by bisection. */
export function deadlyRate(point: DeadReluPoint): number {
  let [alive, dead] = [0, 1];
  if (!isDead(afterOutlier(relu, point, dead))) return Number.POSITIVE_INFINITY;
  for (let i = 0; i < 60; i++) {
    const middle = (alive + dead) / 2;
    if (isDead(afterOutlier(relu, point, middle))) dead = middle;
    else alive = middle;
  }
  return dead;
}

/** Trains on inputs from 0 to 1, whose targets are the inputs. @returns the unit, and the loss before each step */
export function learnAfter(
  f: Activation,
  unit: Unit,
  { laterRate, steps }: DeadReluPoint,
): { readonly unit: Unit; readonly losses: readonly number[] } {
  const loss = lossOf(f, ORDINARY(), ORDINARY());
  const run = compile((start: Unit) =>
    scan(
      (at: Unit): [Unit, Tensor] => [step(at, grad(loss)(at), laterRate), loss(at)],
      start,
      null,
      {
        length: steps,
      },
    ),
  );
  const [last, losses] = run(unit);
  return { unit: last, losses: [...losses.data] };
}

const FALL =
  "The notes say that b becomes very small. The weight falls further, by as many times as the input is large, and " +
  "it is the weight's fall that kills the unit.";
const SINGLE =
  "An input left of 0 kills nothing by itself: the unit is dead where all inputs that come lie there.";

/** What one outlier does to a ReLU, and to a Leaky one. */
export function claims(given: Partial<DeadReluPoint> = {}): Claim[] {
  const point = experimentPoint("dead-relu", PARAMETERS, given);
  const leaky: Activation = (z) => leakyRelu(z, point.slope);
  const killed = afterOutlier(relu, point);
  const hurt = afterOutlier(leaky, point);
  const slopesAt = (f: Activation, unit: Unit) => grad(lossOf(f, ORDINARY(), ORDINARY()))(unit);
  const largest = ({ w, b }: Unit) => Math.max(Math.abs(w.item()), Math.abs(b.item()));
  const gone = learnAfter(relu, killed, point);
  const back = learnAfter(leaky, hurt, point);
  const moved = Math.abs(gone.unit.w.item() - killed.w.item());
  const fall = (killed.w.item() - point.w) / (killed.b.item() - point.b);
  return [
    claim("least rate that kills it on [0, 1]: 1/420", 1 / 420, deadlyRate(point), 1e-12, SINGLE),
    claim(`rate ${point.rate}: w`, -39, killed.w.item(), 1e-12),
    claim(`rate ${point.rate}: b`, -2, killed.b.item(), 1e-12),
    claim("w falls so many times as far as b", 20, fall, 1e-12, FALL),
    claim("ReLU: largest gradient on [0, 1] from then on", 0, largest(slopesAt(relu, killed)), 0),
    claim(`ReLU: how far w moves in ${point.steps} steps`, 0, moved, 0),
    above("Leaky ReLU: largest gradient there", 0, largest(slopesAt(leaky, hurt)), { places: 6 }),
    below(
      "Leaky ReLU: loss after as many steps / before",
      0.01,
      back.losses.at(-1)! / back.losses[0]!,
      {
        places: 6,
      },
    ),
  ];
}

/** The loss on ordinary inputs after the outlier. */
export function curves(given: Partial<DeadReluPoint> = {}): Curves[] {
  const point = experimentPoint("dead-relu", PARAMETERS, given);
  const leaky: Activation = (z) => leakyRelu(z, point.slope);
  const every = Math.max(1, Math.floor(point.steps / 200));
  const line = (name: string, f: Activation) => ({
    name,
    points: learnAfter(f, afterOutlier(f, point), point)
      .losses.map((loss, step) => [step, loss] as const)
      .filter(([step]) => step % every === 0),
  });
  return [
    {
      title: "After the outlier",
      x: { label: "step" },
      y: { label: "loss on inputs from 0 to 1" },
      series: [line("ReLU", relu), line("Leaky ReLU", leaky)],
    },
  ];
}
