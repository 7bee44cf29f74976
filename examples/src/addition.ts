// A recurrent net learns to add two numbers as one does by hand: digit under digit from the right, with the carry
// kept in mind. What it has learnt of five digits holds for thirty.

import { concat, fromData, oneHot, pad, random, type Tensor } from "neurite";
import { dense, simpleRnn } from "neurite/nn";
import { loadWeights, type Model, saveModel, sequential } from "neurite/train";

/** Digits from the right, with a 0 at the end for the last carry: int32 [2, count, digits + 1]. */
function pairs(count: number, digits: number, seed: number): Tensor {
  const drawn = random.randint(random.key(seed), [2, count, digits], 0, 10);
  return pad(drawn, [
    [0, 0],
    [0, 0],
    [0, 1],
  ]);
}

/** What the net sees at each step: one digit of each number, as ten flags each. */
function inputs(numbers: Tensor): Tensor {
  return concat([oneHot(numbers.at(0), 10), oneHot(numbers.at(1), 10)], -1);
}

/** Rows of digits from the right as numbers of any size. */
function valuesOf(digits: Tensor): bigint[] {
  return (digits.toArray() as number[][]).map((row) => BigInt(row.toReversed().join("")));
}

/** The digits of the sums, from the right. */
function sums(numbers: Tensor): Tensor {
  const [a, b] = [valuesOf(numbers.at(0)), valuesOf(numbers.at(1))];
  const steps = numbers.shape.at(-1)!;
  const rows = a.map((n, i) => [...String(n + b[i]!).padStart(steps, "0")].reverse().map(Number));
  return fromData(Int32Array.from(rows.flat()), [a.length, steps]);
}

function adder(digits: number): Model {
  return sequential(
    [digits + 1, 20],
    simpleRnn(48, { returnSequences: true }),
    dense(10, { activation: "softmax" }),
  ).with({ seed: 1 });
}

/** The share of sums without a mistake. */
async function rightOf(model: Model, numbers: Tensor): Promise<string> {
  const told = (await model.predict(inputs(numbers))).argmax(-1);
  const right = told.equal(sums(numbers)).all(1).cast("float32").mean().item();
  return `${(100 * right).toFixed(1)} %`;
}

const [seen, unseen] = [pairs(2000, 5, 1), pairs(500, 5, 2)];
const model = adder(5);
model.compile({
  loss: "sparseCategoricalCrossentropy",
  optimizer: { name: "adam", learningRate: 0.005 },
});
await model.fit(inputs(seen), sums(seen), { epochs: 60, batchSize: 50 });
console.log(`five digits, unseen: ${await rightOf(model, unseen)} of the sums right`);

const long = adder(30);
loadWeights(long, saveModel(model));
const numbers = pairs(500, 30, 3);
console.log(`thirty digits:       ${await rightOf(long, numbers)}`);
const one = numbers.at(":", "0:1");
const told = (await long.predict(inputs(one))).argmax(-1);
const [a, b, sum] = [one.at(0), one.at(1), told].map((digits) => String(valuesOf(digits)[0]));
for (const line of [a!, `+ ${b}`, `= ${sum}`]) console.log(line.padStart(33));
