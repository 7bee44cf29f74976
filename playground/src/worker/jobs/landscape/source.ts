// What a landscape is made of.

import type { Objective, SurfacePath, SurfacePlane } from "neurite/inspect";
import type { Interval } from "../../../protocol/index.ts";

/** What a landscape is made of. */
export interface LandscapeSource {
  readonly objective: Objective;
  readonly plane: SurfacePlane;
  /** The part of the plane that is shown to begin with. */
  readonly home: { readonly u: Interval; readonly v: Interval };
  readonly training: SurfacePath | null;
}
