// A learning rate that stays.

import { expectOptions, type Kinds, notNegative } from "../../checks/arguments.ts";
import type { Schedule } from "./schedule.ts";

/** Options of constantRate(), and the rate at which every schedule starts: 0.01 by default. */
export interface ConstantOptions {
  readonly rate?: number;
}

export const CONSTANT_DEFAULTS: Required<ConstantOptions> = { rate: 0.01 };
export const CONSTANT: Kinds<ConstantOptions> = { rate: notNegative };

/** The same rate always. */
export function constantRate(options: ConstantOptions = {}): Schedule {
  expectOptions("constantRate", options, CONSTANT);
  const { rate } = withDefaults(CONSTANT_DEFAULTS, options);
  return { at: () => rate };
}

/** The options, and the defaults of those that are undefined. */
export function withDefaults<D extends object>(defaults: D, options: Partial<D>): D {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return { ...defaults, ...Object.fromEntries(given) };
}
