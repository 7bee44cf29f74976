// NNDL section 4.1: activations that are not centred shift the net inputs of the next layer, and gradient
// descent goes to and fro.

import { Rng } from "../../../data/random.ts";
import { compile } from "../../../runtime/compiled/compile.ts";
import { grad } from "../../../runtime/derivatives/autodiff.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import { fromData, zeros } from "../../../tensor/create.ts";
import { mul, relu, sigmoid, sqrt, square, sub, tanh } from "../../../tensor/elementwise.ts";
import { at } from "../../../tensor/indexing.ts";
import { matmul } from "../../../tensor/linear.ts";
import { key, normal } from "../../../tensor/random.ts";
import { mean } from "../../../tensor/reduce.ts";
import { above, below, between } from "../../shared/bounds.ts";
import { type Claim, claim } from "../../shared/claim.ts";
import type { Curves } from "../../shared/curves.ts";
import {
  counted,
  experimentPoint,
  natural,
  type Parameters,
  real,
} from "../../shared/parameters.ts";
import { column, drawNet, type LabelledPoints, logisticCost } from "../../shared/small-net.ts";

type Activation = (z: Tensor) => Tensor;

/** What the experiment may be told instead. */
export interface MeanShiftPoint {
  readonly width: number;
  readonly depth: number;
  readonly examples: number;
  readonly shift: number;
  readonly rate: number;
  readonly seed: number;
}

/** The point of this experiment. */
export const PARAMETERS: Parameters<MeanShiftPoint> = {
  width: counted("units of a layer", 200),
  depth: counted("layers", 4),
  examples: counted("inputs, from N(0, 1)", 200),
  shift: real("how far from 0 the inputs of the zigzag lie", 1),
  rate: real("the learning rate of the zigzag", 0.5),
  seed: natural("what is drawn is drawn by", 1),
};

const BOOK = experimentPoint("mean-shift", PARAMETERS, {});

/** One layer of a fresh net over all examples. */
export interface LayerMeans {
  /** The mean of all activations. */
  readonly activation: number;
  /**
   * How far the means of the net inputs of single units lie from 0: the root of their mean square. Of centred
   * inputs it is near 0.
   */
  readonly shift: number;
}

/** Layer by layer of a net with weights from N(0, 1/n) and biases of 0. */
export function meansByLayer(f: Activation, point: MeanShiftPoint = BOOK): LayerMeans[] {
  const { width, depth, examples, seed } = point;
  const sizes = Array.from({ length: depth + 1 }, () => width);
  const { weights } = drawNet(sizes, seed, { std: 1 / Math.sqrt(width) });
  let a = normal(key(seed + 1), [examples, width], { dtype: "float64" });
  a = sub(a, mean(a, 0)); // centred in every feature, not only about
  return weights.map((w) => {
    const z = matmul(a, w);
    a = f(z);
    const shift = sqrt(mean(square(mean(z, 0)))).item();
    return { activation: mean(a).item(), shift };
  });
}

/** What gradient descent does to two weights, one example at a time. */
export interface Zigzag {
  /** The weights at first and after each step. */
  readonly path: readonly (readonly [number, number])[];
  /** The part of the steps that move both weights up or both down. */
  readonly alike: number;
  /** The length of the path over the distance between its ends. */
  readonly detour: number;
}

const CORNER = 0.5;
const STEPS = 100;

/** A logistic unit whose first weight must rise and whose second must fall, on inputs about `shift`. */
export function zigzag({ shift, rate, seed }: MeanShiftPoint = BOOK): Zigzag {
  const { x, y } = slantedCloud(shift, seed);
  const cost = (w: Tensor, x: Tensor, y: Tensor) => logisticCost(matmul(x, w), y);
  const slope = compile(grad(cost));
  let w: Tensor = zeros([2, 1], "float64");
  const path: (readonly [number, number])[] = [[0, 0]];
  for (let n = 0; n < x.type.shape[0]!; n++) {
    const one = `${n}:${n + 1}`;
    w = sub(w, mul(slope(w, at(x, one), at(y, one)), rate));
    path.push([w.data[0]!, w.data[1]!]);
  }
  const steps = path.slice(1).map(([u, v], n) => [u - path[n]![0], v - path[n]![1]] as const);
  const alike = steps.filter(([u, v]) => u * v > 0).length / steps.length;
  const length = steps.reduce((total, [u, v]) => total + Math.hypot(u, v), 0);
  return { path, alike, detour: length / Math.hypot(...path.at(-1)!) };
}

/** Points in a square about (shift, shift), of class 1 where the first coordinate is the larger. */
function slantedCloud(shift: number, seed: number): LabelledPoints {
  const rng = new Rng(seed);
  const offsets = Array.from({ length: STEPS }, () => [
    rng.uniform(-CORNER, CORNER),
    rng.uniform(-CORNER, CORNER),
  ]);
  const rows = Float64Array.from(offsets.flat(), (offset) => offset + shift);
  return {
    x: fromData(rows, [STEPS, 2]),
    y: column(offsets.map(([u, v]) => Number(u! > v!))),
  };
}

const SPREAD =
  "With weights from N(0, 1/n) a mean of m in every activation moves the net input of a unit in the next layer by " +
  "about m, up in some units and down in others: what its bias has to take back.";

/** Means by layer, and the zigzag of a unit of positive inputs. */
export function claims(given: Partial<MeanShiftPoint> = {}): Claim[] {
  const point = experimentPoint("mean-shift", PARAMETERS, given);
  const [logistic, tangent, rectified] = [sigmoid, tanh, relu].map((f) => meansByLayer(f, point));
  const last = point.depth;
  const positive = zigzag(point);
  const centred = zigzag({ ...point, shift: 0 });
  return [
    claim("sigmoid, layer 1: mean of a", 0.5, logistic![0]!.activation, 0.02),
    claim("tanh, layer 1: mean of a", 0, tangent![0]!.activation, 0.02),
    claim(
      "ReLU, layer 1: mean of a, 1 / sqrt(2 pi)",
      1 / Math.sqrt(2 * Math.PI),
      rectified![0]!.activation,
      0.02,
    ),
    between("sigmoid, layer 2: how far means of z lie from 0", [0.4, 0.6], logistic![1]!.shift, {
      note: SPREAD,
    }),
    below("tanh, layer 2: the same", 0.1, tangent![1]!.shift),
    between("ReLU, layer 2: the same", [0.3, 0.5], rectified![1]!.shift),
    above(`sigmoid / tanh, layer ${last}`, 3, logistic!.at(-1)!.shift / tangent!.at(-1)!.shift, {
      places: 1,
    }),
    claim("positive inputs: steps that move both weights alike", 1, positive.alike, 0),
    between("centred inputs: the same", [0.35, 0.65], centred.alike),
    above("path / distance, positive against centred", 1, positive.detour / centred.detour, {
      places: 1,
    }),
  ];
}

/** The zigzag and the straight path in the plane of the two weights. */
export function curves(given: Partial<MeanShiftPoint> = {}): Curves[] {
  const point = experimentPoint("mean-shift", PARAMETERS, given);
  const names = { sigmoid, tanh, ReLU: relu };
  return [
    {
      title: "The weights of a logistic unit, step by step",
      x: { label: "w1" },
      y: { label: "w2" },
      series: [
        { name: `inputs about ${point.shift}`, points: zigzag(point).path },
        { name: "inputs about 0", points: zigzag({ ...point, shift: 0 }).path },
      ],
    },
    {
      title: "How far means of net inputs lie from 0",
      x: { label: "layer" },
      y: { label: "root mean square" },
      series: Object.entries(names).map(([name, f]) => ({
        name,
        points: meansByLayer(f, point).map(({ shift }, l) => [l + 1, shift] as const),
      })),
    },
  ];
}
