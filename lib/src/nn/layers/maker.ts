// How a kind of layer is made of its specification.

import type { LayerSignature } from "./arguments.ts";
import type { FloatDType, Layer } from "./layer.ts";

/** How a kind of layer is made. */
export interface Maker<L> {
  readonly signature: LayerSignature<any>;
  // What it is passed has been checked.
  readonly make: (...args: any[]) => L;
  /** The name of its function, where that is not the kind. */
  readonly called?: string;
  /** Arguments that specifications write in another way: how they are read. */
  readonly revive?: Readonly<Record<string, (written: any, reading: LayerReading) => unknown>>;
}

/** Makers by the kinds that specifications name. */
export type Makers<L> = Readonly<Record<string, Maker<L>>>;

/** How specifications are read, where it is not said by themselves. */
export interface LayerReading {
  /** What the model computes in: a layer that makes floats of its inputs makes these; else "float32". */
  readonly dtype?: FloatDType;
  /** Kinds of layers besides those of the table. */
  readonly others?: Makers<Layer>;
}
