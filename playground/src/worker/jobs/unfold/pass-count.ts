// The job `passCount`: how many passes each mode needs for a fully connected network and one loss.

import { networkOf } from "neurite/train";
import type { Job } from "../job.ts";

export const passCount: Job<"passCount"> = ({ sizes }) => {
  const [inputs, ...units] = sizes;
  const { shapes } = networkOf(
    {
      layers: [
        { kind: "input", shape: [inputs!] },
        ...units.map((count) => ({ kind: "dense", units: count, activation: "sigmoid" }) as const),
      ],
    },
    "float32",
  );
  const counts = Object.values(shapes ?? {}).map((shape) =>
    shape.reduce((size, extent) => size * extent, 1),
  );
  return { forward: counts.reduce((sum, count) => sum + count, 0), reverse: 1 };
};
