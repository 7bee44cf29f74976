// The job `landscape`: heights, the bend at a point, ways down, and critical points of a function of two numbers.

import { criticalPointsOf, lossSurfaceOf, type SurfacePath } from "neurite/inspect";
import type { Interval, Jobs, SurfacePoint, Way } from "../../../protocol/index.ts";
import type { Job } from "../job.ts";
import { type Landscape, landscapeOf } from "./landscapes.ts";

type Asks = Jobs["landscape"]["asks"];

export const landscape: Job<"landscape"> = async ({ of, surface, at, descents = [], critical }) => {
  const here = await landscapeOf(of);
  return {
    names: here.plane.names,
    surface: surface ? heightsOf(here, surface) : null,
    point: at ? pointOf(here, at) : null,
    ways: descents.map(({ optimizer, start, steps }) =>
      wayOf(here.descend(optimizer as Parameters<Landscape["descend"]>[0], steps)(start)),
    ),
    critical: critical ? criticalOf(here, critical) : null,
    training: here.training ? wayOf(here.training) : null,
  };
};

function heightsOf(
  { objective, plane, home }: Landscape,
  { u = home.u, v = home.v, count }: NonNullable<Asks["surface"]>,
) {
  const found = lossSurfaceOf(objective, plane, { u: [...u], v: [...v], count });
  const { least, largest, notFinite } = found;
  return { u, v, count, values: Float64Array.from(found.values.flat()), least, largest, notFinite };
}

function pointOf({ look }: Landscape, [u, v]: readonly [number, number]): SurfacePoint | null {
  const found = look([u, v]);
  if (!found) return null;
  const { value, gradient, hessian, eigenvalues, directions, bend } = found;
  const steepest = eigenvalues.at(-1)!;
  const largestRate = steepest > 0 ? 2 / steepest : null;
  return { u, v, value, gradient, hessian, eigenvalues, directions, bend, largestRate };
}

function wayOf({ points }: SurfacePath): Way {
  const lost = points.findIndex(({ u, v, height }) => ![u, v, height].every(Number.isFinite));
  return {
    u: Float64Array.from(points, ({ u }) => u),
    v: Float64Array.from(points, ({ v }) => v),
    height: Float64Array.from(points, ({ height }) => height),
    lostAt: lost < 0 ? null : lost,
  };
}

const STARTS_A_SIDE = 5;

/** Searches from a lattice of starts; what is found outside of the window is left out. */
function criticalOf(
  { onPlane }: Landscape,
  { u, v }: { readonly u: Interval; readonly v: Interval },
) {
  const along = ([from, to]: Interval) =>
    Array.from(
      { length: STARTS_A_SIDE },
      (_, i) => from + ((to - from) * (i + 0.5)) / STARTS_A_SIDE,
    );
  const starts = along(u).flatMap((x) => along(v).map((y) => [x, y]));
  const reach = 4 * Math.max(...[...u, ...v].map(Math.abs));
  const { points, ranOff } = criticalPointsOf(onPlane, { starts, reach });
  const isInside = ([x, y]: readonly number[]) =>
    x! >= u[0] && x! <= u[1] && y! >= v[0] && y! <= v[1];
  return {
    points: points
      .filter(({ point }) => isInside(point))
      .map(({ point, value, eigenvalues, bend }) => ({
        u: point[0]!,
        v: point[1]!,
        value,
        eigenvalues,
        bend,
      })),
    searches: 2 * starts.length,
    ranOff: ranOff.length,
  };
}
