// What the function of a layer takes, said once: the function, the registry and specifications use it.

import {
  count,
  either,
  expectArgument,
  expectOptions,
  flag,
  having,
  type Kind,
  type Kinds,
  listOf,
  object,
  shape,
  text,
} from "../../checks/arguments.ts";
import type { Layer, LayerOptions } from "./layer.ts";

/** The arguments of a layer's function. */
export interface LayerSignature<O extends object = object> {
  /** Those that it takes one by one, in this order, before the options. */
  readonly leading: Readonly<Record<string, Kind>>;
  readonly options: Kinds<O>;
}

/** Under it the layer's variables are saved, as "name/w". */
export const layerName: Kind<string> = {
  says: 'a text without "/"',
  fits: (value) => text.fits(value) && !(value as string).includes("/"),
};

/** What is looked up by name later, with errors of its own: an activation, an initializer. */
export const nameOption: Kind<never> = {
  says: "a name, or an object with a name",
  fits: either(text, object).fits,
};

/** A length for both axes of an image, or one for each. */
export const lengthOrTwo: Kind<never> = {
  says: "one or two whole numbers above 0",
  fits: (value) =>
    count.fits(value) || (Array.isArray(value) && value.length === 2 && value.every(count.fits)),
};

/** A length for all axes of a volume, or one for each. */
export const lengthOrThree: Kind<never> = {
  says: "one or three whole numbers above 0",
  fits: (value) =>
    count.fits(value) || (Array.isArray(value) && value.length === 3 && value.every(count.fits)),
};

const aLayer = having("a layer, as dense(3) makes", "outputShape", "init", "apply");

/** A layer inside another. A specification holds its specification. */
export const heldLayer: Kind<Layer> = { ...aLayer };

/** Layers inside another, one after the other. */
export const heldLayers: Kind<readonly Layer[]> = {
  says: "a list of one layer or more, as [dense(3)]",
  fits: (value) => listOf(aLayer).fits(value) && (value as readonly unknown[]).length > 0,
  member: aLayer,
};

export const LAYER: Kinds<LayerOptions> = { name: layerName, inputShape: shape, trainable: flag };

/**
 * @param kind the layer, as errors name it
 * @param values the leading arguments
 * @throws ArgumentError for arguments of another kind, and for options that the layer has not
 */
export function expectSignature<O extends object>(
  kind: string,
  { leading, options }: LayerSignature<O>,
  values: readonly unknown[],
  given: O | undefined,
): void {
  Object.entries(leading).forEach(([name, wanted], i) => {
    expectArgument(kind, name, values[i], wanted);
  });
  expectOptions(kind, given, options);
}
