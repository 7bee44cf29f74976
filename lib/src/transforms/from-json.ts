// Graphs out of JSON, every node checked by its op's type rule.

import type { Graph } from "../ir/graph.ts";
import { fromJSON } from "../ir/json/write.ts";
import { inferTypes } from "../ops/builder.ts";

/** The inverse of `toJSON`. @throws ArgumentError naming the path of the first bad field */
export function graphFromJSON(json: unknown): Graph {
  return fromJSON(json, inferTypes);
}
