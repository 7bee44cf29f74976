// Nielsen's network2.py to the digit: seeded runs on MNIST, in float64, with the random streams of
// NumPy and Python 2.

import { expectArgument, type Kind, object } from "../../../checks/arguments.ts";
import { ArgumentError } from "../../../checks/errors.ts";
import { type Examples, splitExamples } from "../../../data/dataset.ts";
import { showType } from "../../../ir/type.ts";
import type { Variable } from "../../../runtime/state/variable.ts";
import type { Mnist } from "../../shared/mnist.ts";
import { NumpyRandom, PythonRandom } from "../../shared/mt19937.ts";
import type { Network2 } from "./json.ts";
import {
  compileJudge,
  compileStep,
  drawLayers,
  type Judgement,
  type Layers,
  readNetwork,
} from "./net.ts";
import {
  expectNetwork2Options,
  INPUTS,
  type Network2Options,
  TRAINING_IMAGES,
  VALIDATION_IMAGES,
} from "./options.ts";

export type { Network2Options } from "./options.ts";

const MNIST: Kind = {
  says: "MNIST, as loadMnist() gives",
  fits: (data) =>
    object.fits(data) && object.fits((data as Mnist).train) && object.fits((data as Mnist).test),
};

/** What network2 reports at the end of an epoch. */
export interface Network2Epoch {
  /** Counted from 0. */
  readonly epoch: number;
  readonly evaluationCost: number;
  readonly evaluationCorrect: number;
  readonly trainingCost: number;
  readonly trainingCorrect: number;
}

/** The two generators that a script seeds before it makes a network. */
interface Streams {
  readonly numpy: NumpyRandom;
  readonly python: PythonRandom;
}

/** A network that is trained an epoch at a time, and judged where one asks. */
export interface Network2Training {
  /** The weights as they are now, [inputs, outputs] layer by layer. */
  readonly net: Layers<Variable>;
  /** Goes on by an epoch; `afterStep` is called after each of its steps. */
  epoch(afterStep?: () => void): void;
  /** Cost and count over the first images of the set that is monitored, all by default. */
  onEvaluation(count?: number): Judgement;
  onTraining(): Judgement;
}

/**
 * What runNetwork2() does in parts: the same streams, the same numbers.
 * @throws ArgumentError as runNetwork2()
 */
export function startNetwork2(options: Network2Options, data: Mnist): Network2Training {
  expectNetwork2Options(options);
  expectArgument("network2", "data", data, MNIST);
  expectImages(data.train);
  expectImages(data.test);
  const [training, validation] = splitExamples(data.train, [TRAINING_IMAGES, VALIDATION_IMAGES]);
  const evaluation = options.monitor === "test" ? data.test : validation!;
  const { seed, train, miniBatch } = options;
  const streams: Streams = { numpy: new NumpyRandom(seed), python: new PythonRandom(seed) };
  const net = drawLayers(streams.numpy, options);
  const step = compileStep(net, options);
  const judge = compileJudge(net, options);
  const order = firstRows(train);
  return {
    net,
    epoch(afterStep) {
      streams.python.shuffle(order); // what the epoch before has shuffled already
      for (let start = 0; start < train; start += miniBatch) {
        step(training!, order.subarray(start, start + miniBatch));
        afterStep?.();
      }
    },
    onEvaluation: (count = evaluation.x.shape[0]!) => judge(evaluation, firstRows(count)),
    onTraining: () => judge(training!, order),
  };
}

/**
 * Trains as `Network(sizes, cost)` and its `SGD` of network2.py do, from fresh seeds, and yields the
 * report of each epoch; returns the network. The current engine must compute in float64.
 * @param data MNIST in its published order
 * @throws ArgumentError for options that network2 could not run, and for other data
 */
export function runNetwork2(
  options: Network2Options,
  data: Mnist,
): Generator<Network2Epoch, Network2, void> {
  return epochs(options, startNetwork2(options, data));
}

function* epochs(
  options: Network2Options,
  training: Network2Training,
): Generator<Network2Epoch, Network2, void> {
  const { earlyStoppingN = 0 } = options;
  let best = 0;
  let stale = 0;
  for (let epoch = 0; epoch < options.epochs; epoch++) {
    training.epoch();
    const onEvaluation = training.onEvaluation();
    const onTraining = training.onTraining();
    yield {
      epoch,
      evaluationCost: onEvaluation.cost,
      evaluationCorrect: onEvaluation.correct,
      trainingCost: onTraining.cost,
      trainingCorrect: onTraining.correct,
    };
    stale = onEvaluation.correct > best ? 0 : stale + 1;
    best = Math.max(best, onEvaluation.correct);
    if (earlyStoppingN > 0 && stale === earlyStoppingN) break;
  }
  return readNetwork(training.net, options);
}

/** The numbers of the first n rows. */
function firstRows(n: number): Int32Array {
  return Int32Array.from({ length: n }, (_, row) => row);
}

function expectImages({ x }: Examples): void {
  if (x.dtype === "uint8" && x.shape.length === 2 && x.shape[1] === INPUTS) return;
  throw new ArgumentError(`network2: expected images uint8[n, ${INPUTS}], received ${showType(x)}`);
}
