// A model that is a list of layers, which may still grow.

import { anything, expectArgument, listOf } from "../../checks/arguments.ts";
import { NeuriteError } from "../../checks/errors.ts";
import type { Layer } from "../../nn/layers/layer.ts";
import type { Network } from "../../nn/network/network.ts";
import { expectLayer } from "../../nn/network/place.ts";
import type { Shape } from "../../shapes/index.ts";
import { Model } from "./model.ts";

/** A model that layers can be added to until it is first used. */
export class SequentialModel<out I extends Shape = any, out O extends Shape = any> extends Model<
  I,
  O
> {
  readonly #layers: Layer[];

  constructor(layers: readonly Layer[], build: (layers: readonly Layer[]) => Network) {
    expectArgument("SequentialModel", "layers", layers, listOf(anything));
    const list = [...layers];
    super(() => build(list));
    this.#layers = list;
  }

  get layers(): readonly Layer[] {
    return this.#layers;
  }

  /** Adds a layer at the end. @throws NeuriteError once the model has been used */
  add(layer: Layer): this {
    expectLayer("add", "its argument", layer);
    if (this.built) {
      throw new NeuriteError(`add: this model is in use already; add "${layer.kind}" before that`);
    }
    this.#layers.push(layer);
    return this;
  }
}
