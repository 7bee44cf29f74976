// The network of Nielsen's network2.py as two programs: a step of gradient descent, and a judgement.

import type { Examples } from "../../../data/dataset.ts";
import { compile } from "../../../runtime/compiled/compile.ts";
import { grad } from "../../../runtime/derivatives/autodiff.ts";
import { customVjp } from "../../../runtime/derivatives/custom.ts";
import { Variable } from "../../../runtime/state/variable.ts";
import { Tensor } from "../../../runtime/values/tensor.ts";
import { equal, where } from "../../../tensor/comparison.ts";
import { fromData, oneHot } from "../../../tensor/create.ts";
import {
  add,
  cast,
  log,
  minimum,
  mul,
  neg,
  sigmoid,
  square,
  sub,
} from "../../../tensor/elementwise.ts";
import { matmul } from "../../../tensor/linear.ts";
import { reshape, transpose } from "../../../tensor/movement.ts";
import { argmax, sum } from "../../../tensor/reduce.ts";
import type { NumpyRandom } from "../../shared/mt19937.ts";
import type { Network2 } from "./json.ts";
import { INPUTS, type Network2Options, OUTPUTS } from "./options.ts";

export interface Layers<T extends Tensor = Tensor> {
  /** [inputs, outputs]: network2's own, transposed. */
  readonly weights: readonly T[];
  /** [outputs] */
  readonly biases: readonly T[];
}

/** NumPy's draws: all biases, then all weights; "large" draws after the constructor's default. */
export function drawLayers(numpy: NumpyRandom, { sizes, init }: Network2Options): Layers<Variable> {
  const draw = (divisor: (inputs: number) => number): Layers<Variable> => {
    const drawn = sizes.slice(1).map((outputs) => numpy.randnArray(outputs));
    const biases = drawn.map((b) => new Variable(fromData(b, [b.length])));
    const weights = sizes.slice(1).map((outputs, layer) => {
      const inputs = sizes[layer]!;
      const w = numpy.randnArray(outputs * inputs).map((x) => x / divisor(inputs));
      return new Variable(transpose(fromData(w, [outputs, inputs])));
    });
    return { weights, biases };
  };
  const byConstructor = draw(Math.sqrt);
  return init === "default" ? byConstructor : draw(() => 1);
}

/** The net inputs of the output layer, of pixels from 0 to 255: (m, 784) to (m, 10). */
function netInputs({ weights, biases }: Layers, pixels: Tensor): Tensor {
  let a = mul(cast(pixels, "float64"), 1 / 256);
  let z = a;
  weights.forEach((w, layer) => {
    z = add(matmul(a, w), biases[layer]!);
    a = sigmoid(z);
  });
  return z;
}

/** What each output neuron adds to the cost, from activations and targets of 0 or 1. */
const TERMS: Record<Network2Options["cost"], (a: Tensor, y: Tensor) => Tensor> = {
  // -y ln a - (1 - y) ln(1 - a) without its 0 ln 0; infinity becomes finite, as nan_to_num has it.
  "cross-entropy": (a, y) => minimum(neg(log(where(equal(y, 1), a, sub(1, a)))), Number.MAX_VALUE),
  quadratic: (a, y) => mul(square(sub(a, y)), 0.5),
};

/**
 * The cross-entropy's terms from net inputs, with the derivative that network2 uses: a - y. Autodiff
 * would divide by a or 1 - a and multiply by it again: rounded otherwise, and NaN when that is 0.
 */
function crossEntropyOf(z: Tensor, y: Tensor): Tensor {
  const crossEntropy = (logits: Tensor) => TERMS["cross-entropy"](sigmoid(logits), y);
  return customVjp(crossEntropy, ([logits], _terms, ct) => [mul(ct, sub(sigmoid(logits!), y))])(z);
}

type Step = (examples: Examples, rows: Int32Array) => void;

/** A step on the minibatch of some rows: w = (1 - eta lambda/n) w - (eta/m) sum of gradients. */
export function compileStep(
  net: Layers<Variable>,
  { cost, eta, lambda, train, miniBatch }: Network2Options,
): Step {
  const costOf = (layers: Layers, x: Tensor, y: Tensor): Tensor => {
    const z = netInputs(layers, x);
    return sum(cost === "quadratic" ? TERMS.quadratic(sigmoid(z), y) : crossEntropyOf(z, y));
  };
  const decay = 1 - eta * (lambda / train);
  const step = compile((x: Tensor, labels: Tensor) => {
    const rate = eta / x.type.shape[0]!;
    const gradient = grad(costOf)(net, x, oneHot(labels, OUTPUTS, "float64"));
    net.weights.forEach((w, layer) => {
      w.assign(sub(mul(w, decay), mul(gradient.weights[layer]!, rate)));
    });
    net.biases.forEach((b, layer) => {
      b.assign(sub(b, mul(gradient.biases[layer]!, rate)));
    });
  });
  const pick = makePick(Math.min(miniBatch, train));
  return (examples, rows) => step(...pick(examples, rows));
}

/** The cost over some images, and how many of them are right. */
export interface Judgement {
  readonly cost: number;
  readonly correct: number;
}

type Judge = (examples: Examples, rows: Int32Array) => Judgement;

/** Images to judge at a time, which bounds the memory. */
const CHUNK = 1_000;

/** network2's `total_cost`, where lambda is divided by the number of images judged, and `accuracy`. */
export function compileJudge(net: Layers<Variable>, { cost, lambda }: Network2Options): Judge {
  const judge = compile((x: Tensor, labels: Tensor) => {
    const a = sigmoid(netInputs(net, x));
    return {
      costs: sum(TERMS[cost](a, oneHot(labels, OUTPUTS, "float64")), 1),
      correct: sum(equal(argmax(a, 1), labels)), // the first of equals
    };
  });
  const squares = compile(() => net.weights.map((w): Tensor => sum(square(w))));
  const pick = makePick(CHUNK);
  return (examples, rows) => {
    const n = rows.length;
    const total = { cost: 0, correct: 0 };
    for (let start = 0; start < n; start += CHUNK) {
      const { costs, correct } = judge(...pick(examples, rows.subarray(start, start + CHUNK)));
      for (const one of costs.data) total.cost += one / n;
      total.correct += correct.item();
    }
    const norm = squares().reduce((sum, one) => sum + one.item(), 0);
    total.cost += 0.5 * (lambda / n) * norm;
    return total;
  };
}

type Pick = (examples: Examples, rows: Int32Array) => [images: Tensor, labels: Tensor];

/**
 * Some rows, at most `most`: pixels (m, 784) and labels (m). The next call overwrites the images, to save
 * the time that fresh memory takes: a program keeps none of its arguments.
 */
function makePick(most: number): Pick {
  const memory = new Uint8Array(most * INPUTS);
  return ({ x, y }, rows) => {
    const m = rows.length;
    for (let i = 0; i < m; i++) {
      const from = rows[i]! * INPUTS;
      memory.set(x.data.subarray(from, from + INPUTS), i * INPUTS);
    }
    const images = memory.subarray(0, m * INPUTS);
    const labels = Int32Array.from(rows, (row) => y.data[row]!);
    return [
      new Tensor({ type: { dtype: "uint8", shape: [m, INPUTS] }, known: images }),
      new Tensor({ type: { dtype: "int32", shape: [m] }, known: labels }),
    ];
  };
}

/** The network as network2 saves it. */
export function readNetwork(net: Layers, { sizes, cost }: Network2Options): Network2 {
  const matrix = ({ type, data }: Tensor) => ({ ...type, data });
  return {
    sizes,
    weights: net.weights.map((w) => matrix(transpose(w))),
    biases: net.biases.map((b) => matrix(reshape(b, [-1, 1]))),
    cost: cost === "quadratic" ? "QuadraticCost" : "CrossEntropyCost",
  };
}
