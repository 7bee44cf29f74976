// A layer of one's own: the distances of an example to some centers that are learnt. Its shape function
// tells the compiler what comes out, so the layers around it are checked.

import { random, type Tensor } from "neurite";
import { moons } from "neurite/data";
import { dense, type Fn, type Layer } from "neurite/nn";
import { sequential } from "neurite/train";

/** [inputs] to [Centers]; anything else is a sentence in place of the layer. */
interface Distances<Centers extends number> extends Fn {
  readonly out: this["in"] extends readonly [number]
    ? [Centers]
    : "radial: expects one axis; put flatten() before it";
}

/** exp(-|x - c|^2) for each center c. Parameter c [centers, inputs]. */
function radial<const N extends number>(centers: N): Layer<Distances<N>> {
  return {
    kind: "radial",
    spec: null,
    outputShape: () => [centers],
    init: (key, [inputs], dtype) => ({
      params: { c: random.normal(key, [centers, inputs!], { dtype }) },
      state: {},
    }),
    apply: ({ params, state }, x) => {
      const c = params["c"] as Tensor; //                          (centers, inputs)
      const each: Tensor = x.expandDims(1).sub(c); //               (batch, centers, inputs)
      return { y: each.square().sum(2).neg().exp(), state };
    },
  };
}

const { train, test } = moons({ samples: 600, noise: 0.1, seed: 1 });
const model = sequential([2], radial(12), dense(1, { activation: "sigmoid" }));
model.compile({
  loss: "binaryCrossentropy",
  optimizer: { name: "adam", learningRate: 0.05 },
  metrics: ["accuracy"],
});
await model.fit(train.x, train.y, { epochs: 30, batchSize: 20 });
console.log(model.summary());
const { loss, accuracy } = await model.evaluate(test.x, test.y);
console.log(`two moons: loss ${loss.toFixed(3)}, accuracy ${accuracy!.toFixed(3)}`);

// @ts-expect-error radial: expects one axis; put flatten() before it
const wrong = () => sequential([2, 2], radial(12));
console.log(`a shape that does not fit is refused by the compiler: ${typeof wrong}`);
