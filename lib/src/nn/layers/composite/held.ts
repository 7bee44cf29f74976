// Small things that layers inside others ask for.

import { NeuriteError } from "../../../checks/errors.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import type { Layer, LayerResult, LayerSpec } from "../layer.ts";

/** The mask of the steps that a layer gives: its own, or that of its input where steps stay apart. */
export function maskAfter(
  { keepsMask = false }: Layer,
  result: LayerResult,
  mask: Tensor | undefined,
): Tensor | undefined {
  return result.mask ?? (keepsMask ? mask : undefined);
}

/** Runs something of a layer inside another; an error says which layer it was. */
export function inside<T>(name: string, body: () => T): T {
  try {
    return body();
  } catch (error) {
    if (error instanceof NeuriteError) error.locate(`held ${name}`, `in "${name}"`);
    throw error;
  }
}

/** The same layer, frozen or not. */
export function withTrainable<L extends Layer>(layer: L, isTrainable: boolean): L {
  const { trainable: _, ...rest } = layer.spec ?? ({} as LayerSpec);
  const spec = layer.spec && {
    ...rest,
    kind: layer.spec.kind,
    ...(!isTrainable && { trainable: false }),
  };
  return { ...layer, trainable: isTrainable, spec };
}
