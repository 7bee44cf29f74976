// The lecture on depth and width: more units fit what they learn from better, two layers more than one, and a plain
// deep net degrades where one with residual connections does not (He et al. 2016).

import type { Dataset } from "../../../data/dataset.ts";
import { moons, spirals } from "../../../data/synthetic.ts";
import { dense, type Layer, residual } from "../../../nn/layers/index.ts";
import type { Model } from "../../../train/model/model.ts";
import { sequential } from "../../../train/model/sequential.ts";
import { above, below } from "../../shared/bounds.ts";
import type { Curves } from "../../shared/curves.ts";
import {
  countedWithin,
  counts,
  experimentPoint,
  natural,
  type Parameters,
  realAbove0,
} from "../../shared/parameters.ts";
import type { ExperimentRun } from "../../shared/run.ts";

/** What the experiment may be told instead. */
export interface DegradationPoint {
  readonly widths: readonly number[];
  readonly shallow: number;
  readonly deep: number;
  readonly units: number;
  readonly epochs: number;
  readonly rate: number;
  readonly seed: number;
}

/** The point at which the lecture's words are judged. */
export const PARAMETERS: Parameters<DegradationPoint> = {
  widths: counts("units of the one hidden layer that learns two moons", [2, 4, 16, 64, 256]),
  shallow: countedWithin("hidden layers of a net that learns two spirals", 6, [1, 50]),
  deep: countedWithin(
    "hidden layers of a deep one, plain and with residual connections",
    20,
    [4, 50],
  ),
  units: countedWithin("units of each of their layers", 16, [1, 256]),
  epochs: countedWithin("epochs", 60, [1, 1_000]),
  rate: realAbove0("Adam's learning rate", 0.01),
  seed: natural("what points and weights are drawn by", 1),
};

/** How a net did on the points that it learnt from, and on others: mean cost, and percent wrong. */
interface Fitted {
  /** The mean cost in each epoch. */
  readonly costs: readonly number[];
  readonly cost: number;
  readonly trainingError: number;
  readonly testError: number;
}

const rectified = (units: number): Layer =>
  dense(units, { activation: "relu", weights: "heNormal" });

/** Hidden layers one after the other. */
export function plainLayers(depth: number, units: number): Layer[] {
  return Array.from({ length: depth }, () => rectified(units));
}

/**
 * As many layers, of which all but the first and the last (two where the number is odd) form pairs that are added to
 * what they read. The second of a pair starts at 0, so that the net starts as a shallow one.
 */
export function residualLayers(depth: number, units: number): Layer[] {
  const pairs = Math.floor((depth - 2) / 2);
  const pair = () =>
    residual([rectified(units), dense(units, { weights: "zeros" })], { activation: "relu" });
  const last = depth - 1 - 2 * pairs;
  return [rectified(units), ...Array.from({ length: pairs }, pair), ...plainLayers(last, units)];
}

async function fitted(
  hidden: readonly Layer[],
  { train, test }: Dataset,
  { epochs, rate, seed }: DegradationPoint,
): Promise<Fitted> {
  const layers = [...hidden, dense(1, { activation: "sigmoid" })];
  const model: Model = sequential([2], ...(layers as [])).with({ seed });
  model.compile({
    loss: "binaryCrossentropy",
    optimizer: { name: "adam", learningRate: rate },
    metrics: ["accuracy"],
  });
  const history = await model.fit(train.x, train.y, { epochs, batchSize: 20, progress: false });
  const learnt = await model.evaluate(train.x, train.y);
  const others = await model.evaluate(test.x, test.y);
  const wrong = (right: number) => 100 * (1 - right);
  return {
    costs: history.epochs.map(({ loss }) => loss),
    cost: learnt.loss,
    trainingError: wrong(learnt["accuracy"]!),
    testError: wrong(others["accuracy"]!),
  };
}

const POINTS = { samples: 400, testFraction: 0.5 } as const;

const OTHERS =
  "What falls is the error on the points that are learnt from: the notes' claim that more units are more accurate " +
  "is about these. Of points not seen, as many may be wrong.";
const DEGRADES =
  "A deeper net could do what a shallow one does, if its other layers let everything through; gradient descent does " +
  "not find that, unless what goes through is the start.";

const errors = ({ trainingError, testError }: Fitted): string =>
  `${trainingError.toFixed(1)} % and ${testError.toFixed(1)} %`;

/** The lecture's words as comparisons. */
export async function claims(given: Partial<DegradationPoint> = {}): Promise<ExperimentRun> {
  const point = experimentPoint("degradation", PARAMETERS, given);
  const { widths, shallow, deep, units, seed } = point;
  const twoMoons = moons({ ...POINTS, noise: 0.3, seed });
  const byWidth: Fitted[] = [];
  for (const width of widths) byWidth.push(await fitted([rectified(width)], twoMoons, point));
  const twoSpirals = spirals({ ...POINTS, noise: 0.1, seed });
  const ofSpirals = (hidden: readonly Layer[]) => fitted(hidden, twoSpirals, point);
  const few = await ofSpirals(plainLayers(shallow, units));
  const many = await ofSpirals(plainLayers(deep, units));
  const added = await ofSpirals(residualLayers(deep, units));
  const [narrow, wide] = [byWidth[0]!, byWidth.at(-1)!];
  const table = widths.map((width, i) => `${width}: ${errors(byWidth[i]!)}`).join("; ");
  const nets =
    `Wrong of the spirals learnt from, and of others: plain, ${shallow} layers ${errors(few)}; plain, ${deep} ` +
    `layers ${errors(many)}; residual, ${deep} layers ${errors(added)}.`;
  return {
    claims: [
      below(`moons: cost of ${widths.at(-1)} units / of ${widths[0]}`, 1, wide.cost / narrow.cost, {
        note: `${OTHERS} By units, wrong of the moons learnt from, and of others: ${table}.`,
      }),
      above(`spirals: cost of ${deep} plain layers / of ${shallow}`, 1, many.cost / few.cost, {
        places: 1,
        note: DEGRADES,
      }),
      below(
        `spirals: cost of ${deep} residual layers / of ${deep} plain`,
        1,
        added.cost / many.cost,
        {
          note: nets,
        },
      ),
    ],
    curves: [
      widthCurve(widths, byWidth),
      depthCurve([
        [`plain, ${shallow} layers`, few],
        [`plain, ${deep} layers`, many],
        [`residual, ${deep} layers`, added],
      ]),
    ],
  };
}

function widthCurve(widths: readonly number[], byWidth: readonly Fitted[]): Curves {
  const line = (of: "trainingError" | "testError") =>
    widths.map((width, i) => [width, byWidth[i]![of]] as const);
  return {
    title: "Two moons: wrong by the units of one hidden layer",
    x: { label: "units", log: true },
    y: { label: "% wrong" },
    series: [
      { name: "of the points learnt from", points: line("trainingError") },
      { name: "of other points", points: line("testError") },
    ],
  };
}

function depthCurve(nets: readonly (readonly [name: string, Fitted])[]): Curves {
  return {
    title: "Two spirals: the cost of deep nets",
    x: { label: "epoch" },
    y: { label: "mean cost", log: true },
    series: nets.map(([name, { costs }]) => ({
      name,
      points: costs.map((cost, epoch) => [epoch + 1, cost] as const),
    })),
  };
}
