// "Getting started: 30 seconds to Keras", the snippet that the NNDL slides quote, line by line. It is in
// Keras 1: output_dim is units now, and nb_epoch is epochs.

import { oneHot, random, type Tensor } from "neurite";
import { activation, dense } from "neurite/nn";
import { sequential } from "neurite/train";

// Points in 100 dimensions about ten centers, which are the classes.
const centers = random.normal(random.key(1), [10, 100]);
function draw(seed: number, count: number): [x: Tensor, y: Tensor] {
  const labels = random.randint(random.key(seed), [count], 0, 10);
  const noise = random.normal(random.key(seed + 1), [count, 100], { std: 2 });
  return [centers.take(labels).add(noise), oneHot(labels, 10)];
}
const [xTrain, yTrain] = draw(2, 1000);
const [xTest, yTest] = draw(4, 500);

const model = sequential(); //                                   model = Sequential()
model.add(dense(64, { inputShape: [100] })); //                  Dense(output_dim=64, input_dim=100)
model.add(activation("relu")); //                                Activation("relu")
model.add(dense(10)); //                                         Dense(output_dim=10)
model.add(activation("softmax")); //                             Activation("softmax")

model.compile({
  loss: "categorical_crossentropy",
  optimizer: "sgd",
  metrics: ["accuracy"],
});

const history = await model.fit(xTrain, yTrain, { epochs: 5, batchSize: 32 });

const loss = await model.evaluate(xTest, yTest, { batchSize: 32 });

console.log(model.summary());
for (const { epoch, loss: cost, accuracy } of history.epochs) {
  console.log(`epoch ${epoch + 1}  loss ${cost!.toFixed(3)}  accuracy ${accuracy!.toFixed(3)}`);
}
console.log(`test     loss ${loss.loss.toFixed(3)}  accuracy ${loss["accuracy"]!.toFixed(3)}`);
