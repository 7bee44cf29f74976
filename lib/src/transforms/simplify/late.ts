// What the simplifier knows of ops that not every network is made of.

import { simplifyCond, simplifyWhile } from "./control.ts";
import { joinedLoops } from "./join.ts";
import { mayBeLater, withLateTranspositions } from "./layout.ts";
import { simplifyScan } from "./scan.ts";

export interface LateSimplifications {
  readonly joinedLoops: typeof joinedLoops;
  readonly mayBeLater: typeof mayBeLater;
  readonly withLateTranspositions: typeof withLateTranspositions;
  readonly simplifyScan: typeof simplifyScan;
  readonly simplifyCond: typeof simplifyCond;
  readonly simplifyWhile: typeof simplifyWhile;
}

export const LATE_SIMPLIFICATIONS: LateSimplifications = {
  joinedLoops,
  mayBeLater,
  withLateTranspositions,
  simplifyScan,
  simplifyCond,
  simplifyWhile,
};
