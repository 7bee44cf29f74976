// What the section "surface" says in sentences.

import type { CriticalPoints, Curvature, LossSurface, SurfacePath } from "neurite/inspect";
import { leftOut, short } from "../drawings/heights.ts";
import { plural } from "../terminal/names.ts";

export interface SurfaceLook {
  readonly surface: LossSurface;
  /** How many examples of the training set the loss is a mean of. */
  readonly examples: number;
  /** What the plane is, in a sentence. */
  readonly plane: string;
  readonly path: SurfacePath | null;
  /** The loss where the model is, and the Hessian there of u and v; null where it is not finite. */
  readonly cut: Curvature | null;
  /** The Hessian of all parameters, where there are few enough. */
  readonly all: Pick<Curvature, "value" | "slope" | "eigenvalues" | "bend"> | null;
  /** Of u and v alone, within the picture; null for a model that is too large. */
  readonly critical: CriticalPoints | null;
}

export function surfaceSentences({
  surface: heights,
  examples,
  plane,
  path,
  cut,
  all,
  critical,
}: SurfaceLook): string[] {
  const { least, largest, names } = heights;
  const lines = [
    plane,
    `The loss, over ${plural(examples, "training example")}, goes from ${short(least)} to ${short(largest)}.`,
    leftOut(heights),
  ];
  if (path) {
    const far = Math.max(...path.points.map(({ away }) => away));
    const last = path.points.length - 1;
    lines.push(
      `The way of the training is drawn on it in ${plural(last, "step")}; it was up to ${short(far)} away from the plane.`,
    );
  }
  lines.push(
    cut
      ? `At the model: loss ${short(cut.value)}, slope along ${names.join(" and ")} ${short(cut.slope)}, ` +
          `Hessian's eigenvalues ${cut.eigenvalues.map(short).join(" and ")}: ${BENDS[cut.bend]}.`
      : "At the model the loss or a derivative is not finite.",
  );
  if (all) {
    const below = all.eigenvalues.filter((x) => x < 0).length;
    lines.push(
      `Of all ${all.eigenvalues.length} parameters: slope ${short(all.slope)}, eigenvalues from ` +
        `${short(all.eigenvalues[0]!)} to ${short(all.eigenvalues.at(-1)!)}, ${below} of them below 0.`,
    );
  }
  if (critical) lines.push(...criticalLines(critical, names));
  return lines.filter((line) => line !== "");
}

const BENDS = {
  minimum: "it bends upwards",
  maximum: "it bends downwards",
  saddle: "it bends both ways, as a saddle",
  flat: "along one direction it does not bend",
} as const;

function criticalLines({ points }: CriticalPoints, names: readonly string[]): string[] {
  if (points.length === 0) {
    return [
      "Where only these two move, no point of the picture was found at which the slope is 0.",
    ];
  }
  const sharp = points.filter(({ bend }) => bend !== "flat");
  const told = sharp
    .slice(0, MOST_POINTS)
    .map(
      ({ bend, point, value }) =>
        `${bend} at (${point.map(short).join(", ")}), loss ${short(value)}`,
    );
  if (sharp.length > MOST_POINTS) told.push(`${sharp.length - MOST_POINTS} more`);
  const flat = points.length - sharp.length;
  if (flat > 0) told.push(`${plural(flat, "place")} found in flat valleys or plains`);
  return [`Where only ${names.join(" and ")} move, the slope is 0 at: ${told.join("; ")}.`];
}

const MOST_POINTS = 4;
