// One epoch of a very small network3 in plain numbers, by differences instead of derivatives: what the engine's is
// held against.

/** One convolution of 5x5 and pool of 2x2, one fully connected layer, softmax; all sigmoid. */
export interface HandSizes {
  readonly side: number;
  readonly maps: number;
  readonly hidden: number;
  readonly classes: number;
}

/** [5, 5, 1, maps], [maps], [inputs, hidden], [hidden], [hidden, classes], [classes], each end to end. */
export type HandParameters = readonly [
  kernels: Float64Array,
  mapBiases: Float64Array,
  w: Float64Array,
  b: Float64Array,
  outputs: Float64Array,
  outputBiases: Float64Array,
];

/** A picture with values from 0 to 1, row by row, and its class. */
export interface HandExample {
  readonly picture: ArrayLike<number>;
  readonly label: number;
}

const K = 5;
const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));
const isWeight = (parameter: number): boolean => parameter % 2 === 0;

/** sigma(max over 2x2 of the convolution, + b), whose kernel is turned around: row by row, map by map. */
function mapsByHand(
  { side, maps }: HandSizes,
  [kernels, biases]: readonly [Float64Array, Float64Array, ...unknown[]],
  picture: ArrayLike<number>,
): number[] {
  const convolved = (row: number, column: number, map: number) => {
    let total = 0;
    for (let i = 0; i < K; i++) {
      for (let j = 0; j < K; j++) {
        // w_ij meets the pixel as far from the window's end as it is from the kernel's start.
        const pixel = picture[(row + K - 1 - i) * side + (column + K - 1 - j)]!;
        total += pixel * kernels[(i * K + j) * maps + map]!;
      }
    }
    return total;
  };
  const places = (side - K + 1) / 2;
  const out: number[] = [];
  for (let row = 0; row < places; row++) {
    for (let column = 0; column < places; column++) {
      for (let map = 0; map < maps; map++) {
        const four = [0, 1].flatMap((i) =>
          [0, 1].map((j) => convolved(2 * row + i, 2 * column + j, map)),
        );
        out.push(sigmoid(Math.max(...four) + biases[map]!));
      }
    }
  }
  return out;
}

function layer(a: readonly number[], w: Float64Array, b: Float64Array): number[] {
  return [...b].map((bias, k) => a.reduce((z, one, i) => z + one * w[i * b.length + k]!, bias));
}

/** The mean of -ln p(label), and lambda / 2 sum w^2 over the minibatches of an epoch. */
function costByHand(
  sizes: HandSizes,
  parameters: HandParameters,
  batch: readonly HandExample[],
  penalty: number,
): number {
  const [, , w, b, outputs, outputBiases] = parameters;
  let cost = 0;
  for (const { picture, label } of batch) {
    const hidden = layer(mapsByHand(sizes, parameters, picture), w, b).map(sigmoid);
    const z = layer(hidden, outputs, outputBiases);
    cost += (Math.log(z.reduce((sum, one) => sum + Math.exp(one), 0)) - z[label]!) / batch.length;
  }
  const weights = parameters.filter((_, k) => isWeight(k));
  return (
    cost + weights.flatMap((one) => [...one]).reduce((sum, x) => sum + (penalty / 2) * x * x, 0)
  );
}

/** How the epoch goes. */
export interface HandEpoch {
  readonly eta: number;
  readonly lambda: number;
  readonly miniBatch: number;
}

const STEP = 1e-5;

/** The parameters after one epoch over the examples in their order. */
export function epochByHand(
  sizes: HandSizes,
  start: HandParameters,
  examples: readonly HandExample[],
  { eta, lambda, miniBatch }: HandEpoch,
): HandParameters {
  const now = start.map((one) => Float64Array.from(one)) as unknown as HandParameters;
  const penalty = lambda / (examples.length / miniBatch);
  for (let from = 0; from < examples.length; from += miniBatch) {
    const batch = examples.slice(from, from + miniBatch);
    const slopes = now.map((parameter) =>
      Float64Array.from(parameter, (value, k) => {
        const costAt = (x: number) => {
          parameter[k] = x;
          return costByHand(sizes, now, batch, penalty);
        };
        const slope = (costAt(value + STEP) - costAt(value - STEP)) / (2 * STEP);
        parameter[k] = value;
        return slope;
      }),
    );
    now.forEach((parameter, p) => {
      slopes[p]!.forEach((slope, k) => {
        parameter[k]! -= eta * slope;
      });
    });
  }
  return now;
}
