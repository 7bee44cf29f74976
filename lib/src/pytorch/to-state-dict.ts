// The weights of a model as a state_dict: the names and layouts of the program that torchCodeOf() writes.

import { expectOptions, type Kinds, oneOf } from "../checks/arguments.ts";
import { decodeSafetensors, encodeSafetensors } from "../formats/safetensors.ts";
import type { StoredTensor } from "../formats/stored-tensor.ts";
import { showShape } from "../ir/shape.ts";
import { expectModel } from "../train/files/checkpoint.ts";
import { weightsOf } from "../train/files/restore.ts";
import { saveModel } from "../train/files/saved-model.ts";
import type { Model } from "../train/model/model.ts";
import { FLATTEN_KEY, parametersOf } from "./from-state-dict.ts";
import { type FlattenOrder, torchModules } from "./modules.ts";
import { toTheirs } from "./tensor-row.ts";

/** Options of toStateDict(). */
export interface ToStateDictOptions {
  /**
   * How the program that takes the weights flattens pictures: "channelsLast" by default, as that of
   * torchCodeOf() does; "channelsFirst" for a program whose pictures are PyTorch's.
   */
  readonly flatten?: FlattenOrder;
}

const OPTIONS: Kinds<ToStateDictOptions> = { flatten: oneOf("channelsFirst", "channelsLast") };

/** A model's weights as PyTorch names them. */
export interface StateDict {
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  /** What each tensor is of ours, a line each. */
  readonly told: readonly string[];
  /** A safetensors file of them. */
  readonly bytes: Uint8Array;
}

/**
 * The weights of a model as a state_dict, which the module of torchCodeOf() takes by
 * `load_state_dict(load_file(path), strict=True)`.
 * @throws ArgumentError for a layer that PyTorch has no like of
 */
export function toStateDict(model: Model, options: ToStateDictOptions = {}): StateDict {
  expectModel("toStateDict", model);
  expectOptions("toStateDict", options, OPTIONS);
  const { flatten = "channelsLast" } = options;
  const shapes = parametersOf(weightsOf(model));
  const modules = torchModules(model.network, { flatten, shapes });
  // As a saved model has them: the mean over the training, where there is one.
  const { tensors: ours } = decodeSafetensors(saveModel(model));
  const rows = modules.flatMap(({ place, tensors }) =>
    tensors.map((row) => ({ row, name: `${place}.${row.name}` })),
  );
  const tensors = new Map(rows.map(({ row, name }) => [name, toTheirs(row, ours)]));
  const counters = rows
    .filter(({ row }) => row.isCounter)
    .map(({ name }) => [name, "I64"] as const);
  const told = rows.map(({ row: { of, shape, filled }, name }) => {
    const from = of.length > 0 ? of.join(" + ") : `${filled} everywhere`;
    return `${name} ${showShape(shape)} <- ${from}`;
  });
  const bytes = encodeSafetensors(
    tensors,
    { format: "pt", [FLATTEN_KEY]: flatten },
    counters.length > 0 ? { store: Object.fromEntries(counters) } : {},
  );
  return { tensors, told, bytes };
}
