// What a kept run answered on the plane, as a map is painted.

import type { KeptRun } from "../../../../client/index.ts";
import type { MapValues } from "../../../../widgets/index.ts";

export function keptMap({ map, classes }: KeptRun): MapValues | null {
  if (!map) return null;
  const isOne = map.values.length === map.cells ** 2;
  const one = classes === null ? "signed" : "probability";
  return { ...map, kind: isOne ? one : "classes" };
}
