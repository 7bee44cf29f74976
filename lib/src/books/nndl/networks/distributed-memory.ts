// NNDL, chapter 4: in a distributed representation memory lies in all connections, so that damage is felt gently.

import { pickExamples } from "../../../data/dataset.ts";
import { type Damage, damageOf } from "../../../inspect/learnt/damage.ts";
import { dense, rescaling } from "../../../nn/layers/index.ts";
import { sequential } from "../../../train/model/sequential.ts";
import { atLeast, between } from "../../shared/bounds.ts";
import type { Curves } from "../../shared/curves.ts";
import { type FullRun, once } from "../../shared/full-run.ts";
import type { Mnist } from "../../shared/mnist.ts";
import {
  counted,
  countedWithin,
  experimentPoint,
  natural,
  type Parameters,
} from "../../shared/parameters.ts";
import type { ExperimentRun, Sources } from "../../shared/run.ts";

/** What the experiment may be told instead. */
export interface DistributedMemoryPoint {
  readonly hidden: number;
  readonly train: number;
  readonly epochs: number;
  readonly judge: number;
  readonly seed: number;
}

/** The quick point: few images. */
export const PARAMETERS: Parameters<DistributedMemoryPoint> = {
  hidden: countedWithin("hidden units", 100, [10, 1_000]),
  train: countedWithin("training images", 2_000, [10, 60_000]),
  epochs: counted("epochs", 3),
  judge: countedWithin("test images", 500, [10, 10_000]),
  seed: natural("what weights and damage are drawn by", 1),
};

interface Damaged {
  readonly units: Damage;
  readonly weights: Damage;
}

/** A trained net of hidden ReLUs, and what is left of it without some of them. */
async function damagedNet({ train, test }: Mnist, point: DistributedMemoryPoint): Promise<Damaged> {
  const { hidden, epochs, judge, seed } = point;
  const firstRows = (count: number) => Array.from({ length: count }, (_, row) => row);
  const learn = pickExamples(train, firstRows(point.train));
  const model = sequential(
    [784],
    rescaling(1 / 255),
    dense(hidden, { activation: "relu", weights: "heNormal", name: "hidden" }),
    dense(10, { activation: "softmax" }),
  ).with({ seed });
  model.compile({
    loss: "sparseCategoricalCrossentropy",
    optimizer: { name: "sgd", learningRate: 0.2 },
  });
  await model.fit(learn.x, learn.y, { epochs, batchSize: 32, progress: false });
  const asked = pickExamples(test, firstRows(judge));
  const some = (share: number) => Math.max(1, Math.round(share * hidden));
  const amounts = [1, some(0.1), some(0.3), some(0.5), some(0.7), some(0.9), hidden];
  const damage = { layer: "hidden", draws: 5, seed };
  return {
    units: damageOf(model, asked, { ...damage, amounts }),
    weights: damageOf(model, asked, { ...damage, of: "weights", amounts: [0.1, 0.3, 0.5, 0.9] }),
  };
}

/** Percent, as the claims have them. */
function percentsOf({ units, weights }: Damaged) {
  const left = (damage: Damage, at: number) => 100 * damage.amounts[at]!.mean;
  return {
    whole: 100 * units.whole,
    tenth: left(units, 1),
    tenthAtWorst: 100 * units.amounts[1]!.worst,
    half: left(units, 3),
    none: left(units, units.amounts.length - 1),
    third: left(weights, 1),
  };
}

const PDP =
  "The lecture says so of parallel distributed processing (Rumelhart and McClelland 1986) in words; the numbers are " +
  "means of five draws of which units or weights go.";

/** What is left of the accuracy without parts of the hidden layer. */
export async function claims(
  given: Partial<DistributedMemoryPoint>,
  { mnist }: Sources,
): Promise<ExperimentRun> {
  const point = experimentPoint("distributed-memory", PARAMETERS, given);
  const damaged = await damagedNet(await mnist(), point);
  const { whole, tenth, half, none, third } = percentsOf(damaged);
  const all = `Right with all units: ${whole.toFixed(1)} %, without half of them ${half.toFixed(1)} %.`;
  return {
    claims: [
      atLeast("a tenth of the units gone: share of the accuracy left", 0.95, tenth / whole, {
        note: PDP,
      }),
      atLeast("half of the units gone", 0.6, half / whole, { note: all }),
      atLeast("30 % of the weights put to 0", 0.95, third / whole),
      between("all units gone: percent right, as by chance", [5, 15], none, { places: 1 }),
    ],
    curves: drawn(damaged),
  };
}

function drawn({ units, weights }: Damaged): Curves[] {
  const series = (damage: Damage, part: number) => {
    const points = (of: "mean" | "worst") => [
      [0, 100 * damage.whole] as const,
      ...damage.amounts.map((one) => [(100 * one.amount) / part, 100 * one[of]] as const),
    ];
    return [
      { name: "mean of five draws", points: points("mean") },
      { name: "the worst of them", points: points("worst") },
    ];
  };
  const y = { label: "% right" };
  return [
    {
      title: "Hidden units deleted",
      x: { label: "% deleted" },
      y,
      series: series(units, units.parts),
    },
    { title: "Weights put to 0", x: { label: "% put to 0" }, y, series: series(weights, 1) },
  ];
}

/** A net that has learnt all images, judged by all test images. */
export const full: FullRun = {
  seconds: 8,
  parameters: {
    epochs: counted("epochs", 5),
    seed: natural("what weights and damage are drawn by", 1),
  },
  async run(given, { mnist }, { store, report }): Promise<ExperimentRun> {
    const { epochs, seed } = experimentPoint("distributed-memory", full.parameters, given) as {
      epochs: number;
      seed: number;
    };
    const damaged = await once(store, "damage", async () =>
      damagedNet(await mnist(), { hidden: 100, train: 60_000, epochs, judge: 10_000, seed }),
    );
    const { whole, tenth, tenthAtWorst, half, third } = percentsOf(damaged);
    report(`${whole.toFixed(2)} % right with all units`);
    const points = { places: 1 };
    return {
      claims: [
        between("percent right with all units", [96.9, 98.4], whole, points),
        atLeast("10 of 100 units gone: percent right", 94, tenth, { ...points, note: PDP }),
        atLeast("the same, at worst of five draws", 91, tenthAtWorst, points),
        atLeast("50 units gone", 65, half, points),
        atLeast("30 % of the first layer's weights put to 0", 94, third, points),
      ],
      curves: drawn(damaged),
    };
  },
};
