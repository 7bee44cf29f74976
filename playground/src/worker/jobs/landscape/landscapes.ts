// Landscapes that were asked for, each compiled once: a pointer or a start that moves asks a program that is there.

import { NumberError } from "neurite";
import {
  type Curvature,
  curvatureLook,
  type DescentOptions,
  descentsOn,
  type Objective,
  restrictedTo,
  type SurfacePath,
} from "neurite/inspect";
import type { LandscapeSpec } from "../../../protocol/index.ts";
import type { LandscapeSource } from "./source.ts";
import { sourceOf } from "./sources.ts";

type Start = readonly [u: number, v: number];

export interface Landscape extends LandscapeSource {
  /** The objective as a function of (u, v). */
  readonly onPlane: Objective;
  /** Null where something is not finite. */
  readonly look: (point: Start) => Curvature | null;
  readonly descend: (
    optimizer: DescentOptions["optimizer"],
    steps: number,
  ) => (start: Start) => SurfacePath;
}

const MOST = 8;
const MOST_DESCENTS = 24;

/** The last ones that were asked for, by what they are of. */
const known = new Map<string, Landscape>();

export async function landscapeOf(spec: LandscapeSpec): Promise<Landscape> {
  const key = JSON.stringify(spec);
  const found = known.get(key) ?? compiled(await sourceOf(spec));
  remember(known, key, found, MOST);
  return found;
}

function compiled(source: LandscapeSource): Landscape {
  const onPlane = restrictedTo(source.plane, source.objective);
  const look = curvatureLook(onPlane);
  const descents = new Map<string, (start: Start) => SurfacePath>();
  return {
    ...source,
    onPlane,
    look(point) {
      try {
        return look(point);
      } catch (error) {
        if (error instanceof NumberError) return null;
        throw error;
      }
    },
    descend(optimizer, steps) {
      const key = JSON.stringify([optimizer, steps]);
      const { objective, plane } = source;
      const found = descents.get(key) ?? descentsOn(objective, plane, { optimizer, steps });
      remember(descents, key, found, MOST_DESCENTS);
      return found;
    },
  };
}

/** Puts something at the end of a map that holds so many at most. */
function remember<T>(map: Map<string, T>, key: string, value: T, most: number): void {
  map.delete(key);
  map.set(key, value);
  if (map.size > most) map.delete(map.keys().next().value!);
}
