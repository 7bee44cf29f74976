// NNDL chapter 4: inputs that are all positive, as the outputs of logistic units are, slow gradient
// descent down.

import { Rng } from "../../../data/random.ts";
import { compile } from "../../../runtime/compiled/compile.ts";
import { grad } from "../../../runtime/derivatives/autodiff.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import { mapTree } from "../../../runtime/values/tree.ts";
import { fromData, zerosLike } from "../../../tensor/create.ts";
import { at } from "../../../tensor/indexing.ts";
import { above, between } from "../../shared/bounds.ts";
import { type Claim, claim } from "../../shared/claim.ts";
import type { Curves } from "../../shared/curves.ts";
import { experimentPoint, type Parameters, real } from "../../shared/parameters.ts";
import {
  column,
  drawNet,
  gradientDescent,
  type LabelledPoints,
  logisticCost,
  netInputs,
  type SmallNet,
} from "../../shared/small-net.ts";

const UNITS = 5;

/** Points about `center` in each axis, of the class that a slanted plane through there tells. */
export function cloud(center: number, samples = 100): LabelledPoints {
  const rng = new Rng(1);
  const offsets = Array.from({ length: samples }, () =>
    Array.from({ length: UNITS }, () => rng.uniform(-0.5, 0.5)),
  );
  const side = (x: readonly number[]) =>
    Number(x.reduce((sum, value, k) => sum + (k % 2 === 0 ? value : -value), 0) > 0);
  const rows = offsets.flat().map((offset) => offset + center);
  return {
    x: fromData(Float64Array.from(rows), [samples, UNITS]),
    y: column(offsets.map(side)),
  };
}

const straight = (z: Tensor): Tensor => z;

function costOf({ x, y }: LabelledPoints): (net: SmallNet) => Tensor<[]> {
  return (net) => logisticCost(netInputs(net, x, straight), y);
}

/** The part of the examples whose gradient by the weights has one sign in all components. */
export function partOfOneSign({ x, y }: LabelledPoints): number {
  const net = drawNet([UNITS, 1], 1);
  const samples = x.type.shape[0]!;
  const slopesOf = compile((at: SmallNet, points: LabelledPoints) => grad(costOf(points))(at));
  let same = 0;
  for (let n = 0; n < samples; n++) {
    const one = { x: at(x, `${n}:${n + 1}`), y: at(y, `${n}:${n + 1}`) };
    const slopes = slopesOf(net, one).weights[0]!.data;
    if (slopes.every((slope: number) => Math.sign(slope) === Math.sign(slopes[0]!))) same++;
  }
  return same / samples;
}

/** The cost of one logistic unit before each step, from weights of 0. */
function costsOf(points: LabelledPoints, rate: number, steps: number): readonly number[] {
  const start = mapTree((p) => zerosLike(p), drawNet([UNITS, 1], 1));
  return gradientDescent(costOf(points), start, { rate, steps }).costs;
}

/** Steps until the cost of one logistic unit is below a goal. */
export function stepsTo(goal: number, points: LabelledPoints, rate = 4): number {
  const step = costsOf(points, rate, 2_000).findIndex((cost) => cost < goal);
  return step < 0 ? Number.POSITIVE_INFINITY : step;
}

/** What the experiment may be told instead. */
export interface BiasShiftPoint {
  readonly shift: number;
  readonly goal: number;
  readonly rate: number;
}

/** The book's point of this experiment. */
export const PARAMETERS: Parameters<BiasShiftPoint> = {
  shift: real("how far the inputs lie from 0; below 0.5 some are negative", 1),
  goal: real("the cost to be reached", 0.4),
  rate: real("the learning rate", 4),
};

/** The book's numbers of this experiment beside ours. */
export function claims(given: Partial<BiasShiftPoint> = {}): Claim[] {
  const { shift, goal, rate } = experimentPoint("bias-shift", PARAMETERS, given);
  const shifted = cloud(shift);
  const centered = stepsTo(goal, cloud(0), rate);
  const positive = stepsTo(goal, shifted, rate);
  return [
    claim("positive inputs: gradients of one sign", 1, partOfOneSign(shifted), 0),
    // Signs that fall as coins do would all agree in 2 / 2^5 of the examples.
    between("centered inputs: gradients of one sign", [0.02, 0.12], partOfOneSign(cloud(0))),
    above(`steps to a cost of ${goal}, positive / centered`, 1, positive / centered, { places: 1 }),
  ];
}

/** The cost over the steps, of centered inputs and of positive ones. */
export function curves(given: Partial<BiasShiftPoint> = {}): Curves[] {
  const { shift, rate } = experimentPoint("bias-shift", PARAMETERS, given);
  const over = (name: string, center: number) => ({
    name,
    points: costsOf(cloud(center), rate, 100).map((cost, step) => [step, cost] as const),
  });
  return [
    {
      title: "Cost of one logistic unit over the steps",
      x: { label: "step" },
      y: { label: "cost" },
      series: [over("centered inputs", 0), over(`inputs about ${shift}`, shift)],
    },
  ];
}
