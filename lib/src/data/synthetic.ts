// Small sets in the plane, drawn from a seed, with the geometry of TensorFlow Playground's
// (Smilkov and Carter 2016) and scikit-learn's two moons.

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

const OPTIONS: Kinds<SyntheticOptions> = {
  samples: within(1, MOST_SAMPLES),
  noise: notNegative,
  seed: whole,
  testFraction: share,
};

/** What makes a synthetic set: the same options, the same points. */
export type SyntheticSet = (options: SyntheticOptions) => Dataset;

interface Point {
  readonly x: number;
  readonly y: number;
  /** A class number, or the value to learn. */
  readonly target: number;
}

interface Draw {
  readonly rng: Rng;
  readonly noise: number;
}

/** Shuffles points, lays them out as float32 [n, 2] with their targets, and cuts off the test part. */
function toDataset(
  name: string,
  classes: number | null,
  options: SyntheticOptions,
  draw: (draw: Draw) => Point[],
): Dataset {
  expectOptions(name, options, OPTIONS, ["samples", "noise", "seed"]);
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
interface Place {
  readonly index: number;
  readonly count: number;
}

/** Half of the points from each maker, the odd one from the second. */
function halves(
  samples: number,
  ...makers: readonly [(place: Place) => Point, (place: Place) => Point]
): Point[] {
  const first = Math.floor(samples / 2);
  return [first, samples - first].flatMap((count, which) =>
    Array.from({ length: count }, (_, index) => makers[which]!({ index, count })),
  );
}

/** A point, moved by up to `noise * radius` along each axis. */
function jitter({ rng, noise }: Draw, radius: number, { x, y }: { x: number; y: number }) {
  return {
    x: x + rng.uniform(-radius, radius) * noise,
    y: y + rng.uniform(-radius, radius) * noise,
  };
}

/**
 * Class 1 where x and y have the same sign, in [-5.3, 5.3] without the axes; noise moves labels. The
 * playground calls it "exclusive or"; the truth table of that name is `xor()`.
 */
export function quadrants(options: SyntheticOptions): Dataset {
  return toDataset("quadrants", 2, options, (draw) => {
    const coordinate = (): number => {
      const u = draw.rng.uniform(-5, 5);
      return u > 0 ? u + 0.3 : u - 0.3;
    };
    return Array.from({ length: options.samples }, () => {
      const point = { x: coordinate(), y: coordinate() };
      const seen = jitter(draw, 5, point);
      return { ...point, target: seen.x * seen.y >= 0 ? 1 : 0 };
    });
  });
}

/** Class 1 is a disc of radius 2.5, class 0 a ring of 3.5 to 5 around it; noise moves labels. */
export function circles(options: SyntheticOptions): Dataset {
  return toDataset("circles", 2, options, (draw) => {
    const between = (low: number, high: number) => (): Point => {
      const radius = draw.rng.uniform(low, high);
      const angle = draw.rng.uniform(0, 2 * Math.PI);
      const point = { x: radius * Math.sin(angle), y: radius * Math.cos(angle) };
      const seen = jitter(draw, 5, point);
      return { ...point, target: Math.hypot(seen.x, seen.y) < 2.5 ? 1 : 0 };
    };
    return halves(options.samples, between(0, 2.5), between(3.5, 5));
  });
}

/** Class 0 is an upper half circle about (0, 0), class 1 a lower one about (1, 0.5), both of radius 1. */
export function moons(options: SyntheticOptions): Dataset {
  return toDataset("moons", 2, options, ({ rng, noise }) => {
    const moon = (cx: number, cy: number, sign: 1 | -1, target: number) => (place: Place) => {
      const angle = (Math.PI * place.index) / Math.max(place.count - 1, 1);
      const x = cx + sign * Math.cos(angle) + rng.normal(0, noise);
      return { x, y: cy + sign * Math.sin(angle) + rng.normal(0, noise), target };
    };
    return halves(options.samples, moon(0, 0, 1, 0), moon(1, 0.5, -1, 1));
  });
}

/** Two arms of radius 0 to 5 and 1.75 turns, half a turn apart; noise moves points. */
export function spirals(options: SyntheticOptions): Dataset {
  return toDataset("spirals", 2, options, (draw) => {
    const arm = (start: number, target: number) => (place: Place) => {
      const part = place.index / place.count;
      const angle = 1.75 * 2 * Math.PI * part + start;
      const point = { x: 5 * part * Math.sin(angle), y: 5 * part * Math.cos(angle) };
      return { ...jitter(draw, 1, point), target };
    };
    return halves(options.samples, arm(0, 1), arm(Math.PI, 0));
  });
}

/** Normal clouds about (2, 2), class 1, and (-2, -2), class 0, of variance 0.5 + 7 * noise. */
export function gaussians(options: SyntheticOptions): Dataset {
  return toDataset("gaussians", 2, options, ({ rng, noise }) => {
    const deviation = Math.sqrt(0.5 + 7 * noise);
    const cloud = (center: number, target: number) => (): Point => {
      return { x: rng.normal(center, deviation), y: rng.normal(center, deviation), target };
    };
    return halves(options.samples, cloud(2, 1), cloud(-2, 0));
  });
}

/** The plane (x + y) / 10 over [-6, 6] squared; noise moves the place where it is read. */
export function regressionPlane(options: SyntheticOptions): Dataset {
  return regression("regressionPlane", options, (x, y) => (x + y) / 10);
}

/** Six bumps over [-6, 6] squared, cones of radius 2, up and down in turn; noise as in the plane. */
export function regressionGaussian(options: SyntheticOptions): Dataset {
  return regression("regressionGaussian", options, (x, y) => {
    let height = 0;
    for (const [cx, cy, sign] of BUMPS) {
      const bump = sign * Math.max(0, 1 - Math.hypot(x - cx, y - cy) / 2);
      if (Math.abs(bump) > Math.abs(height)) height = bump;
    }
    return height;
  });
}

const BUMPS = [
  [-4, 2.5, 1],
  [0, 2.5, -1],
  [4, 2.5, 1],
  [-4, -2.5, -1],
  [0, -2.5, 1],
  [4, -2.5, -1],
] as const;

function regression(
  name: string,
  options: SyntheticOptions,
  value: (x: number, y: number) => number,
): Dataset {
  return toDataset(name, null, options, (draw) =>
    Array.from({ length: options.samples }, () => {
      const point = { x: draw.rng.uniform(-6, 6), y: draw.rng.uniform(-6, 6) };
      const seen = jitter(draw, 6, point);
      return { ...point, target: value(seen.x, seen.y) };
    }),
  );
}

/** All of them, by name. */
export const SYNTHETIC_SETS: Readonly<
  Record<
    | "quadrants"
    | "circles"
    | "moons"
    | "spirals"
    | "gaussians"
    | "regressionPlane"
    | "regressionGaussian",
    SyntheticSet
  >
> = {
  quadrants,
  circles,
  moons,
  spirals,
  gaussians,
  regressionPlane,
  regressionGaussian,
};
