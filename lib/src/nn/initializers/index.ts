// Initializers by name.

import { type NamedOptions, readSpec, type Written } from "../spec.ts";
import { constantInitializer, onesInitializer, zerosInitializer } from "./constant.ts";
import type { Initializer, InitializerFamily } from "./initializer.ts";
import { normalInitializer, scaledNormal, truncatedNormal } from "./normal.ts";
import { orthogonal } from "./orthogonal.ts";
import { uniformInitializer } from "./uniform.ts";
import {
  glorotNormal,
  glorotUniform,
  heNormal,
  heUniform,
  lecunNormal,
  lecunUniform,
} from "./variance-scaling.ts";

export { type Fans, fansOf } from "./fans.ts";
export type { Initializer } from "./initializer.ts";

interface NormalOptions {
  readonly mean?: number;
  readonly std?: number;
}

interface InitializerOptions {
  readonly zeros: unknown;
  readonly ones: unknown;
  readonly constant: { readonly value?: number };
  readonly normal: NormalOptions;
  readonly truncatedNormal: NormalOptions;
  readonly scaledNormal: unknown;
  readonly uniform: { readonly low?: number; readonly high?: number };
  readonly lecunNormal: unknown;
  readonly lecunUniform: unknown;
  readonly glorotNormal: unknown;
  readonly glorotUniform: unknown;
  readonly heNormal: unknown;
  readonly heUniform: unknown;
  readonly orthogonal: { readonly gain?: number };
}

/** The initializers that a name can say. */
export type InitializerName = keyof InitializerOptions;

/** A name, a name with options as in { name: "normal", std: 0.01 }, or an initializer of your own. */
export type InitializerSpec = InitializerName | NamedOptions<InitializerOptions> | Initializer;

const FAMILIES: Readonly<Record<InitializerName, InitializerFamily>> = {
  zeros: zerosInitializer,
  ones: onesInitializer,
  constant: constantInitializer,
  normal: normalInitializer,
  truncatedNormal,
  scaledNormal,
  uniform: uniformInitializer,
  lecunNormal,
  lecunUniform,
  glorotNormal,
  glorotUniform,
  heNormal,
  heUniform,
  orthogonal,
};

const ALIASES: Readonly<Record<string, InitializerName>> = {
  randomNormal: "normal",
  randomUniform: "uniform",
  xavierNormal: "glorotNormal",
  xavierUniform: "glorotUniform",
  kaimingNormal: "heNormal",
  kaimingUniform: "heUniform",
};

/**
 * The initializer that a specification names; PyTorch's and Keras's spellings do too.
 * @throws ArgumentError for an unknown name or option
 */
export function initializerOf(spec: InitializerSpec | Written): Initializer {
  if (isInitializer(spec)) return spec;
  const { name, entry, config } = readSpec("initializer", spec, FAMILIES, ALIASES);
  const numbers = config as Readonly<Record<string, number>>;
  return {
    name,
    config,
    init: (key, shape, fans, dtype) => entry.fill({ key, shape, fans, dtype }, numbers),
  };
}

/** All names, in the order of the table. */
export function initializerNames(): InitializerName[] {
  return Object.keys(FAMILIES) as InitializerName[];
}

function isInitializer(spec: InitializerSpec | Written): spec is Initializer {
  return typeof spec === "object" && spec !== null && typeof Object(spec).init === "function";
}
