// A network with two inputs and two outputs: it reads two numbers' digits in noisy unary form, and tells
// their sum and which of them is larger.

import { fromData, random, type Tensor } from "neurite";
import { concatenateLayer, connect, dense, input, network } from "neurite/nn";
import { functionalModel } from "neurite/train";

const DIGITS = 5;

/** Digits as noisy unit vectors [n, 5]. */
function show(digits: Tensor, seed: number): Tensor {
  const rows = fromData(
    new Float32Array(DIGITS * DIGITS).map((_, i) => +(i % 6 === 0)),
    [5, 5],
  );
  const noise = random.normal(random.key(seed), [digits.size, DIGITS], { std: 0.1 });
  return rows.take(digits).add(noise);
}

function draw(seed: number, count: number) {
  const a = random.randint(random.key(seed), [count], 0, DIGITS);
  const b = random.randint(random.key(seed + 1), [count], 0, DIGITS);
  const sum = a.add(b).cast("float32").reshape([count, 1]);
  const larger = a.greater(b).cast("float32").reshape([count, 1]);
  return { x: [show(a, seed + 2), show(b, seed + 3)], y: [sum, larger] };
}

const left = input([DIGITS]);
const right = input([DIGITS]);
// One layer of features for each side, joined, and a head for each answer.
const joined = connect(
  concatenateLayer(),
  connect(dense(8, { activation: "tanh" }), left),
  connect(dense(8, { activation: "tanh" }), right),
);
const hidden = connect(dense(16, { activation: "tanh" }), joined);
const sum = connect(dense(1, { name: "sum" }), hidden);
const larger = connect(dense(1, { name: "larger", activation: "sigmoid" }), hidden);

const model = functionalModel(network([left, right], [sum, larger]), { seed: 1 });
model.compile({
  loss: ["meanSquaredError", "binaryCrossentropy"],
  optimizer: { name: "adam", learningRate: 0.01 },
});
const train = draw(10, 500);
const history = await model.fit(train.x, train.y, { epochs: 20, batchSize: 20 });
console.log(model.summary());
for (const { epoch, loss } of history.epochs.filter((_, i) => i % 5 === 4)) {
  console.log(`epoch ${epoch + 1}  loss ${loss!.toFixed(3)}`);
}

const test = draw(20, 200);
const [sums, chances] = (await model.predictAll(test.x)) as [Tensor, Tensor];
const share = (marks: Tensor): string => marks.cast("float32").mean().item().toFixed(3);
const exact = sums.sub(test.y[0]!).abs().less(0.5);
const decided = chances.greater(0.5).equal(test.y[1]!.greater(0.5));
console.log(
  `sums that round to the right one: ${share(exact)}; the larger told: ${share(decided)}`,
);
