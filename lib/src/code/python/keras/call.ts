// What a row of the table of Keras's code is: the call that makes a layer, and its weights in Keras's order.

import { ArgumentError } from "../../../checks/errors.ts";
import { activationWords } from "../activations.ts";
import { pythonTuple, type WrittenLayer } from "../dialect.ts";

/** The arguments of the call that makes a layer, and its weights in Keras's order. */
export interface KerasCall {
  readonly type: string;
  readonly args: readonly string[];
  /** Expressions in `weights`, by `weightOf`. */
  readonly weights?: readonly string[];
  /** A function that the call names. */
  readonly needs?: readonly string[];
}

/** @param isPenalized whether weights have a penalty, which the program calls `penalty` */
export type KerasCode = (layer: WrittenLayer, isPenalized: boolean) => KerasCall;

export const KERAS_CALLER = "kerasCodeOf";

export function refuseKerasCode({ name, spec }: WrittenLayer, why: string): never {
  throw new ArgumentError(`${KERAS_CALLER}: ${name}, of kind ${spec.kind}: ${why}`);
}

/** A variable of the layer as the file has it. */
export function weightOf({ name }: WrittenLayer, own: string, tree = "params"): string {
  return `weights[${JSON.stringify(`${tree}/${name}/${own}`)}]`;
}

export function activationArgument(given: unknown, argument = "activation"): string[] {
  const words = activationWords(KERAS_CALLER, given, "keras");
  return words === null ? [] : [`${argument}=lambda x: ${words}`];
}

export const flagText = (argument: string, value: unknown): string =>
  `${argument}=${value ? "True" : "False"}`;

/** A number where all are the same, else a tuple. */
export function windowText(values: readonly number[]): string {
  const [first] = values;
  return values.every((value) => value === first) ? String(first) : pythonTuple(values);
}
