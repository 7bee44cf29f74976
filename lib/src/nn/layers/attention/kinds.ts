// The kinds of layers of this family, as specifications name them.

import type { Layer } from "../layer.ts";
import type { Makers } from "../maker.ts";
import { HOPFIELD, hopfield } from "./hopfield.ts";
import { MULTI_HEAD_ATTENTION, multiHeadAttention } from "./multi-head-attention.ts";
import { TRANSFORMER_BLOCK, transformerBlock } from "./transformer-block.ts";

export const ATTENTION_KINDS: Makers<Layer> = {
  multiHeadAttention: { signature: MULTI_HEAD_ATTENTION, make: multiHeadAttention },
  hopfield: { signature: HOPFIELD, make: hopfield },
  transformerBlock: { signature: TRANSFORMER_BLOCK, make: transformerBlock },
};
