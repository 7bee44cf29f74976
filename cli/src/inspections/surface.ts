// The section "surface": the loss around the model, over two of its parameters or two directions.

import { NumberError } from "neurite";
import { type Examples, pickExamples } from "neurite/data";
import {
  type CriticalPoints,
  type Curvature,
  criticalPointsOf,
  curvatureAt,
  type LossSurface,
  lossSurfaceOf,
  type Objective,
  objectiveOf,
  parameterVectorOf,
  pathOn,
  planeOfDirections,
  planeOfParameters,
  planeOfPath,
  restrictedTo,
  type SurfacePath,
  type SurfacePlane,
} from "neurite/inspect";
import { callbacksOf, modelOf, trainRun } from "neurite/train";
import { leftOut, short } from "../drawings/heights.ts";
import { surfaceFigures } from "../drawings/surface-figures.ts";
import { forFlag, plural } from "../terminal/names.ts";
import { wrapped } from "../terminal/wrapped.ts";
import { type InspectContext, inspection, NotHere, type SurfaceFlags } from "./section.ts";

interface SurfaceLook {
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

/** Loss over more examples than these looks the same and takes longer: of a small model, and of a larger one. */
const MOST_EXAMPLES = { small: 256, large: 64 };
/** Up to here every point is cheap enough for more of them, in double precision. */
const SMALL = 2_000;
/** The eigenvalues of a Hessian of more rows take too long. */
const MOST_HESSIAN = 60;

export const surface = inspection<SurfaceLook>({
  id: "surface",
  title: "The loss as a surface",
  look: async (context) => {
    const { model, data, surface: flags } = context;
    const { values } = parameterVectorOf(model);
    if (values.length < 2) return new NotHere("it has fewer than two parameters");
    if (!values.every(Number.isFinite)) return new NotHere("its weights are not finite");
    const isSmall = values.length <= SMALL;
    const examples = firstOf(data.train, MOST_EXAMPLES[isSmall ? "small" : "large"]);
    const objective = objectiveOf(model, examples.x, examples.y);
    const isWalked = flags.path || flags.directions === "path";
    if (isWalked && context.run.checkpoint.epochs.length < 2) {
      return new NotHere("a way needs two epochs at least");
    }
    const walked = isWalked ? await walk(context) : null;
    const { plane, says } = planeFor(context, walked);
    const reach = flags.reach ?? reachOf(flags, plane, walked);
    const found = lossSurfaceOf(objective, plane, {
      u: [plane.here[0] - reach, plane.here[0] + reach],
      v: [plane.here[1] - reach, plane.here[1] + reach],
      count: isSmall ? 41 : 21,
      dtype: isSmall ? "float64" : "float32",
    });
    const onUV = restrictedTo(plane, objective);
    return {
      surface: found,
      examples: examples.x.shape[0]!,
      plane: says,
      path: walked && pathOn(objective, plane, walked),
      cut: finiteCurvature(onUV, plane.here),
      all: values.length <= MOST_HESSIAN ? finiteCurvature(objective, [...values]) : null,
      critical: isSmall ? criticalWithin(onUV, found) : null,
    };
  },
  text: (found) => sentences(found).flatMap((line) => wrapped(line, 100)),
  json: ({ all, ...found }) => ({
    ...found,
    all: all && {
      value: all.value,
      slope: all.slope,
      eigenvalues: all.eigenvalues,
      bend: all.bend,
    },
  }),
  html: (found) => {
    const { surface: heights, path, critical } = found;
    const figures = surfaceFigures("the loss around the model", heights, {
      paths: path ? [path] : [],
      critical: critical?.points ?? [],
      isHereShown: true,
    });
    return `<p>${sentences(found).join(" ")}</p>\n${figures}`;
  },
});

function firstOf(train: Examples, most: number): Examples {
  const count = Math.min(most, train.x.shape[0]!);
  return pickExamples(
    train,
    Array.from({ length: count }, (_, i) => i),
  );
}

function planeFor(
  { model, surface: flags }: InspectContext,
  walked: readonly Float64Array[] | null,
): { readonly plane: SurfacePlane; readonly says: string } {
  if (flags.parameters) {
    const [u, v] = flags.parameters;
    const plane = forFlag("--parameters", () => planeOfParameters(model, u, v));
    return { plane, says: `Two parameters move, ${u} and ${v}; all others are as trained.` };
  }
  if (flags.directions === "path") {
    const plane = planeOfPath(walked!);
    const shares = plane.shares.map((share) => `${(100 * share).toFixed(0)} %`).join(" and ");
    const says = `The plane is that of the training's way: its first two principal components hold ${shares} of it.`;
    return { plane, says };
  }
  const says =
    `Two random directions (seed ${flags.seed}), filter-normalised: at 1 every unit's weights have changed by ` +
    "their own length.";
  return { plane: planeOfDirections(model, { seed: flags.seed }), says };
}

/** 1 along random directions, as far as the way went along its own, and 5 along parameters. */
function reachOf(
  flags: SurfaceFlags,
  plane: SurfacePlane,
  walked: readonly Float64Array[] | null,
): number {
  if (flags.parameters) return 5;
  if (flags.directions !== "path" || !walked) return 1;
  const away = walked.map((vector) =>
    Math.sqrt(vector.reduce((sum, x, i) => sum + (x - plane.origin[i]!) ** 2, 0)),
  );
  return 1.1 * Math.max(1e-3, ...away);
}

/** Trains again from the run's seed, and keeps the parameters of every epoch. */
async function walk({ run, data }: InspectContext): Promise<Float64Array[]> {
  const model = modelOf(run.spec);
  const steps = [parameterVectorOf(model).values];
  const done = run.checkpoint.epochs.length;
  await trainRun(run.spec, model, data, {
    callbacks: [
      ...callbacksOf(run.spec),
      {
        name: "way",
        onEpochEnd: ({ epoch }, control) => {
          steps.push(parameterVectorOf(model).values);
          if (epoch + 1 >= done) control.stop("as far as the run went");
        },
      },
    ],
  });
  const every = Math.ceil((steps.length - 1) / MOST_STEPS);
  return steps.filter((_, i) => i % every === 0 || i === steps.length - 1);
}

/** A way of more points looks the same. */
const MOST_STEPS = 60;

/** Null where a derivative is not finite. */
function finiteCurvature(objective: Objective, point: readonly number[]): Curvature | null {
  try {
    return curvatureAt(objective, point);
  } catch (error) {
    if (error instanceof NumberError) return null;
    throw error;
  }
}

/** Critical points of u and v alone, searched from nine places of the picture. */
function criticalWithin(onUV: Objective, { u, v }: LossSurface): CriticalPoints {
  const ends = (axis: readonly number[]) => [axis[0]!, axis.at(-1)!] as const;
  const [[u1, u2], [v1, v2]] = [ends(u), ends(v)];
  const thirds = [1 / 6, 1 / 2, 5 / 6];
  const starts = thirds.flatMap((a) => thirds.map((b) => [u1 + a * (u2 - u1), v1 + b * (v2 - v1)]));
  const found = criticalPointsOf(onUV, { starts, steps: 60, reach: 1e3 });
  const isShown = ({ point: [x, y] }: { readonly point: readonly number[] }) =>
    x! >= u1 && x! <= u2 && y! >= v1 && y! <= v2;
  return { ...found, points: found.points.filter(isShown) };
}

function sentences({
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
