// The job `activation`: an activation function of the library and its slope, and what is to be marked on it.

import { add, mul, stack, type Tensor } from "neurite";
import { activationOf } from "neurite/nn";
import type { NamedFunction } from "../../../protocol/index.ts";
import type { Job } from "../job.ts";
import { marksOf } from "./marks.ts";
import { placesOf, samplerOf } from "./places.ts";

export const activation: Job<"activation"> = ({ of, z: asked, marks = false }) => {
  const { apply, formula, lines } = curveOf(of);
  const z = placesOf(asked);
  const f = samplerOf(apply);
  const { values, slopes } = f(z);
  return {
    z,
    a: values,
    slope: slopes,
    pieces: lines.map(([slope, constant]) => z.map((x) => slope * x + constant)),
    marks: marks ? marksOf(f, samplerOf(apply, "float32"), z) : null,
    formula,
  };
};

type Line = readonly [slope: number, constant: number];

interface ActivationCurve {
  readonly apply: (z: Tensor) => Tensor;
  readonly formula: string;
  readonly lines: readonly Line[];
}

/** An activation as a function of one number. Of maxout, each piece is a line of that number. */
export function curveOf({ name, options }: NamedFunction): ActivationCurve {
  const spec = { name, ...options } as Parameters<typeof activationOf>[0];
  const { apply, formula = "", pieces } = activationOf(spec);
  if (pieces === undefined) return { apply, formula, lines: [] };
  const lines = tangents(pieces);
  return {
    apply: (z) =>
      apply(
        stack(
          lines.map(([w, b]) => add(mul(z, w), b)),
          -1,
        ),
      ).flatten(),
    formula,
    lines,
  };
}

/** Tangents of the parabola x²/2, which maxout then builds of straight pieces (Goodfellow et al. 2013, figure 1). */
function tangents(count: number): Line[] {
  return Array.from({ length: count }, (_, i) => {
    const t = -2 + (4 * (i + 0.5)) / count;
    return [t, -(t * t) / 2];
  });
}
