// What an initializer is, and how a table describes a family of them.

import type { Kind } from "../../checks/arguments.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import type { FloatDType } from "../../spec/parts.ts";
import type { Key } from "../../tensor/random.ts";
import type { Config } from "../spec.ts";
import type { Fans } from "./fans.ts";

/** How a parameter starts. */
export interface Initializer {
  readonly name: string;
  readonly config: Config;
  /** The same key, shape and element type give the same values on every engine. */
  readonly init: (key: Key, shape: readonly number[], fans: Fans, dtype: FloatDType) => Tensor;
}

/** What is to be filled. */
export interface Target {
  readonly key: Key;
  readonly shape: readonly number[];
  readonly fans: Fans;
  readonly dtype: FloatDType;
}

/** Initializers that differ by numbers alone. */
export interface InitializerFamily {
  readonly defaults: Readonly<Record<string, number>>;
  readonly fill: (target: Target, config: Readonly<Record<string, number>>) => Tensor;
  /** What options must be, where that is more than a finite number. */
  readonly kinds?: Readonly<Record<string, Kind>> | undefined;
}

export function initializerFamily<C extends Readonly<Record<string, number>>>(
  defaults: C,
  fill: (target: Target, config: C) => Tensor,
  kinds?: Readonly<Partial<Record<keyof C & string, Kind>>>,
): InitializerFamily {
  return {
    defaults,
    fill: fill as InitializerFamily["fill"],
    kinds: kinds as InitializerFamily["kinds"],
  };
}
