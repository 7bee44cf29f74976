// LeCun, Glorot and He: a variance that follows from the fans. Normals are cut at two standard
// deviations, as in Keras; scaledNormal is the uncut one.

import { uniform } from "../../tensor/random.ts";
import type { Fans } from "./fans.ts";
import { type InitializerFamily, initializerFamily } from "./initializer.ts";
import { drawTruncated, TRUNCATED_STD } from "./truncated.ts";

/** LeCun 1998: 1 / fanIn. */
const lecun = ({ fanIn }: Fans): number => 1 / fanIn;

/** Glorot and Bengio 2010: 2 / (fanIn + fanOut). */
const glorot = ({ fanIn, fanOut }: Fans): number => 2 / (fanIn + fanOut);

/** He et al. 2015: 2 / fanIn. */
const he = ({ fanIn }: Fans): number => 2 / fanIn;

function normalOf(variance: (fans: Fans) => number): InitializerFamily {
  return initializerFamily({}, ({ key, shape, fans, dtype }) =>
    drawTruncated(key, shape, 0, Math.sqrt(variance(fans)) / TRUNCATED_STD, dtype),
  );
}

function uniformOf(variance: (fans: Fans) => number): InitializerFamily {
  return initializerFamily({}, ({ key, shape, fans, dtype }) => {
    const limit = Math.sqrt(3 * variance(fans)); // a uniform of half-width r has variance r^2 / 3
    return uniform(key, shape, { low: -limit, high: limit, dtype });
  });
}

export const lecunNormal: InitializerFamily = normalOf(lecun);
export const lecunUniform: InitializerFamily = uniformOf(lecun);
export const glorotNormal: InitializerFamily = normalOf(glorot);
export const glorotUniform: InitializerFamily = uniformOf(glorot);
export const heNormal: InitializerFamily = normalOf(he);
export const heUniform: InitializerFamily = uniformOf(he);
