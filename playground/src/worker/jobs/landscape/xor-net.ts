// The loss of a network that has learnt exclusive or, over a plane through its weights.

import {
  objectiveOf,
  parameterVectorOf,
  pathOn,
  planeOfDirections,
  planeOfParameters,
  planeOfPath,
  type SurfacePlane,
} from "neurite/inspect";
import type { Interval, LandscapeSpec } from "../../../protocol/index.ts";
import { XOR } from "../../../state/index.ts";
import { startRun } from "../../run/live-run.ts";
import type { LandscapeSource } from "./source.ts";

type PlaneName = Extract<LandscapeSpec, { kind: "xor" }>["plane"];

const STEPS = 600;
const EVERY = 10;

/** Trains the network of the start page, and looks at its loss around where the training ended. */
export async function xorLandscape(name: PlaneName): Promise<LandscapeSource> {
  const { timeline, data } = await startRun(XOR);
  const { model } = timeline;
  const way = [parameterVectorOf(model).values];
  for (let step = 0; step < STEPS; step += EVERY) {
    await timeline.advance(EVERY);
    way.push(parameterVectorOf(model).values);
  }
  const { train } = data.fitted;
  const objective = objectiveOf(model, train.x, train.y);
  const plane = planeOf(name, way, model);
  const training = pathOn(objective, plane, way);
  return { objective, plane, home: homeOf(training.points, plane.here), training };
}

function planeOf(
  name: PlaneName,
  way: readonly Float64Array[],
  model: Parameters<typeof planeOfParameters>[0],
): SurfacePlane {
  if (name === "way") return planeOfPath(way);
  if (name === "directions") return planeOfDirections(model, { seed: 1 });
  return planeOfParameters(model, "dense1/w[0,0]", "dense1/w[1,0]");
}

/** All of the way, with room around it. */
function homeOf(
  points: readonly { readonly u: number; readonly v: number }[],
  here: readonly [number, number],
): LandscapeSource["home"] {
  const around = (values: readonly number[]): Interval => {
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const room = Math.max(0.4 * (high - low), 1.5);
    return [Math.floor(low - room), Math.ceil(high + room)];
  };
  return {
    u: around([here[0], ...points.map(({ u }) => u)]),
    v: around([here[1], ...points.map(({ v }) => v)]),
  };
}
