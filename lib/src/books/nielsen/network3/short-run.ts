// The networks of Nielsen's chapter 6 on a few images: how they start, and that they learn. Whole runs take hours.

import { ensembleVote } from "../../../train/folds/ensemble.ts";
import type { Model } from "../../../train/model/model.ts";
import { below } from "../../shared/bounds.ts";
import { type Claim, claim } from "../../shared/claim.ts";
import type { Mnist } from "../../shared/mnist.ts";
import { counted, experimentPoint, natural, type Parameters } from "../../shared/parameters.ts";
import { countLearnt } from "./layers.ts";
import { NETWORK3_RUNS, type Network3Name, type Network3Run } from "./runs.ts";
import { type Network3Data, network3Data, network3Model, trainNetwork3 } from "./train.ts";

/** What the experiment may be told instead. */
export interface ShortRunPoint {
  readonly images: number;
  readonly epochs: number;
  readonly seed: number;
}

/** The book's networks, on few images. */
export const PARAMETERS: Parameters<ShortRunPoint> = {
  images: counted("images of each part: to learn from, to choose by, to be judged by", 100),
  epochs: counted("epochs", 3),
  seed: natural("what the weights are drawn by", 1),
};

/** The share of the test images that several networks together have right, in percent. */
export async function percentOfVote(models: readonly Model[], data: Network3Data): Promise<number> {
  const votes = (await ensembleVote(models, data.test.x)).data;
  const { data: digits } = data.test.y;
  let right = 0;
  for (let i = 0; i < digits.length; i++) if (votes[i] === digits[i]) right++;
  return (100 * right) / digits.length;
}

/** The book's figure of one of the chapter's networks beside ours after a short run, without a verdict. */
export async function claims(
  name: Network3Name,
  mnist: () => Promise<Mnist>,
  given: Partial<ShortRunPoint> = {},
): Promise<Claim[]> {
  const run: Network3Run = NETWORK3_RUNS[name];
  const { images, epochs, seed } = experimentPoint(name, PARAMETERS, given);
  const data = network3Data(await mnist(), { expanded: false }, images);
  const models = Array.from({ length: run.voters }, (_, voter) => network3Model(run, seed + voter));
  const [first] = models as [Model];
  const { x, y } = data.train;
  const before = (await first.evaluate(x, y)).loss;
  for (const model of models) await trainNetwork3(model, data, epochs);
  const after = (await first.evaluate(x, y)).loss;
  return [
    claim("numbers that it learns", countLearnt(run), parametersOf(first), 0),
    claim("cost before: ln 10, since the last layer is 0", Math.LN10, before, 1e-6),
    // With half of everything dropped, it takes more steps than a short run has.
    ...(run.dropout > 0 ? [] : [below("cost after / cost before", 1, after / before)]),
    {
      name: `% of test images right, ${run.epochs} epochs of ${imagesOf(run)} images`,
      expected: run.percent,
      actual: await percentOfVote(models, data),
      tolerance: 0.005,
      holds: null,
      note: `Ours: ${epochs} epochs of ${x.shape[0]} images. The whole run: neurite reproduce ${name} --full.`,
    },
  ];
}

function parametersOf(model: Model): number {
  return [...model.instance.params.variables].reduce((sum, [, { data }]) => sum + data.length, 0);
}

function imagesOf({ expanded }: Network3Run): string {
  return expanded ? "250,000" : "50,000";
}
