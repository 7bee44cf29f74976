// LeCun, Glorot and He: normal numbers of their variances. They are cut at two standard deviations, as in Keras;
// scaledNormal is the uncut one.

import type { Fans } from "./fans.ts";
import { type InitializerFamily, initializerFamily } from "./initializer.ts";
import { drawTruncated, TRUNCATED_STD } from "./truncated.ts";
import { glorot, he, lecun } from "./variance-scaling.ts";

function normalOf(variance: (fans: Fans) => number): InitializerFamily {
  return initializerFamily({}, ({ key, shape, fans, dtype }) =>
    drawTruncated(key, shape, 0, Math.sqrt(variance(fans)) / TRUNCATED_STD, dtype),
  );
}

export const lecunNormal: InitializerFamily = normalOf(lecun);
export const glorotNormal: InitializerFamily = normalOf(glorot);
export const heNormal: InitializerFamily = normalOf(he);
