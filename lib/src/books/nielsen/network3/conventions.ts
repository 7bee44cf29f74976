// Nielsen, chapter 6: in what network3.py differs from network2.py and from other libraries, point by point.

import { Rng } from "../../../data/random.ts";
import { flatten, type Layer, rescaling } from "../../../nn/layers/index.ts";
import type { NdArray } from "../../../ops/define.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import { fromData } from "../../../tensor/create.ts";
import { key } from "../../../tensor/random.ts";
import type { Model } from "../../../train/model/model.ts";
import { type Claim, claim } from "../../shared/claim.ts";
import { experimentPoint, natural, type Parameters, realAbove0 } from "../../shared/parameters.ts";
import { epochByHand, type HandExample, type HandParameters } from "./by-hand.ts";
import { convPool, fullyConnected, network3Layers, softmaxLayer } from "./layers.ts";
import { learningModel } from "./train.ts";

/** What the experiment may be told instead. */
export interface Network3ConventionsPoint {
  readonly eta: number;
  readonly lambda: number;
  readonly seed: number;
}

/** The book's point of this experiment. */
export const PARAMETERS: Parameters<Network3ConventionsPoint> = {
  eta: realAbove0("the learning rate of the epoch that is done by hand", 0.1),
  lambda: realAbove0("its penalty", 0.1),
  seed: natural("what weights and pictures are drawn by", 1),
};

const SIZES = { side: 8, maps: 2, hidden: 3, classes: 3 } as const;
const IMAGES = 6;
const MINI_BATCH = 2;

/** The largest difference between an epoch of the engine and one in plain numbers. */
export async function differenceFromHand(point: Network3ConventionsPoint): Promise<number> {
  const { side, maps, hidden, classes } = SIZES;
  const layers = [
    rescaling(1 / 256),
    convPool(maps, "sigmoid"),
    flatten(),
    fullyConnected(hidden, "sigmoid"),
    softmaxLayer(classes),
  ];
  const model = learningModel([side, side, 1], layers, point, { seed: point.seed });
  const start = parametersOf(model);
  const { x, y, examples } = pictures(point.seed);
  const epoch = { ...point, miniBatch: MINI_BATCH };
  const byHand = epochByHand(SIZES, start, examples, epoch);
  await model.fit(x, y, { batchSize: MINI_BATCH, shuffle: false, progress: false });
  const ours = parametersOf(model);
  return Math.max(
    ...byHand.flatMap((one, p) => [...one].map((v, k) => Math.abs(v - ours[p]![k]!))),
  );
}

function parametersOf(model: Model): HandParameters {
  const variables = [...model.instance.params.variables];
  const of = (kind: string, parameter: string) => {
    const found = variables.find(([path]) => path.startsWith(kind) && path.endsWith(parameter));
    return Float64Array.from(found![1].data as Float32Array);
  };
  return [
    of("network3ConvPool", "/w"),
    of("network3ConvPool", "/b"),
    of("dense1", "/w"),
    of("dense1", "/b"),
    of("dense2", "/w"),
    of("dense2", "/b"),
  ];
}

function pictures(seed: number): { x: NdArray; y: NdArray; examples: HandExample[] } {
  const { side, classes } = SIZES;
  const rng = new Rng(seed);
  const bytes = Uint8Array.from({ length: IMAGES * side * side }, () =>
    Math.floor(rng.uniform(0, 256)),
  );
  const labels = Int32Array.from({ length: IMAGES }, (_, i) => i % classes);
  const examples = [...labels].map((label, i) => {
    const own = bytes.subarray(i * side * side, (i + 1) * side * side);
    return { label, picture: Float64Array.from(own, (byte) => byte / 256) };
  });
  return {
    x: { dtype: "uint8", shape: [IMAGES, side, side, 1], data: bytes },
    y: { dtype: "int32", shape: [IMAGES], data: labels },
    examples,
  };
}

/** A layer's parameters for examples of a shape, fresh. */
function fresh(layer: Layer, input: readonly number[], seed: number): { w: Tensor; b: Tensor } {
  return layer.init(key(seed), input, "float32").params as { w: Tensor; b: Tensor };
}

function spread({ data }: Tensor): number {
  let squares = 0;
  for (const x of data as Float32Array) squares += x * x;
  return Math.sqrt(squares / data.length);
}

/** A kernel as a picture of one bright pixel shows it: itself where it is turned around, else upside down. */
function impulseApart(seed: number): number {
  const kernel = 5;
  const side = 2 * kernel - 1;
  const picture = new Float32Array(side * side);
  picture[(side * side - 1) / 2] = 1;
  const layer = convPool(1, "sigmoid", kernel, 1);
  const { w } = fresh(layer, [side, side, 1], seed);
  const zero = fromData(new Float32Array(1), [1]);
  const context = { training: false, key: key(0) };
  const x = fromData(picture, [1, side, side, 1]);
  const { logits } = layer.apply({ params: { w, b: zero }, state: {} }, x, context);
  const seen = logits!.z.data as Float32Array;
  return Math.max(...seen.map((z, i) => Math.abs(z - (w.data[i] as number))));
}

/** How far the outputs of a net with dropout are from sigma((1 - p) w a + b) where it predicts. */
function droppedApart(p: number, seed: number): number {
  const shape = { maps: [], hidden: [4], activation: "sigmoid", dropout: p } as const;
  const [, , drop, dense] = network3Layers(shape) as [Layer, Layer, Layer, Layer];
  const params = fresh(dense, [3], seed);
  const a = [0.2, 0.5, 0.9];
  const context = { training: false, key: key(0) };
  const x = drop.apply(
    { params: {}, state: {} },
    fromData(Float32Array.from(a), [1, 3]),
    context,
  ).y;
  const outputs = dense.apply({ params, state: {} }, x, context).y.data;
  const byHand = Array.from({ length: 4 }, (_, k) => {
    const sum = a.reduce(
      (z, one, i) => z + (1 - p) * one * (params.w.data[i * 4 + k] as number),
      0,
    );
    return 1 / (1 + Math.exp(-(sum + (params.b.data[k] as number))));
  });
  return Math.max(...byHand.map((value, k) => Math.abs(value - (outputs[k] as number))));
}

const PENALTY =
  "network3 divides lambda by the minibatches of an epoch, network2 by the images: with ten images in a " +
  "minibatch the same lambda weighs ten times as much.";
const FLIPPED =
  "network3 convolves as mathematics does, with the kernel turned around; most libraries, this one's conv2d " +
  "among them, leave it as it is. What is learnt is the same, turned.";

/** The book's numbers of this experiment beside ours. */
export async function claims(given: Partial<Network3ConventionsPoint> = {}): Promise<Claim[]> {
  const point = experimentPoint("network3", PARAMETERS, given);
  const { seed } = point;
  const [one, two] = [seed, seed + 1];
  const dense = fresh(fullyConnected(1_000, "sigmoid"), [400], one);
  const conv = fresh(convPool(40, "sigmoid"), [12, 12, 20], two);
  const last = fresh(softmaxLayer(), [100], seed);
  return [
    claim("fully connected, 1,000 units: spread of w", Math.sqrt(1 / 1_000), spread(dense.w), 3e-4),
    claim("convolution, 40 maps: spread of w", Math.sqrt(4 / (40 * 25)), spread(conv.w), 1.5e-3),
    claim("biases of both: spread", 1, spread(dense.b), 0.08),
    claim("softmax layer: largest |w| or |b|", 0, Math.max(spread(last.w), spread(last.b)), 0),
    claim(
      "one bright pixel shows the kernel itself: difference",
      0,
      impulseApart(seed),
      0,
      FLIPPED,
    ),
    claim("dropout, predicting: output - sigma((1 - p) w a + b)", 0, droppedApart(0.5, seed), 2e-7),
    claim(
      "an epoch by hand, in the images' order: difference of weights",
      0,
      await differenceFromHand(point),
      5e-7,
      PENALTY,
    ),
  ];
}
