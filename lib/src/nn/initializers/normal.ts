// Normal initializers.

import { notNegative } from "../../checks/arguments.ts";
import { normal as draw } from "../../tensor/random.ts";
import { type InitializerFamily, initializerFamily } from "./initializer.ts";
import { drawTruncated } from "./truncated.ts";

/** N(mean, std^2): by default N(0, 1), Nielsen's "large" initialisation. */
export const normalInitializer: InitializerFamily = initializerFamily(
  { mean: 0, std: 1 },
  ({ key, shape, dtype }, { mean, std }) => draw(key, shape, { mean, std, dtype }),
  { std: notNegative },
);

/** N(mean, std^2) with nothing beyond two standard deviations, as Keras draws it. */
export const truncatedNormal: InitializerFamily = initializerFamily(
  { mean: 0, std: 1 },
  ({ key, shape, dtype }, { mean, std }) => drawTruncated(key, shape, mean, std, dtype),
  { std: notNegative },
);

/** N(0, 1) / sqrt(fanIn), Nielsen's default initialisation (chapter 3). */
export const scaledNormal: InitializerFamily = initializerFamily(
  {},
  ({ key, shape, fans, dtype }) => draw(key, shape, { std: 1 / Math.sqrt(fans.fanIn), dtype }),
);
