// The initializers that are fetched when a specification names them.

import type { InitializerFamily } from "./initializer.ts";
import { normalInitializer, scaledNormal, truncatedNormal } from "./normal.ts";
import { orthogonal } from "./orthogonal.ts";
import { glorotNormal, heNormal, lecunNormal } from "./variance-normals.ts";

export const LATE_INITIALIZERS: Readonly<Record<string, InitializerFamily>> = {
  normal: normalInitializer,
  truncatedNormal,
  scaledNormal,
  lecunNormal,
  glorotNormal,
  heNormal,
  orthogonal,
};
