// The kinds of layers of this family, as specifications name them.

import type { Layer } from "../layer.ts";
import type { Makers } from "../maker.ts";
import { BIDIRECTIONAL, bidirectional } from "./bidirectional.ts";
import { BLOCK, block } from "./block.ts";
import { LAMBDA, lambda } from "./lambda.ts";
import { RESIDUAL, residual } from "./residual.ts";
import { TIME_DISTRIBUTED, timeDistributed } from "./time-distributed.ts";

export const COMPOSITE_KINDS: Makers<Layer> = {
  timeDistributed: { signature: TIME_DISTRIBUTED, make: timeDistributed },
  bidirectional: { signature: BIDIRECTIONAL, make: bidirectional },
  block: { signature: BLOCK, make: block },
  residual: { signature: RESIDUAL, make: residual },
  lambda: { signature: LAMBDA, make: lambda },
};
