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
  type SurfacePlane,
} from "neurite/inspect";
import { callbacksOf, modelOf, trainRun } from "neurite/train";
import { surfaceFigures } from "../drawings/surface-figures.ts";
import { forFlag } from "../terminal/names.ts";
import { wrapLines } from "../terminal/wrap.ts";
import { type InspectContext, inspection, NotHere, type SurfaceFlags } from "./section.ts";
import { type SurfaceLook, surfaceSentences } from "./surface-text.ts";

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
  text: (found) => surfaceSentences(found).flatMap((line) => wrapLines(line, 100)),
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
    return `<p>${surfaceSentences(found).join(" ")}</p>\n${figures}`;
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
