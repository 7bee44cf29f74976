// The kinds of layers of this family, as specifications name them.

import type { Layer } from "../layer.ts";
import type { Makers } from "../maker.ts";
import { GRU, gru } from "./gru.ts";
import { LSTM, lstm } from "./lstm.ts";
import { RECURRENT } from "./recurrent.ts";
import { simpleRnn } from "./simple-rnn.ts";

export const RECURRENT_KINDS: Makers<Layer> = {
  simpleRnn: { signature: RECURRENT, make: simpleRnn },
  lstm: { signature: LSTM, make: lstm },
  gru: { signature: GRU, make: gru },
};
