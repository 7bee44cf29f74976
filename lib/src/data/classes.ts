// Sets in the plane of as many classes as one likes, drawn from a seed.

import type { Dataset } from "./dataset.ts";
import { type ClassOptions, type ClassSet, classDataset, jitter } from "./plane.ts";

const around = (angle: number, radius: number) => ({
  x: radius * Math.sin(angle),
  y: radius * Math.cos(angle),
});

/** Arms of a spiral of radius 0 to 5 and 0.75 turns, evenly around (Karpathy's cs231n); noise moves points. */
export function arms(options: ClassOptions): Dataset {
  return classDataset("arms", options, (which, classes, { index, count }, draw) => {
    const part = index / count;
    const angle = 2 * Math.PI * (which / classes + 0.75 * part);
    return jitter(draw, 1, around(angle, 5 * part));
  });
}

/** Normal clouds, evenly on a circle of radius 3.5, of variance 0.5 + 7 * noise, as `gaussians`. */
export function blobs(options: ClassOptions): Dataset {
  return classDataset("blobs", options, (which, classes, _, { rng, noise }) => {
    const center = around((2 * Math.PI * which) / classes, 3.5);
    const deviation = Math.sqrt(0.5 + 7 * noise);
    return { x: rng.normal(center.x, deviation), y: rng.normal(center.y, deviation) };
  });
}

/** A disc and rings around it up to radius 5, each as wide as the gap to the next; noise moves points. */
export function rings(options: ClassOptions): Dataset {
  return classDataset("rings", options, (which, classes, _, draw) => {
    const width = 5 / (2 * classes - 1);
    const radius = width * (2 * which + draw.rng.uniform());
    return jitter(draw, 1, around(draw.rng.uniform(0, 2 * Math.PI), radius));
  });
}

/** All of them, by name. */
export const CLASS_SETS: Readonly<Record<"arms" | "blobs" | "rings", ClassSet>> = {
  arms,
  blobs,
  rings,
};
