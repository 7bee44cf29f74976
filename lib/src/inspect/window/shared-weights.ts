// What sharing weights saves: the parameters of a convolution beside those of a dense layer.

import { count, expectArgument, expectOptions, type Kinds } from "../../checks/arguments.ts";
import { sizeOf } from "../../ir/shape.ts";
import type { Model } from "../../train/model/model.ts";
import { inputShapeOf, MODEL } from "../learnt/layer-outputs.ts";

/** Parameters of one conv2d layer, and of dense layers in its place. */
export interface SharedWeights {
  readonly layer: string;
  readonly maps: number;
  /** Cells of one map: so often is a kernel used. */
  readonly cells: number;
  /** Of one map: its kernel and its bias. */
  readonly perMap: number;
  readonly parameters: number;
  /** Of a dense layer of `denseUnits` that reads the same, with biases if the convolution has any. */
  readonly dense: number;
  readonly denseUnits: number;
  /** Of a dense layer with a unit for every cell of every map. */
  readonly denseCells: number;
}

/** Options of sharedWeightsOf(). */
export interface SharedWeightsOptions {
  /** Units of the dense layer to compare with; 30 by default, as Nielsen has it. */
  readonly denseUnits?: number;
}

const OPTIONS: Kinds<SharedWeightsOptions> = { denseUnits: count };

/**
 * The count for every conv2d layer: 20 maps of 5 x 5 over 28 x 28 have 26 parameters a map and 520 in all; a
 * dense layer of 30 has 23,550. A model without a convolution gives an empty list.
 * (Nielsen, chapter 6.)
 */
export function sharedWeightsOf(model: Model, options: SharedWeightsOptions = {}): SharedWeights[] {
  const where = "sharedWeightsOf";
  expectArgument(where, "model", model, MODEL);
  expectOptions(where, options, OPTIONS);
  const { denseUnits = 30 } = options;
  return model.network.placed.flatMap((placed) => {
    if (placed.kind !== "conv2d") return [];
    const [rows, columns, maps] = placed.outputShape as [number, number, number];
    const { w, b } = model.layer(placed.name);
    const parameters = w!.data.length + (b?.data.length ?? 0);
    const each = sizeOf(inputShapeOf(model, placed)) + (b ? 1 : 0);
    const cells = rows * columns;
    return {
      layer: placed.name,
      maps,
      cells,
      perMap: parameters / maps,
      parameters,
      dense: each * denseUnits,
      denseUnits,
      denseCells: each * cells * maps,
    };
  });
}
