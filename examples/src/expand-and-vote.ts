// More digits out of those that there are, and three nets that vote: a thousand images, each of them moved up,
// down, left and right by a pixel besides (Nielsen, chapter 6).

import { fromData } from "neurite";
import { expandShifts, pickExamples } from "neurite/data";
import { loadMnist } from "neurite/data/node";
import { dense, rescaling } from "neurite/nn";
import { ensembleVote, type Model, sequential } from "neurite/train";

const { train, test } = await loadMnist();
const first = (count: number) => Int32Array.from({ length: count }, (_, i) => i);
const few = pickExamples(train, first(1000));
const many = expandShifts(few);
const unseen = pickExamples(test, first(1000));

/** A net from a start of its own, trained in 250 steps, however many examples there are. */
async function trained({ x, y }: typeof few, seed: number): Promise<Model> {
  const model = sequential(
    [784],
    rescaling(1 / 255),
    dense(64, { activation: "relu" }),
    dense(10, { activation: "softmax" }),
  ).with({ seed });
  model.compile({
    loss: "sparseCategoricalCrossentropy",
    optimizer: { name: "adam", learningRate: 0.003 },
    metrics: ["accuracy"],
  });
  await model.fit(x, y, { epochs: 10_000 / x.shape[0]!, batchSize: 40 });
  return model;
}

const percent = (share: number) => `${(100 * share).toFixed(2)} %`;

/** Trains three nets. @returns what each of them has right of digits that none has seen, and what all three by vote */
async function judged(examples: typeof few): Promise<string> {
  const models = await Promise.all([1, 2, 3].map((seed) => trained(examples, seed)));
  const alone = await Promise.all(models.map((model) => model.evaluate(unseen.x, unseen.y)));
  const voted = await ensembleVote(models, unseen.x);
  const right = voted.equal(fromData(Int32Array.from(unseen.y.data), unseen.y.shape));
  const shares = alone.map(({ accuracy }) => percent(accuracy!)).join(", ");
  return `${shares}; by vote ${percent(right.cast("float32").mean().item())}`;
}

console.log(`${few.x.shape[0]} images: ${await judged(few)}`);
console.log(`${many.x.shape[0]} images: ${await judged(many)}`);
