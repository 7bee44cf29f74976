// Callbacks are checked before training: one whose method is misspelt would never be called.

import { func, show } from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";
import { didYouMean } from "../../checks/nearest.ts";
import type { Callback } from "./callback.ts";

const METHODS: Readonly<Record<Exclude<keyof Callback, "name">, true>> = {
  onTrainBegin: true,
  onEpochBegin: true,
  onStepEnd: true,
  onProgress: true,
  pauses: true,
  onPause: true,
  onEpochEnd: true,
  onTrainEnd: true,
  save: true,
  load: true,
  saveTensors: true,
  loadTensors: true,
};

/** Methods that training calls; the others are for checkpoints. */
const MOMENTS = Object.keys(METHODS).filter(isMoment);

/**
 * @param where the function that was given them, as errors name it
 * @throws ArgumentError for what is no list of callbacks, and for one that could never be called
 */
export function expectCallbacks(where: string, callbacks: unknown): void {
  if (callbacks === undefined) return;
  if (!Array.isArray(callbacks)) {
    throw new ArgumentError(
      `${where}: expected callbacks to be a list of callbacks, received ${show(callbacks)}`,
    );
  }
  callbacks.forEach((callback: unknown, i) => expectCallback(where, `callbacks[${i}]`, callback));
}

function expectCallback(where: string, place: string, callback: unknown): void {
  if (typeof callback !== "object" || callback === null) {
    throw new ArgumentError(
      `${where}: expected ${place} to be an object with methods as ${MOMENTS.join(", ")}, ` +
        `received ${show(callback)}`,
    );
  }
  const own = callback as Readonly<Record<string, unknown>>;
  const names = namesOf(callback);
  const unknown = names.find((name) => isMoment(name) && !Object.hasOwn(METHODS, name));
  if (unknown !== undefined) {
    throw new ArgumentError(
      `${where}: ${place}: there is no moment "${unknown}".${didYouMean(unknown, MOMENTS)} ` +
        `Expected some of: ${MOMENTS.join(", ")}.`,
    );
  }
  for (const name of names) {
    if (!Object.hasOwn(METHODS, name) || own[name] === undefined || func.fits(own[name])) continue;
    throw new ArgumentError(
      `${where}: ${place}: expected ${name} to be a function, received ${show(own[name])}`,
    );
  }
  if (MOMENTS.some((name) => own[name] !== undefined)) return;
  throw new ArgumentError(
    `${where}: expected ${place} to have one of the methods ${MOMENTS.join(", ")}, ` +
      `received ${show(callback)}`,
  );
}

/** All that an object has, of its class too. */
function namesOf(callback: object): string[] {
  const names: string[] = [];
  for (let level = callback; level !== Object.prototype && level; ) {
    names.push(...Object.getOwnPropertyNames(level));
    level = Object.getPrototypeOf(level) as object;
  }
  return names;
}

function isMoment(name: string): boolean {
  return /^on[A-Z]/.test(name);
}
