// The job `equations`: z, a, f'(z) and delta of every layer, from the library's own record of one example.

import type { Job } from "../job.ts";
import { layersOfExample } from "./network-text.ts";

export const equations: Job<"equations"> = ({ example }, live) => ({
  layers: layersOfExample(example, live).layers.map(({ name, activation, z, a, slope, delta }) => ({
    name,
    activation: activation.name,
    z: Array.from(z.data),
    a: Array.from(a.data),
    slope: slope && Array.from(slope.data),
    delta: Array.from(delta.data),
  })),
});
