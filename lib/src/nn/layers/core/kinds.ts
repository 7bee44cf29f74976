// The kinds of layers that most networks have.

import type { Layer } from "../layer.ts";
import type { Makers } from "../maker.ts";
import { ACTIVATION, activation } from "./activation.ts";
import { DENSE, dense } from "./dense.ts";
import { RESCALING, rescaling } from "./rescaling.ts";

export const CORE_KINDS: Makers<Layer> = {
  dense: { signature: DENSE, make: dense },
  activation: { signature: ACTIVATION, make: activation },
  rescaling: { signature: RESCALING, make: rescaling },
};
