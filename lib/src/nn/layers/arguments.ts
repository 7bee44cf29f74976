// The arguments of a layer as a specification writes them: which there are, and of what type.

import { ArgumentError } from "../../ir/errors.ts";
import { unknownName } from "../../ir/nearest.ts";

/** A type by its name, or the texts that are allowed. */
export type ArgumentType =
  | "number"
  | "boolean"
  | "text"
  | "shape"
  | "lengths"
  | "named"
  | readonly string[];

export type ArgumentTypes = Readonly<Record<string, ArgumentType>>;

const TESTS: Readonly<Record<string, { says: string; fits: (value: unknown) => boolean }>> = {
  number: { says: "a number", fits: (value) => Number.isFinite(value) },
  boolean: { says: "true or false", fits: (value) => typeof value === "boolean" },
  text: { says: "a text", fits: (value) => typeof value === "string" && value !== "" },
  shape: {
    says: "a list of whole numbers above 0",
    fits: (value) => Array.isArray(value) && value.every((dim) => Number.isInteger(dim) && dim > 0),
  },
  lengths: {
    says: "a number, or a list of two",
    fits: (value) =>
      Number.isFinite(value) ||
      (Array.isArray(value) && value.length === 2 && value.every(Number.isFinite)),
  },
  named: {
    says: "a name, or an object with a name",
    fits: (value) =>
      typeof (value as { name?: unknown } | null)?.name === "string" || isText(value),
  },
};

function isText(value: unknown): boolean {
  return typeof value === "string";
}

/**
 * @throws ArgumentError for an argument that the layer has not, or of another type; and for one of
 * `required` that is missing
 */
export function checkArguments(
  kind: string,
  given: Readonly<Record<string, unknown>>,
  types: ArgumentTypes,
  required: readonly string[],
): void {
  for (const name of required) {
    if (given[name] === undefined) {
      throw new ArgumentError(`${kind}: expected ${name}, ${says(types[name]!)}, received nothing`);
    }
  }
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(types, name)) {
      throw unknownName(`argument of the layer "${kind}"`, name, Object.keys(types));
    }
    const type = types[name]!;
    const fits =
      typeof type === "string" ? TESTS[type]!.fits(value) : type.includes(value as string);
    if (value === undefined || fits) continue;
    throw new ArgumentError(
      `${kind}: expected ${name} to be ${says(type)}, received ${JSON.stringify(value)}`,
    );
  }
}

function says(type: ArgumentType): string {
  if (typeof type === "string") return TESTS[type]!.says;
  return type.map((text) => JSON.stringify(text)).join(" or ");
}
