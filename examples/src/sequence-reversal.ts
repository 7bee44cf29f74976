// A small transformer learns to write sequences of letters backwards, and does so with sequences that it has
// never seen: each step must find out by its place where to look. After Vaswani et al. (2017).

import { fromData, random, type Tensor } from "neurite";
import { dense, embedding, positionEmbedding, transformerBlock } from "neurite/nn";
import { sequential } from "neurite/train";

const LETTERS = "abcdefgh";
const STEPS = 6;

/** Sequences of letters as numbers, and each of them backwards. */
function examples(count: number, seed: number): { x: Tensor; y: Tensor } {
  const x = random.randint(random.key(seed), [count, STEPS], 0, LETTERS.length);
  return { x, y: x.flip(1) };
}

const [train, test] = [examples(2000, 1), examples(500, 2)];

const model = sequential(
  [STEPS],
  embedding(LETTERS.length, 32, { weights: { name: "normal", std: 0.5 } }),
  positionEmbedding({ weights: { name: "normal", std: 0.5 } }),
  transformerBlock(2, { hidden: 32 }),
  dense(LETTERS.length, { activation: "softmax" }),
).with({ seed: 1 });
model.compile({
  loss: "sparseCategoricalCrossentropy",
  optimizer: { name: "adam", learningRate: 0.005 },
});

/** The share of letters of unseen sequences that stand right, and of sequences without a mistake. */
async function judge(): Promise<{ letters: number; sequences: number }> {
  const guess = (await model.predict(test.x)).argmax(-1);
  const right = guess.equal(test.y).cast("float32");
  return { letters: right.mean().item(), sequences: right.min(1).mean().item() };
}

const percent = (share: number) => `${Math.round(100 * share)}%`;
const before = await judge();
await model.fit(train.x, train.y, { epochs: 10, batchSize: 50 });
const after = await judge();

console.log(model.summary());
console.log(
  `letters in place   before: ${percent(before.letters)}, after: ${percent(after.letters)}`,
);
console.log(
  `whole sequences    before: ${percent(before.sequences)}, after: ${percent(after.sequences)}`,
);

const written = (row: Iterable<number>) => [...row].map((letter) => LETTERS[letter]).join("");
const some = fromData(Int32Array.from([0, 1, 2, 3, 4, 5, 7, 0, 3, 3, 1, 0]), [2, STEPS]);
const answers = (await model.predict(some)).argmax(-1);
for (let i = 0; i < 2; i++) {
  const [from, to] = [some, answers].map((rows) => written(rows.at(i).toArray() as number[]));
  console.log(`${from} -> ${to}`);
}
