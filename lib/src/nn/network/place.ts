// Places: what a network is put together from, each a layer and the places that it reads.

import {
  expectArgument,
  expectOptions,
  having,
  type Kinds,
  shape,
} from "../../checks/arguments.ts";
import { ArgumentError, ShapeError } from "../../checks/errors.ts";
import { type Shape, sameShape, showShape } from "../../ir/shape.ts";
import { layerName } from "../layers/arguments.ts";
import type { Layer } from "../layers/layer.ts";
import type { Merge } from "../layers/merging/merge.ts";
import { expectSize } from "./limits.ts";

/** A place in a network that is being put together: what a layer gives when it reads other places. */
export interface Place {
  readonly shape: Shape;
  /** Null for an input. */
  readonly layer: Layer | Merge | null;
  readonly reads: readonly Place[];
  /** The user's name for an input, or for another place of a layer that stands in several. */
  readonly name?: string | undefined;
}

/** What connect() gives: its layer can be connected again, and is then the same layer. */
export interface ConnectedPlace extends Place {
  readonly layer: Layer | Merge;
}

/** Options of an input of a network. */
export interface InputOptions {
  /** As specifications and summaries call it; else "input1", "input2" and so on. */
  readonly name?: string;
}

const INPUT: Kinds<InputOptions> = { name: layerName };

/** An input of a network: examples of this shape. */
export function input(shapeOfOne: Shape, options: InputOptions = {}): Place {
  expectArgument("input", "its shape", shapeOfOne, shape);
  expectOptions("input", options, INPUT);
  expectSize("input", shapeOfOne);
  return { shape: shapeOfOne, layer: null, reads: [], name: options.name };
}

const LAYER = having("a layer, as dense(3) makes", "outputShape", "init", "apply");
const MERGE = having("a merge", "outputShape", "merge");

/**
 * A layer that reads one place, or a merge that reads several. The same layer connected twice is one
 * layer with one set of variables.
 * @throws ShapeError if the shapes do not fit, ArgumentError for a wrong number of places
 */
export function connect(layer: Layer | Merge, ...reads: Place[]): ConnectedPlace {
  expectLayer("connect", "the first argument", layer);
  reads.forEach((place, i) => {
    const isPlace = Array.isArray(place?.shape) && Array.isArray(place.reads);
    if (isPlace) return;
    expectArgument("connect", `argument ${i + 2}`, place, having("a place, as input() makes", "?"));
  });
  if (isMerge(layer))
    return placed(layer, layer.outputShape(reads.map((read) => read.shape)), reads);
  const [read, ...also] = reads;
  const { alsoReads = [] } = layer;
  if (!read || also.length > alsoReads.length) {
    const more = alsoReads.length > 0 ? `, and may read ${alsoReads.join(", then ")}` : "";
    throw new ArgumentError(
      `connect: ${layer.kind} reads one place${more}, received ${reads.length}`,
    );
  }
  const { inputShape } = layer;
  if (inputShape && !sameShape(inputShape, read.shape)) {
    throw new ShapeError(
      `${layer.kind}: expected examples ${showShape(inputShape)}, as its inputShape says, ` +
        `received ${showShape(read.shape)}`,
    );
  }
  const shape = layer.outputShape(read.shape, ...also.map((place) => place.shape));
  return placed(layer, shape, reads);
}

/** @throws ArgumentError for what is no layer, as a layer's function that was not called */
export function expectLayer(where: string, name: string, layer: unknown): void {
  if (!MERGE.fits(layer)) expectArgument(where, name, layer, LAYER);
}

export function isMerge(layer: Layer | Merge): layer is Merge {
  return "merge" in layer;
}

function placed(layer: Layer | Merge, outputShape: Shape, reads: readonly Place[]): ConnectedPlace {
  expectSize(layer.kind, outputShape);
  return { shape: outputShape, layer, reads };
}
