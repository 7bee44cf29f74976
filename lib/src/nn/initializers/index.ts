// Initializers by name.

import { readSpec, type Spec } from "../spec.ts";
import { constant, ones, zeros } from "./constant.ts";
import type { Family, Initializer } from "./initializer.ts";
import { normal, scaledNormal, truncatedNormal } from "./normal.ts";
import { orthogonal } from "./orthogonal.ts";
import { uniform } from "./uniform.ts";
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

export type InitializerName =
  | "zeros"
  | "ones"
  | "constant"
  | "normal"
  | "truncatedNormal"
  | "scaledNormal"
  | "uniform"
  | "lecunNormal"
  | "lecunUniform"
  | "glorotNormal"
  | "glorotUniform"
  | "heNormal"
  | "heUniform"
  | "orthogonal";

/** A name, a name with options as in { name: "normal", std: 0.01 }, or an initializer of your own. */
export type InitializerSpec = InitializerName | (string & {}) | Spec<InitializerName> | Initializer;

const FAMILIES: Readonly<Record<InitializerName, Family>> = {
  zeros,
  ones,
  constant,
  normal,
  truncatedNormal,
  scaledNormal,
  uniform,
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
 * The initializer that a specification names.
 * @throws ArgumentError for an unknown name or option
 */
export function initializerOf(spec: InitializerSpec): Initializer {
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

function isInitializer(spec: InitializerSpec): spec is Initializer {
  return typeof spec === "object" && spec !== null && typeof spec["init"] === "function";
}
