// Pictures changed a little, at random: others each epoch, and the same again for the same seed.

import {
  count,
  expectArgument,
  expectOptions,
  fraction,
  index,
  type Kind,
  type Kinds,
  notNegative,
  positive,
  whole,
} from "../../checks/arguments.ts";
import type { NdArray } from "../../ops/define.ts";
import { countExamples, type Examples, pickExamples } from "../dataset.ts";
import { Rng } from "../random.ts";
import { elasticField } from "./elastic.ts";
import { roomFor, type Sides, sidesOf, type Warp, warpInto } from "./pictures.ts";

/** How far pictures are changed; what is left out does not happen. */
export interface AugmentOptions {
  /** Up to so many pixels up or down, and left or right. */
  readonly shift?: number;
  /** Up to so many degrees to either side, about the middle. */
  readonly rotate?: number;
  /** Rows slide by up to this many pixels for each pixel that they lie above or below the middle. */
  readonly skew?: number;
  /** Simard, Steinkraus and Platt 2003: alpha times a random field smoothed by a Gaussian of sigma pixels. */
  readonly elastic?: { readonly alpha: number; readonly sigma: number };
  /** The side in pixels of a square that is blacked out (DeVries and Taylor 2017). */
  readonly cutout?: number;
  /** The chance that left and right change places. */
  readonly flip?: number;
}

const elastic: Kind<NonNullable<AugmentOptions["elastic"]>> = {
  says: "{ alpha, sigma }, numbers above 0",
  fits: (x) => {
    const { alpha, sigma } = (x ?? {}) as Record<string, unknown>;
    return positive.fits(alpha) && positive.fits(sigma);
  },
};

const OPTIONS: Kinds<AugmentOptions> = {
  shift: notNegative,
  rotate: notNegative,
  skew: notNegative,
  elastic,
  cutout: count,
  flip: fraction,
};

/**
 * The pictures, each changed by numbers of its own out of the seed.
 * @param pictures [n, height, width], [n, height, width, channels] or [n, side * side]; bytes become float32
 * @throws ArgumentError for what are no pictures, and options that mean nothing
 */
export function augment(pictures: NdArray, options: AugmentOptions, seed = 0): NdArray {
  const sides = sidesOf("augment", pictures);
  expectOptions("augment", options, OPTIONS);
  expectArgument("augment", "seed", seed, whole);
  const rng = new Rng(seed);
  const out = roomFor(pictures);
  const size = sides.height * sides.width * sides.channels;
  for (let i = 0; i < (pictures.shape[0] ?? 0); i++) {
    warpInto(out.data, pictures.data, sides, i * size, randomWarp(rng, sides, options));
    if (options.cutout) cutOut(rng, out.data, i * size, sides, options.cutout);
  }
  return out;
}

/** From the new place back to the old: about the middle, then bent, then shifted. */
function randomWarp(rng: Rng, { height, width }: Sides, options: AugmentOptions): Warp {
  const { shift = 0, rotate = 0, skew = 0, flip = 0 } = options;
  const within = (most: number) => (most === 0 ? 0 : rng.uniform(-most, most));
  const [down, right] = [within(shift), within(shift)];
  const angle = (within(rotate) * Math.PI) / 180;
  const slant = within(skew);
  const isFlipped = flip > 0 && rng.uniform() < flip;
  const bend = options.elastic && elasticField(rng, height, width, options.elastic);
  const [middleRow, middleColumn] = [(height - 1) / 2, (width - 1) / 2];
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return (row, column) => {
    const y = row - down - middleRow;
    const x = (isFlipped ? width - 1 - column : column) - right - middleColumn;
    const [bentRow, bentColumn] = bend ? bend(row, column) : [0, 0];
    const across = x - slant * y;
    return [
      cos * y - sin * across + middleRow + bentRow,
      sin * y + cos * across + middleColumn + bentColumn,
    ];
  };
}

function cutOut(
  rng: Rng,
  data: NdArray["data"],
  start: number,
  { height, width, channels }: Sides,
  side: number,
): void {
  const middle = (length: number) => Math.floor(rng.uniform(0, length)) - Math.floor(side / 2);
  const [top, left] = [middle(height), middle(width)];
  for (let row = Math.max(0, top); row < Math.min(height, top + side); row++) {
    const from = start + (row * width + Math.max(0, left)) * channels;
    data.fill(0 as never, from, start + (row * width + Math.min(width, left + side)) * channels);
  }
}

/** Options of augmented(). */
export interface AugmentedOptions extends AugmentOptions {
  /** Rows of a batch; 32 by default. */
  readonly batchSize?: number;
  /** What order and changes follow from, together with the epoch. */
  readonly seed?: number;
}

const AUGMENTED: Kinds<AugmentedOptions> = { ...OPTIONS, batchSize: count, seed: index };

/**
 * Batches of changed pictures for fit(): others each epoch, and those of an epoch the same however often it is
 * run, so that a run can go on in the middle of training. Only one batch is made at a time.
 */
export function augmented(
  examples: Examples,
  { batchSize = 32, seed = 0, ...changes }: AugmentedOptions = {},
): (epoch: number) => Generator<[x: NdArray, y: NdArray]> {
  const rows = countExamples(examples);
  sidesOf("augmented", examples.x);
  expectOptions("augmented", { batchSize, seed, ...changes }, AUGMENTED);
  return function* (epoch: number) {
    const ofEpoch = new Rng(seed + 2 ** 32 * epoch);
    const order = ofEpoch.shuffle(Array.from({ length: rows }, (_, row) => row));
    for (let from = 0; from < rows; from += batchSize) {
      const { x, y } = pickExamples(examples, order.slice(from, from + batchSize));
      yield [augment(x, changes, Math.floor(ofEpoch.uniform(0, 2 ** 48))), y];
    }
  };
}
