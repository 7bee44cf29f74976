// Nielsen, chapter 4: a steep sigmoid is a step at -b / w, two are a bump, four a tower; and training does better.

import { approximate } from "../../../inspect/universality/approximate.ts";
import { constructNetwork } from "../../../inspect/universality/construct.ts";
import { averageDeviationOf, outputsAt } from "../../../inspect/universality/deviation.ts";
import { dense } from "../../../nn/layers/index.ts";
import { fromData } from "../../../tensor/create.ts";
import type { Model } from "../../../train/model/model.ts";
import { sequential } from "../../../train/model/sequential.ts";
import { above, below } from "../../shared/bounds.ts";
import { type Claim, claim, decimals } from "../../shared/claim.ts";
import type { Curves } from "../../shared/curves.ts";
import {
  counted,
  experimentPoint,
  natural,
  type Parameters,
  real,
  realAbove0,
} from "../../shared/parameters.ts";

/** A sigmoid unit of one input. */
function unitOf(w: number, b: number): Model {
  const model: Model = sequential([1], dense(1, { activation: "sigmoid" })).with({
    dtype: "float64",
  });
  const variables = model.layer("dense1");
  variables["w"]!.assign(fromData(Float64Array.of(w), [1, 1]));
  variables["b"]!.assign(fromData(Float64Array.of(b), [1]));
  return model;
}

/** Where between two points a rising unit reaches a level, by halving. */
export function reaches(
  model: Model,
  level: number,
  [from, to]: readonly [number, number],
): number {
  let [low, high] = [from, to];
  for (let halving = 0; halving < 60; halving++) {
    const middle = (low + high) / 2;
    if (outputsAt(model, [[middle]])[0]! < level) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** A hill of two inputs. */
function hill(x: number, y: number): number {
  return Math.exp(-8 * ((x - 0.5) ** 2 + (y - 0.5) ** 2));
}

/** The book's goal before the output unit: ln(f / (1 - f)). */
function wave(x: number): number {
  const f = 0.2 + 0.4 * x ** 2 + 0.3 * x * Math.sin(15 * x) + 0.05 * Math.cos(50 * x);
  return Math.log(f / (1 - f));
}

/** What the experiment may be told instead. */
export interface StepsAndTowersPoint {
  readonly w: number;
  readonly b: number;
  readonly steps: number;
  readonly seed: number;
}

/** The book's point of this experiment. */
export const PARAMETERS: Parameters<StepsAndTowersPoint> = {
  w: realAbove0("weight of a hidden unit", 1_000),
  b: real("its bias", -400),
  steps: counted("steps of Adam that train as many units as five bumps have", 1_000),
  seed: natural("what the weights of the trained net are drawn by", 1),
};

const CONTINUOUS =
  "The notes leave out that the function must be continuous, on a bounded closed set. The theorem promises neither " +
  "a size nor that training finds the weights.";

/** Steps, bumps and towers built, and five bumps' worth of units trained. */
export async function claims(given: Partial<StepsAndTowersPoint> = {}): Promise<Claim[]> {
  const { w, b, steps, seed } = experimentPoint("steps-and-towers", PARAMETERS, given);
  const unit = unitOf(w, b);
  const at = -b / w;
  const around = [at - 40 / w, at + 40 / w] as const;
  const width = reaches(unit, 0.99, around) - reaches(unit, 0.01, around);
  const bump = constructNetwork(() => 1, { pieces: 2, heights: [0, 1] }).model;
  const [left, right] = outputsAt(bump, [[0.25], [0.75]]);
  const tower = constructNetwork(hill, { of: "towers", pieces: 2, heights: [0, 0, 0, 1] }).model;
  const corners = [0.25, 0.75].flatMap((x) => [0.25, 0.75].map((y) => [x, y]));
  const inner = tower.layer("dense2");
  const height = Math.max(...inner["w"]!.data);
  const deviation = (pieces: number) =>
    averageDeviationOf(constructNetwork(hill, { of: "towers", pieces }).model, hill).overRange;
  const [few, many] = [Number(deviation(3).toFixed(4)), deviation(9)];
  const { scratch, trained } = await approximate(wave, { pieces: 5, train: true, steps, seed });
  const better = trained!.deviation.overRange;
  return [
    claim("place of the step, -b / w", 0.4, reaches(unit, 0.5, around), 1e-9),
    claim("its width, from 0.01 to 0.99", 0.00919, width, decimals(5)),
    claim("bump of height 1 on the right half: left", 0, left!, 1e-12),
    claim("right", 1, right!, 1e-12),
    claim(
      "bias of a tower's unit / height of its bumps",
      -3 / 2,
      inner["b"]!.data[0]! / height,
      1e-15,
    ),
    claim(
      "tower on one quarter of four: outputs",
      "0 0 0 1",
      outputsAt(tower, corners)
        .map((y) => y.toFixed(0))
        .join(" "),
      0,
    ),
    below("a hill by 9 x 9 towers: average deviation, as against 3 x 3", few, many, { places: 4 }),
    below("five bumps, trained on: average deviation", 0.405, better, {
      note: CONTINUOUS,
      printed: true,
    }),
    above("as many units from scratch", Number(better.toFixed(3)), scratch!.deviation.overRange),
  ];
}

/** The goal, five bumps, and the same net trained on. */
export async function curves(given: Partial<StepsAndTowersPoint> = {}): Promise<Curves[]> {
  const { steps, seed } = experimentPoint("steps-and-towers", PARAMETERS, given);
  const { points, values, built, trained, scratch } = await approximate(wave, {
    pieces: 5,
    train: true,
    steps,
    seed,
  });
  const over = (name: string, ys: readonly number[]) => {
    return { name, points: points.map(([x], i) => [x!, ys[i]!] as const) };
  };
  return [
    {
      title: "Five bumps, and the same units trained",
      x: { label: "x" },
      y: { label: "weighted output" },
      series: [
        over("goal", values),
        over("five bumps, built", built.outputs),
        over("trained from there", trained!.outputs),
        over("trained from scratch", scratch!.outputs),
      ],
    },
  ];
}
