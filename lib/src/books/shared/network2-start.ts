// The net with which Nielsen's network2.py begins, from its own random stream.

import { fromData } from "../../tensor/create.ts";
import { div } from "../../tensor/elementwise.ts";
import { transpose } from "../../tensor/movement.ts";
import { NumpyRandom } from "./mt19937.ts";
import type { SmallNet } from "./small-net.ts";

/** All biases from N(0, 1), then all weights from N(0, 1 / inputs), as its constructor draws after a seed. */
export function drawNetwork2(sizes: readonly number[], seed: number): SmallNet {
  const numpy = new NumpyRandom(seed);
  const biases = sizes.slice(1).map((units) => fromData(numpy.randnArray(units), [units]));
  const weights = sizes.slice(1).map((units, l) => {
    const inputs = sizes[l]!;
    const drawn = fromData(numpy.randnArray(units * inputs), [units, inputs]);
    return transpose(div(drawn, Math.sqrt(inputs)));
  });
  return { weights, biases };
}
