// Learning rates that fall (NNDL, section 7.2.3).

import { ArgumentError } from "../../ir/errors.ts";
import type { Schedule } from "./schedule.ts";

export interface ConstantOptions {
  readonly rate?: number;
}

export interface StepDecayOptions extends ConstantOptions {
  readonly factor?: number;
  /** Epochs between two multiplications with the factor. */
  readonly every?: number;
}

export interface DecayOptions extends ConstantOptions {
  readonly decay?: number;
}

export interface CosineDecayOptions extends ConstantOptions {
  /** Where the curve ends and stays. */
  readonly final?: number;
  /** Epochs until it ends. */
  readonly epochs?: number;
}

export const DEFAULTS = {
  constant: { rate: 0.01 },
  stepDecay: { rate: 0.01, factor: 0.5, every: 10 },
  exponential: { rate: 0.01, decay: 0.96 },
  inverseTime: { rate: 0.01, decay: 0.1 },
  cosine: { rate: 0.01, final: 0, epochs: 30 },
} as const;

/** The same rate always. */
export function constantRate(options: ConstantOptions = {}): Schedule {
  const { rate } = { ...DEFAULTS.constant, ...options };
  return { at: () => rate };
}

/** rate * factor^floor(epoch / every). */
export function stepDecay(options: StepDecayOptions = {}): Schedule {
  const { rate, factor, every } = { ...DEFAULTS.stepDecay, ...options };
  expectPositive("stepDecay", "every", every);
  return { at: (epoch) => rate * factor ** Math.floor(epoch / every) };
}

/** rate * decay^epoch. */
export function exponentialDecay(options: DecayOptions = {}): Schedule {
  const { rate, decay } = { ...DEFAULTS.exponential, ...options };
  return { at: (epoch) => rate * decay ** epoch };
}

/** rate / (1 + decay * epoch). */
export function inverseTimeDecay(options: DecayOptions = {}): Schedule {
  const { rate, decay } = { ...DEFAULTS.inverseTime, ...options };
  return { at: (epoch) => rate / (1 + decay * epoch) };
}

/** Half a cosine wave from `rate` to `final` over `epochs` epochs (Loshchilov and Hutter 2017). */
export function cosineDecay(options: CosineDecayOptions = {}): Schedule {
  const { rate, final, epochs } = { ...DEFAULTS.cosine, ...options };
  expectPositive("cosine", "epochs", epochs);
  return {
    at: (epoch) => {
      const turn = Math.PI * Math.min(epoch / epochs, 1);
      return final + ((rate - final) * (1 + Math.cos(turn))) / 2;
    },
  };
}

function expectPositive(name: string, option: string, value: number): void {
  if (value > 0) return;
  throw new ArgumentError(`${name}: expected ${option} to be above 0, received ${value}`);
}
