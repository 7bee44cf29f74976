// The kinds of layers that begin a network or change a shape.

import type { Layer } from "../layer.ts";
import type { Makers } from "../maker.ts";
import { FLATTEN, flatten, INPUT, inputLayer, RESHAPE, reshapeLayer } from "./flatten.ts";

export const RESHAPING_KINDS: Makers<Layer> = {
  input: { signature: INPUT, make: inputLayer, called: "inputLayer" },
  flatten: { signature: FLATTEN, make: flatten },
  reshape: { signature: RESHAPE, make: reshapeLayer, called: "reshapeLayer" },
};
