// Small sets in the plane, drawn from a seed, with the geometry of TensorFlow Playground's
// (Smilkov and Carter 2016) and scikit-learn's two moons.

import type { Dataset } from "./dataset.ts";
import {
  halves,
  jitter,
  type PlaceInSet,
  type PlanePoint,
  type SyntheticOptions,
  type SyntheticSet,
  toDataset,
} from "./plane.ts";

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
    const between = (low: number, high: number) => (): PlanePoint => {
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
    const moon = (cx: number, cy: number, sign: 1 | -1, target: number) => (place: PlaceInSet) => {
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
    const arm = (start: number, target: number) => (place: PlaceInSet) => {
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
    const cloud = (center: number, target: number) => (): PlanePoint => {
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

/** One period of each wave is 8 long: sin(pi x / 4) cos(pi y / 4) over [-6, 6] squared; noise as in the plane. */
export function regressionWaves(options: SyntheticOptions): Dataset {
  return regression("regressionWaves", options, (x, y) => {
    return Math.sin((Math.PI * x) / 4) * Math.cos((Math.PI * y) / 4);
  });
}

/** Those of two classes, or of values, by name; `CLASS_SETS` are those of any number of classes. */
export const SYNTHETIC_SETS: Readonly<
  Record<
    | "quadrants"
    | "circles"
    | "moons"
    | "spirals"
    | "gaussians"
    | "regressionPlane"
    | "regressionGaussian"
    | "regressionWaves",
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
  regressionWaves,
};
