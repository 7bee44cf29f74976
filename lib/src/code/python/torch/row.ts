// What a row of the table of PyTorch's code is, and what its lines are made of.

import { ArgumentError } from "../../../checks/errors.ts";
import type { Shape } from "../../../ir/shape.ts";
import type { LayerSpec } from "../../../spec/parts.ts";
import { activationWords } from "../activations.ts";
import { pythonTuple } from "../dialect.ts";

/** A layer at its place. */
export interface TorchLayer {
  readonly spec: LayerSpec;
  /** As in "residual1/layers/dense1". */
  readonly path: string;
  /** Its attribute of the network: `self.dense1`, or what begins the names of several. */
  readonly name: string;
  /** Of one example. */
  readonly inputShape: Shape;
  readonly outputShape: Shape;
  /** Variables of the other places that it reads, with the shapes there. */
  readonly also: readonly { readonly x: string; readonly shape: Shape }[];
}

/** A layer in PyTorch: modules that are made once, and statements that change x. */
export interface TorchLines {
  /** Expressions that make modules, by what follows the layer's name. */
  readonly modules?: Readonly<Record<string, string>>;
  readonly forward: readonly string[];
  /** A function that the statements call. */
  readonly needs?: readonly string[];
}

/** @throws ArgumentError for options that PyTorch has no like of */
export type TorchCode = (layer: TorchLayer) => TorchLines;

export const CALLER = "torchCodeOf";

export function refuseTorch({ path, spec }: TorchLayer, why: string): never {
  throw new ArgumentError(`${CALLER}: ${path}, of kind ${spec.kind}: ${why}`);
}

/** The statement of a layer's activation, if it has one. */
export function activated({ spec }: TorchLayer): string[] {
  const words = activationWords(CALLER, spec["activation"], "torch");
  return words === null ? [] : [`x = ${words}`];
}

/** What says that a module has no bias. */
export const biasText = ({ spec }: TorchLayer): string =>
  spec["bias"] === false ? ", bias=False" : "";

/** Images and sequences have their channels last here, and second there. */
export const FIRST = "x.movedim(-1, 1)";
export const toLast = (x: string): string => `${x}.movedim(1, -1)`;

/** A number where all are the same, else a tuple. */
export function sizesText(values: readonly number[]): string {
  const [first] = values;
  return values.every((value) => value === first) ? String(first) : pythonTuple(values);
}

/** What F.pad takes: the last axis first. */
export function padText(x: string, sides: readonly (readonly number[])[], more = ""): string {
  if (sides.flat().every((side) => side === 0)) return x;
  return `F.pad(${x}, ${pythonTuple(sides.toReversed().flat())}${more})`;
}
