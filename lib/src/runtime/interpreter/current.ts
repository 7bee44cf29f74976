// What decides how an op runs: who interprets it, on which engine, and whether it is recorded. Nothing else
// does: the other state of modules is tables that forget what nobody holds (recordings, one-op programs).

import { expectArgument, func, having, text, worded } from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";
import type { Engine } from "../../engines/engine.ts";
import { referenceEngine } from "../../engines/reference/reference.ts";
import type { Trace } from "./trace.ts";

export interface Current {
  /** The trace that ops are added to; null means that they run at once. */
  trace: Trace | null;
  engine: Engine;
  /** False inside noGrad(): nothing is recorded. */
  recording: boolean;
  /** The user's scope, as in "dense1/bias". */
  path: string | undefined;
}

/** Null until an op needs one: the engine is not made by an import. */
let chosen: Engine | null = null;
/** The reference engine, which brings no compiler, unless what was imported says another. */
let makeDefault = (): Engine => referenceEngine;

/** Says what makes the engine that is used until one is set. Entry points of the library say it. */
export function setDefaultEngine(make: () => Engine): void {
  makeDefault = make;
}

export const current: Current = {
  trace: null,
  get engine() {
    chosen ??= makeDefault();
    return chosen;
  },
  set engine(next) {
    chosen = next;
  },
  recording: true,
  path: undefined,
};

/** Runs `body` with some of the current state changed, and puts it back whatever happens. */
export function withCurrent<T>(change: Partial<Current>, body: () => T): T {
  const before = { ...current };
  Object.assign(current, change);
  try {
    return body();
  } finally {
    Object.assign(current, before);
  }
}

/** The engine that eager ops, new variables and newly compiled functions use. */
export function engine(): Engine {
  return current.engine;
}

const engineKind = worded(
  "an engine",
  having("an engine", "supports", "storage", "compile"),
  (x) =>
    typeof x === "string"
      ? `Write engineNamed(${JSON.stringify(x)}), of neurite/engines`
      : undefined,
);

/**
 * Makes `next` the engine of everything created from now on. Variables and compiled functions that
 * exist keep theirs.
 */
export function setEngine(next: Engine): void {
  expectArgument("setEngine", "engine", next, engineKind);
  current.engine = next;
}

/** Runs `body` without recording: what it computes has no history. */
export function noGrad<T>(body: () => T): T {
  expectArgument("noGrad", "body", body, func);
  return expectDone("noGrad", withCurrent({ recording: false }, body));
}

/** What runs later runs under the old state again, without a word. @throws ArgumentError for a promise */
function expectDone<T>(where: string, result: T): T {
  if (!(result instanceof Promise)) return result;
  result.catch(() => {}); // the error below is the one to tell
  throw new ArgumentError(
    `${where}: expected a function that is done when it returns, received one that returns a promise`,
  );
}

/** Runs `body` under a name; the nodes it makes carry the path of names around them. */
export function scope<T>(name: string, body: () => T): T {
  expectArgument("scope", "name", name, text);
  expectArgument("scope", "body", body, func);
  const path = current.path === undefined ? name : `${current.path}/${name}`;
  return expectDone("scope", withCurrent({ path }, body));
}
