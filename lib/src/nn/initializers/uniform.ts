// The uniform initializer.

import { uniform as draw } from "../../tensor/random.ts";
import { type InitializerFamily, initializerFamily } from "./initializer.ts";

/** Uniform in [low, high); Keras's range by default. */
export const uniformInitializer: InitializerFamily = initializerFamily(
  { low: -0.05, high: 0.05 },
  ({ key, shape, dtype }, { low, high }) => draw(key, shape, { low, high, dtype }),
);
