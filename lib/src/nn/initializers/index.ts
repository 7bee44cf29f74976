// Initializers by name.

import { expectArgument, func } from "../../checks/arguments.ts";
import { makeRegistry } from "../registry.ts";
import type { NamedOptions, Written } from "../spec.ts";
import { constantInitializer, onesInitializer, zerosInitializer } from "./constant.ts";
import type { Initializer, InitializerFamily } from "./initializer.ts";
import { uniformInitializer } from "./uniform.ts";
import { glorotUniform, heUniform, lecunUniform } from "./variance-scaling.ts";

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

/** Those without a row are in `late.ts`. */
const FAMILIES: Readonly<Record<InitializerName, InitializerFamily | null>> = {
  zeros: zerosInitializer,
  ones: onesInitializer,
  constant: constantInitializer,
  normal: null,
  truncatedNormal: null,
  scaledNormal: null,
  uniform: uniformInitializer,
  lecunNormal: null,
  lecunUniform,
  glorotNormal: null,
  glorotUniform,
  heNormal: null,
  heUniform,
  orthogonal: null,
};

const ALIASES: Readonly<Record<string, InitializerName>> = {
  randomNormal: "normal",
  randomUniform: "uniform",
  xavierNormal: "glorotNormal",
  xavierUniform: "glorotUniform",
  kaimingNormal: "heNormal",
  kaimingUniform: "heUniform",
};

const INITIALIZERS = makeRegistry<Initializer>("initializer", "init", async () => {
  return (await import("./late.ts")).LATE_INITIALIZERS;
})(FAMILIES, ALIASES);

/**
 * The initializer that a specification names; PyTorch's and Keras's spellings do too.
 * @throws ArgumentError for an unknown name or option, and for an initializer without its function
 */
export function initializerOf(spec: InitializerSpec | Written): Initializer {
  if (INITIALIZERS.isOwn(spec)) {
    expectArgument("initializer", "its init", spec.init, func);
    return spec;
  }
  const { name, entry, config } = INITIALIZERS.read(spec);
  const numbers = config as Readonly<Record<string, number>>;
  return {
    name,
    config,
    init: (key, shape, fans, dtype) => entry.fill({ key, shape, fans, dtype }, numbers),
  };
}

/** All names, in the order of the table. */
export function initializerNames(): InitializerName[] {
  return INITIALIZERS.names();
}
