// The layers of Nielsen's network3.py, with its order of steps and its ways to start.

import { ShapeError } from "../../../checks/errors.ts";
import { type Shape, showShape, sizeOf } from "../../../ir/shape.ts";
import { weighted } from "../../../nn/layers/core/weighted.ts";
import { dense, dropout, flatten, type Layer, rescaling } from "../../../nn/layers/index.ts";
import { flip } from "../../../tensor/movement.ts";
import { convolve2d } from "../../../tensor/windows/convolution.ts";
import { maxPool } from "../../../tensor/windows/pooling.ts";

/** The activation functions that the chapter's networks have. */
export type Network3Activation = "sigmoid" | "relu";

/** What a network of chapter 6 consists of. */
export interface Network3Shape {
  /** Feature maps of each convolution by 5x5, which a pool of 2x2 follows. */
  readonly maps: readonly number[];
  /** Units of each fully connected layer. */
  readonly hidden: readonly number[];
  /** Of all layers but the last, which is softmax. */
  readonly activation: Network3Activation;
  /** The share of the inputs of every fully connected layer, the last included, that training drops. */
  readonly dropout: number;
}

const KERNEL = 5;
const POOL = 2;

/** Its standard normal biases. */
const BIASES = { name: "normal", std: 1 } as const;

/**
 * A true convolution, with the kernel turned around, then the largest of each 2x2, then + b, then the activation.
 * w [5, 5, channels, maps] from N(0, pool area / (maps 5 5)), whatever the channels are; b [maps] from N(0, 1).
 * @throws ShapeError for images that windows of 2x2 do not part evenly
 */
export function convPool(
  maps: number,
  activation: Network3Activation,
  kernel: number = KERNEL,
  pool: number = POOL,
): Layer {
  const outputs = (maps * kernel ** 2) / pool ** 2;
  return {
    kind: "network3ConvPool",
    spec: null,
    outputShape: (input) => {
      const [height, width] = [0, 1].map((axis) => (input[axis]! - kernel + 1) / pool);
      if (input.length === 3 && [height, width].every((n) => Number.isInteger(n) && n! > 0)) {
        return [height!, width!, maps];
      }
      throw new ShapeError(
        `network3: expected images [height, width, channels] that a kernel of ${kernel}x${kernel} and a pool of ` +
          `${pool}x${pool} fit, received ${showShape(input)}`,
      );
    },
    ...weighted(
      maps,
      { activation, biases: BIASES, weights: { name: "normal", std: Math.sqrt(1 / outputs) } },
      (input) => [kernel, kernel, input.at(-1)!, maps],
      (x, w) => maxPool(convolve2d(x, flip(w, [0, 1])), pool),
    ),
  };
}

/** Weights from N(0, 1 / outputs), by which network3 differs from network2; biases from N(0, 1). */
export function fullyConnected(units: number, activation: Network3Activation): Layer {
  const weights = { name: "normal", std: Math.sqrt(1 / units) } as const;
  return dense(units, { activation, weights, biases: BIASES });
}

/** Ten classes; weights and biases start at 0. */
export function softmaxLayer(classes = 10): Layer {
  return dense(classes, { activation: "softmax", weights: "zeros" });
}

/** All layers, for images of bytes [28, 28, 1]. */
export function network3Layers({ maps, hidden, activation, dropout: p }: Network3Shape): Layer[] {
  // Its inputs are dropped, not its outputs; where it predicts, (1 - p) w a + b stands for w a + b.
  const dropped = (layer: Layer): Layer[] =>
    p === 0 ? [layer] : [dropout(p, { convention: "original" }), layer];
  return [
    rescaling(1 / 256),
    ...maps.map((filters) => convPool(filters, activation)),
    flatten(),
    ...hidden.flatMap((units) => dropped(fullyConnected(units, activation))),
    ...dropped(softmaxLayer()),
  ];
}

/** How many numbers such a network learns, counted layer by layer from its shape. */
export function countLearnt({ maps, hidden }: Network3Shape, image: Shape = [28, 28, 1]): number {
  let [height, width, channels] = image as [number, number, number];
  let total = 0;
  for (const filters of maps) {
    total += filters * (KERNEL ** 2 * channels + 1);
    [height, width] = [(height - KERNEL + 1) / POOL, (width - KERNEL + 1) / POOL];
    channels = filters;
  }
  let inputs = sizeOf([height, width, channels]);
  for (const units of [...hidden, 10]) {
    total += units * (inputs + 1);
    inputs = units;
  }
  return total;
}
