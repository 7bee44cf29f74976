// Why a function that a transform called may have failed: it was handed numbers where it wants tensors.

import { ArgumentError } from "../ir/errors.ts";

/**
 * Runs `body`, which calls a user's function with these arguments. Lists of numbers among them are
 * carried along as they are, so `compile(f)([1, 2])` calls a method that a list does not have: then
 * the error says so, beside JavaScript's own words.
 * @param what the transform, as errors name it
 * @throws ArgumentError in place of a TypeError, where an argument is made of numbers
 */
export function explained<T>(what: string, args: readonly unknown[], body: () => T): T {
  try {
    return body();
  } catch (cause) {
    const place = args.findIndex((arg) => numbersIn(arg) !== undefined);
    if (!(cause instanceof TypeError) || place < 0) throw cause;
    throw new ArgumentError(
      `${what}: the function stopped: ${cause.message}. Argument ${place} holds no tensor: where ` +
        `the function expects one, write ${numbersIn(args[place])}.`,
      { cause },
    );
  }
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
