// Why a function that a transform called may have failed: it was handed numbers where it wants tensors.

import { show } from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";

/**
 * Calls a user's function for a transform. Lists of numbers among the arguments are carried along as
 * they are, so `compile(f)([1, 2])` calls a method that a list does not have, and `compile(f)()` one of
 * nothing: then the error says so, beside JavaScript's own words.
 * @param what the transform, as errors name it
 * @throws ArgumentError in place of a TypeError, where an argument is missing or made of numbers
 */
export function explained<A extends readonly unknown[], R>(
  what: string,
  f: (...args: A) => R,
  args: A,
): R {
  try {
    return f(...args);
  } catch (cause) {
    const why = cause instanceof TypeError ? reasonOf(f, args) : undefined;
    if (why === undefined) throw cause;
    const words = (cause as TypeError).message;
    throw new ArgumentError(`${what}: the function stopped: ${words}. ${why}.`, { cause });
  }
}

function reasonOf(f: { readonly length: number }, args: readonly unknown[]): string | undefined {
  if (args.length < f.length) return `Arguments expected: ${f.length}, received: ${args.length}`;
  const place = args.findIndex((arg) => numbersIn(arg) !== undefined);
  if (place >= 0) {
    return (
      `Argument ${place} holds no tensor: where the function expects one, ` +
      `write ${numbersIn(args[place])}`
    );
  }
  const other = args.findIndex((arg) => typeof arg !== "object" || arg === null);
  return other < 0 ? undefined : `Argument ${other} is ${show(args[other])}, no tensor`;
}

/** How to write what is a number, or a list of numbers to any depth, as a tensor. */
export function numbersIn(arg: unknown): string | undefined {
  if (typeof arg === "number") return `tensor(${arg})`;
  if (ArrayBuffer.isView(arg)) return "tensor(data)";
  let first = arg;
  while (Array.isArray(first)) first = first[0];
  if (typeof first !== "number") return undefined;
  const text = JSON.stringify(arg);
  return text.length <= 40 ? `tensor(${text})` : "tensor(data)";
}
