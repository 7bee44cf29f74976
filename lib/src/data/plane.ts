// What sets of points in the plane are made with: their options, their layout, noise.

import {
  expectOptions,
  type Kinds,
  notNegative,
  share,
  whole,
  within,
} from "../checks/arguments.ts";
import { type Dataset, type Examples, splitExamples } from "./dataset.ts";
import { Rng } from "./random.ts";

/** Options of every synthetic set. */
export interface SyntheticOptions {
  readonly samples: number;
  /** 0 for none; the playground offers 0 to 0.5. Each set says what it does. */
  readonly noise: number;
  readonly seed: number;
  /** The part of the samples that is kept for testing: half, as in the playground, if not given. */
  readonly testFraction?: number;
}

/** More points than anyone can see apart; each takes some hundred bytes while they are made. */
const MOST_SAMPLES = 10_000_000;

/** Options of the sets that have as many classes as one likes. */
export interface ClassOptions extends SyntheticOptions {
  /** From 2 to 8: 3 if not given. */
  readonly classes?: number;
}

const OPTIONS: Kinds<SyntheticOptions> = {
  samples: within(1, MOST_SAMPLES),
  noise: notNegative,
  seed: whole,
  testFraction: share,
};

const CLASS_OPTIONS: Kinds<ClassOptions> = { ...OPTIONS, classes: within(2, 8) };

/** What makes a synthetic set: the same options, the same points. */
export type SyntheticSet = (options: SyntheticOptions) => Dataset;

/** What makes a set of so many classes. */
export type ClassSet = (options: ClassOptions) => Dataset;

export interface PlanePoint {
  readonly x: number;
  readonly y: number;
  /** A class number, or the value to learn. */
  readonly target: number;
}

export interface Draw {
  readonly rng: Rng;
  readonly noise: number;
}

/** Shuffles points, lays them out as float32 [n, 2] with their targets, and cuts off the test part. */
export function toDataset(
  name: string,
  classes: number | null,
  options: SyntheticOptions,
  draw: (draw: Draw) => PlanePoint[],
): Dataset {
  expectOptions(name, options, OPTIONS, ["samples", "noise", "seed"]);
  return made(name, classes, options, draw);
}

/** The same of a set of so many classes, in turn: point `index` of `count` of each class. */
export function classDataset(
  name: string,
  options: ClassOptions,
  point: (
    which: number,
    classes: number,
    place: PlaceInSet,
    draw: Draw,
  ) => { x: number; y: number },
): Dataset {
  expectOptions(name, options, CLASS_OPTIONS, ["samples", "noise", "seed"]);
  const { classes = 3, samples } = options;
  return made(name, classes, options, (draw) =>
    Array.from({ length: samples }, (_, i) => {
      const target = i % classes;
      const count = Math.ceil((samples - target) / classes);
      const place = { index: Math.floor(i / classes), count };
      return { ...point(target, classes, place, draw), target };
    }),
  );
}

function made(
  name: string,
  classes: number | null,
  options: SyntheticOptions,
  draw: (draw: Draw) => PlanePoint[],
): Dataset {
  const { samples, noise, seed, testFraction = 0.5 } = options;
  const rng = new Rng(seed);
  const points = rng.shuffle(draw({ rng, noise }));
  const targets = points.map(({ target }) => target);
  const examples: Examples = {
    x: {
      dtype: "float32",
      shape: [samples, 2],
      data: Float32Array.from(points.flatMap(({ x, y }) => [x, y])),
    },
    y:
      classes === null
        ? { dtype: "float32", shape: [samples, 1], data: Float32Array.from(targets) }
        : { dtype: "int32", shape: [samples], data: Int32Array.from(targets) },
  };
  const testSize = Math.min(Math.round(samples * testFraction), samples - 1);
  const [train, test] = splitExamples(examples, [samples - testSize, testSize]);
  return { name, classes, train: train!, test: test! };
}

/** Which point of how many a maker makes. */
export interface PlaceInSet {
  readonly index: number;
  readonly count: number;
}

/** Half of the points from each maker, the odd one from the second. */
export function halves(
  samples: number,
  ...makers: readonly [(place: PlaceInSet) => PlanePoint, (place: PlaceInSet) => PlanePoint]
): PlanePoint[] {
  const first = Math.floor(samples / 2);
  return [first, samples - first].flatMap((count, which) =>
    Array.from({ length: count }, (_, index) => makers[which]!({ index, count })),
  );
}

/** A point, moved by up to `noise * radius` along each axis. */
export function jitter(
  { rng, noise }: Draw,
  radius: number,
  { x, y }: { readonly x: number; readonly y: number },
): { x: number; y: number } {
  return {
    x: x + rng.uniform(-radius, radius) * noise,
    y: y + rng.uniform(-radius, radius) * noise,
  };
}
