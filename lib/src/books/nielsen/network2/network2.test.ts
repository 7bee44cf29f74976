// network2's seeded runs on MNIST, against the numbers that network2.py prints, and against its loops
// written out plainly. `reproduce network2-runs --full` has the rest of the table.

import { beforeAll, describe, expect, it } from "vitest";
import { ArgumentError } from "../../../checks/errors.ts";
import { pickExamples } from "../../../data/dataset.ts";
import { engine } from "../../../runtime/interpreter/current.ts";
import { DIGITS } from "../../shared/digits.testing.ts";
import type { Mnist } from "../../shared/mnist.ts";
import { NumpyRandom, PythonRandom } from "../../shared/mt19937.ts";
import { decodeNetwork2, encodeNetwork2, type Network2 } from "./json.ts";
import {
  type Network2Epoch,
  type Network2Options,
  runNetwork2,
  startNetwork2,
} from "./network2.ts";

const OVERFITTING: Network2Options = {
  sizes: [784, 30, 10],
  cost: "cross-entropy",
  init: "large",
  eta: 0.5,
  lambda: 0,
  miniBatch: 10,
  epochs: 2,
  train: 1000,
  monitor: "test",
  seed: 12345678,
};

let mnist: Mnist;
/** The same with 40 test images, for runs that are about training. */
let small: Mnist;

beforeAll(async () => {
  mnist = await DIGITS.mnist();
  const rows = Array.from({ length: 40 }, (_, row) => row);
  small = { train: mnist.train, test: pickExamples(mnist.test, rows) };
});

/** The epochs' reports and the network at the end. */
function run(options: Network2Options, data: Mnist): { epochs: Network2Epoch[]; net: Network2 } {
  const epochs: Network2Epoch[] = [];
  const running = runNetwork2(options, data);
  for (;;) {
    const { done, value } = running.next();
    if (done) return { epochs, net: value };
    epochs.push(value);
  }
}

function expectWithin(actual: number, expected: number, tolerance: number): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(tolerance);
}

describe("1,000 images, large initialisation, eta 0.5", () => {
  it("lambda 0, on the compiler's engine", () => {
    expect(engine().name).toBe("wasm");
    const [first, second] = run(OVERFITTING, mnist).epochs;
    expect(first!.epoch).toBe(0);
    expect(first!.evaluationCorrect).toBe(5887);
    expectWithin(first!.evaluationCost, 2.076277232332908, 1e-10);
    expect(first!.trainingCorrect).toBe(690);
    expectWithin(first!.trainingCost, 1.8433647860328504, 1e-10);
    expect(second!.epoch).toBe(1);
    expect(second!.evaluationCorrect).toBe(6505);
  });

  it("lambda 0.1", () => {
    const { epochs } = run({ ...OVERFITTING, lambda: 0.1 }, mnist);
    expect(epochs.map((epoch) => epoch.evaluationCorrect)).toEqual([5898, 6512]);
  });
});

describe("all 50,000 images, the first epoch", () => {
  /** Without the report on the training images, which nothing here asks for. */
  const firstEpoch = (options: Partial<Network2Options>) => {
    const training = startNetwork2({ ...OVERFITTING, ...options, train: 50_000 }, mnist);
    training.epoch();
    return training.onEvaluation();
  };

  it("large initialisation, eta 0.5, lambda 0", () => {
    const { correct, cost } = firstEpoch({});
    expect(correct).toBe(9136);
    expectWithin(cost, 0.5613559005863086, 1e-10);
  });

  it("default initialisation, eta 0.1, lambda 5, validation", () => {
    const options = { init: "default", eta: 0.1, lambda: 5, monitor: "validation" } as const;
    expect(firstEpoch(options).correct).toBe(9270);
  });
});

describe("against plain loops", () => {
  const options: Network2Options = {
    ...OVERFITTING,
    sizes: [784, 12, 7, 10],
    init: "default",
    eta: 0.7,
    lambda: 2,
    train: 25, // two full minibatches and a half
    seed: 7,
  };

  for (const cost of ["cross-entropy", "quadratic"] as const) {
    it(cost, () => {
      const { epochs, net } = run({ ...options, cost }, small);
      const plain = runPlainly({ ...options, cost }, mnist);
      for (const key of ["weights", "biases"] as const) {
        net[key].forEach(({ data }, layer) => {
          const apart = plain[key][layer]!.map((x, i) => Math.abs(x - data[i]!));
          expectWithin(Math.max(...apart), 0, 1e-13);
        });
      }
      expectWithin(epochs.at(-1)!.trainingCost, plain.trainingCost, 1e-13);
    });
  }
});

it("returns a network that network2.py could load", () => {
  const { net } = run({ ...OVERFITTING, epochs: 1, train: 10 }, small);
  expect(decodeNetwork2(encodeNetwork2(net))).toEqual(net);
  expect(net.cost).toBe("CrossEntropyCost");
  expect(net.weights.map(({ shape }) => shape)).toEqual([
    [30, 784],
    [10, 30],
  ]);
});

it("learns on when outputs are saturated on the wrong side", () => {
  const { net } = run({ ...OVERFITTING, eta: 1e4, epochs: 2, train: 20 }, small);
  for (const { data } of [...net.weights, ...net.biases]) {
    expect(data.every(Number.isFinite)).toBe(true);
  }
});

it("stops early", () => {
  const { epochs } = run(
    { ...OVERFITTING, eta: 0, epochs: 9, train: 10, earlyStoppingN: 3 },
    small,
  );
  expect(epochs).toHaveLength(4);
});

it("refuses what network2 could not run", () => {
  const wrong: Partial<Network2Options>[] = [
    { sizes: [784] },
    { sizes: [784, 30, 9] },
    { sizes: [784, 0, 10] },
    { miniBatch: 0 },
    { epochs: -1 },
    { train: 50_001 },
    { eta: Number.NaN },
    { lambda: Number.POSITIVE_INFINITY },
    { seed: -1 },
    { earlyStoppingN: 0.5 },
  ];
  for (const options of wrong) {
    expect(() => runNetwork2({ ...OVERFITTING, ...options }, mnist)).toThrow(ArgumentError);
  }
  const flipped = { train: mnist.test, test: mnist.train };
  expect(() => runNetwork2(OVERFITTING, flipped)).toThrow(ArgumentError);
});

interface Plain {
  readonly weights: Float64Array[];
  readonly biases: Float64Array[];
  trainingCost: number;
}

/** The same with one image at a time, layer by layer, and backpropagation by hand. */
function runPlainly(options: Network2Options, { train: { x, y } }: Mnist): Plain {
  const { sizes, eta, lambda, miniBatch, train, seed } = options;
  const numpy = new NumpyRandom(seed);
  const python = new PythonRandom(seed);
  const biases = sizes.slice(1).map((n) => numpy.randnArray(n));
  const weights = sizes
    .slice(1)
    .map((n, l) => numpy.randnArray(n * sizes[l]!).map((w) => w / Math.sqrt(sizes[l]!)));
  const target = (image: number) => unit(y.data[image]!);
  const forward = (image: number): Float64Array[] => {
    const pixels = x.data.subarray(image * 784, (image + 1) * 784);
    const activations = [Float64Array.from(pixels, (pixel) => pixel / 256)];
    weights.forEach((w, l) => {
      const z = biases[l]!.map((b, j) => b + dot(w, activations[l]!, j));
      activations.push(z.map((zj) => 1 / (1 + Math.exp(-zj))));
    });
    return activations;
  };
  const order = Array.from({ length: train }, (_, i) => i);
  for (let epoch = 0; epoch < options.epochs; epoch++) {
    python.shuffle(order);
    for (let start = 0; start < train; start += miniBatch) {
      const images = order.slice(start, start + miniBatch);
      const gradW = weights.map((w) => w.map(() => 0));
      const gradB = biases.map((b) => b.map(() => 0));
      for (const image of images) {
        const a = forward(image);
        let delta = a.at(-1)!.map((aj, j) => aj - target(image)[j]!);
        if (options.cost === "quadratic") {
          delta = delta.map((d, j) => d * a.at(-1)![j]! * (1 - a.at(-1)![j]!));
        }
        for (let l = weights.length - 1; l >= 0; l--) {
          const below = a[l]!;
          delta.forEach((d, j) => {
            gradB[l]![j]! += d;
            below.forEach((ai, i) => {
              gradW[l]![j * below.length + i]! += d * ai;
            });
          });
          const back = below.map((_, i) =>
            delta.reduce((total, d, j) => total + weights[l]![j * below.length + i]! * d, 0),
          );
          delta = back.map((d, i) => d * below[i]! * (1 - below[i]!));
        }
      }
      const rate = eta / images.length;
      const decay = 1 - eta * (lambda / train);
      weights.forEach((w, l) => w.forEach((_, i) => (w[i] = decay * w[i]! - rate * gradW[l]![i]!)));
      biases.forEach((b, l) => b.forEach((_, j) => (b[j] = b[j]! - rate * gradB[l]![j]!)));
    }
  }
  const norm = weights.reduce((total, w) => total + w.reduce((sum, wi) => sum + wi * wi, 0), 0);
  let trainingCost = (lambda / train / 2) * norm;
  for (const image of order) {
    forward(image)
      .at(-1)!
      .forEach((a, j) => {
        const yj = target(image)[j]!;
        const crossEntropy = -yj * Math.log(a) - (1 - yj) * Math.log(1 - a);
        trainingCost += (options.cost === "quadratic" ? (a - yj) ** 2 / 2 : crossEntropy) / train;
      });
  }
  return { weights, biases, trainingCost };
}

function unit(label: number): number[] {
  return Array.from({ length: 10 }, (_, j) => (j === label ? 1 : 0));
}

/** Row j of w times a. */
function dot(w: Float64Array, a: Float64Array, j: number): number {
  return a.reduce((total, ai, i) => total + w[j * a.length + i]! * ai, 0);
}
