// One row a kind of layer: which modules of PyTorch it is, under which names and in which layouts their tensors are.

import { attentionRows } from "./rows/attention.ts";
import { NORMALIZATION_ROWS } from "./rows/normalization.ts";
import { RECURRENT_ROWS } from "./rows/recurrent.ts";
import type { LayerRow } from "./rows/row.ts";
import { WEIGHTED_ROWS } from "./rows/weighted.ts";

/** @param isJoined whether query, key and value of an attention are one matrix, as in nn.MultiheadAttention */
export function torchRows(isJoined: boolean): Readonly<Record<string, LayerRow>> {
  return { ...WEIGHTED_ROWS, ...NORMALIZATION_ROWS, ...RECURRENT_ROWS, ...attentionRows(isJoined) };
}
