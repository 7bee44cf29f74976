// Every op that is covered, by its domain: one row an op.

import type { OpRows } from "../core/rows.ts";
import { control } from "./control/rows.ts";
import { elementwiseRows } from "./elementwise/rows.ts";
import { indices } from "./indices/rows.ts";
import { movement } from "./movement/rows.ts";
import { layerRows } from "./normal/rows.ts";
import { quantised } from "./quantised/rows.ts";
import { recurrence } from "./recurrent/rows.ts";
import { reductions } from "./reductions/rows.ts";
import { signals } from "./signals/rows.ts";
import { optimizers } from "./training/rows.ts";
import { windows } from "./windows/rows.ts";

const { Binarizer, ...activations } = elementwiseRows;
const { ArrayFeatureExtractor, ...places } = indices;

/** OpRows by domain; the empty one is ONNX's own. */
export const TABLES: ReadonlyMap<string, OpRows> = new Map([
  [
    "",
    {
      ...activations,
      ...movement,
      ...reductions,
      ...places,
      ...windows,
      ...recurrence,
      ...control,
      ...quantised,
      ...layerRows,
      ...signals,
    },
  ],
  ["ai.onnx.ml", { Binarizer: Binarizer!, ArrayFeatureExtractor: ArrayFeatureExtractor! }],
  ["ai.onnx.preview.training", optimizers],
]);
