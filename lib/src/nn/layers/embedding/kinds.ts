// The kinds of layers of this family, as specifications name them.

import type { Layer } from "../layer.ts";
import type { Makers } from "../maker.ts";
import { EMBEDDING, embedding } from "./embedding.ts";
import {
  POSITION_EMBEDDING,
  POSITIONAL_ENCODING,
  positionalEncoding,
  positionEmbedding,
} from "./positions.ts";

export const EMBEDDING_KINDS: Makers<Layer> = {
  embedding: { signature: EMBEDDING, make: embedding },
  positionalEncoding: { signature: POSITIONAL_ENCODING, make: positionalEncoding },
  positionEmbedding: { signature: POSITION_EMBEDDING, make: positionEmbedding },
};
