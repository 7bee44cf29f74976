// "30 seconds to Keras", line by line: a 100-64-10 network on points about ten centers.

import { oneHot, random, type Tensor } from "neurite";
import { activation, dense } from "neurite/nn";
import { sequential } from "neurite/train";

export interface Values {
  readonly hidden: number;
  readonly optimizer: "sgd" | "adam";
  readonly epochs: number;
}

// Points in 100 dimensions about ten centers, which are the classes.
const centers = random.normal(random.key(1), [10, 100]);
function draw(seed: number, count: number): [x: Tensor, y: Tensor] {
  const labels = random.randint(random.key(seed), [count], 0, 10);
  const noise = random.normal(random.key(seed + 1), [count, 100], { std: 2 });
  return [centers.take(labels).add(noise), oneHot(labels, 10)];
}

export async function run({ hidden, optimizer, epochs }: Values) {
  const [xTrain, yTrain] = draw(2, 1000);
  const [xTest, yTest] = draw(4, 500);

  const model = sequential();
  model.add(dense(hidden, { inputShape: [100] }));
  model.add(activation("relu"));
  model.add(dense(10));
  model.add(activation("softmax"));

  model.compile({ loss: "categorical_crossentropy", optimizer, metrics: ["accuracy"] });
  const history = await model.fit(xTrain, yTrain, { epochs, batchSize: 32 });
  const test = await model.evaluate(xTest, yTest, { batchSize: 32 });

  const sizeOf = ({ shape }: { readonly shape: readonly number[] }) =>
    shape.reduce((product, length) => product * length, 1);
  const sizes = [...model.instance.params.variables.values()].map(sizeOf);
  return {
    numbers: {
      parameters: sizes.reduce((sum, size) => sum + size, 0),
      loss: test.loss,
      accuracy: test["accuracy"]!,
    },
    curves: {
      accuracyCurve: {
        x: history.epochs.map(({ epoch }) => epoch + 1),
        y: history.epochs.map(({ accuracy }) => accuracy!),
      },
    },
  };
}
