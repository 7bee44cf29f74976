// LeCun, Glorot and He: a variance that follows from the fans, and uniform numbers of it.

import { uniform } from "../../tensor/random.ts";
import type { Fans } from "./fans.ts";
import { type InitializerFamily, initializerFamily } from "./initializer.ts";

/** LeCun 1998: 1 / fanIn. */
export const lecun = ({ fanIn }: Fans): number => 1 / fanIn;

/** Glorot and Bengio 2010: 2 / (fanIn + fanOut). */
export const glorot = ({ fanIn, fanOut }: Fans): number => 2 / (fanIn + fanOut);

/** He et al. 2015: 2 / fanIn. */
export const he = ({ fanIn }: Fans): number => 2 / fanIn;

function uniformOf(variance: (fans: Fans) => number): InitializerFamily {
  return initializerFamily({}, ({ key, shape, fans, dtype }) => {
    const limit = Math.sqrt(3 * variance(fans)); // a uniform of half-width r has variance r^2 / 3
    return uniform(key, shape, { low: -limit, high: limit, dtype });
  });
}

export const lecunUniform: InitializerFamily = uniformOf(lecun);
export const glorotUniform: InitializerFamily = uniformOf(glorot);
export const heUniform: InitializerFamily = uniformOf(he);
