// The kinds of layers that learn their activation.

import type { Layer } from "../layer.ts";
import type { Makers } from "../maker.ts";
import { MAXOUT, maxout } from "./maxout.ts";
import { PRELU, prelu } from "./prelu.ts";

export const LEARNT_KINDS: Makers<Layer> = {
  prelu: { signature: PRELU, make: prelu },
  maxout: { signature: MAXOUT, make: maxout },
};
