// JSON bodies: what they hold under one field, and numbers in asLists lists.

import { unknownName } from "neurite/ir";
import { elementCount } from "../files/element-count.ts";
import { Refusal } from "./refusal.ts";
import type { Schema } from "./served-model.ts";

const MOST_FLOAT32 = 3.4028234663852886e38;
/** A number that float32 holds. */
export const FLOAT_SCHEMA: Schema = {
  ...{ type: "number", minimum: -MOST_FLOAT32, maximum: MOST_FLOAT32 },
};

/** True for what float32 holds: a number a hair above it would be rounded to it, and is refused as the schema says. */
export const isFloat32 = (value: number): boolean => Math.abs(value) <= MOST_FLOAT32;

export type JsonLists = number | boolean | readonly JsonLists[];

export const unfitting = (message: string): Refusal => new Refusal(422, message);

/** What the only field of the body holds. @throws Refusal 400 for what is no JSON, 422 for other fields */
export function parseBody(bytes: Uint8Array, field: string): unknown {
  const body = parse(bytes);
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw unfitting(`expected an object, received ${inWords(body)}`);
  }
  const other = Object.keys(body).find((name) => name !== field);
  if (other !== undefined) throw unfitting(unknownName("field", other, [field]).message);
  return (body as Record<string, unknown>)[field];
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    throw new Refusal(400, `the body is no JSON: ${(error as Error).message}`);
  }
}

/** A value in few words. */
export function inWords(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return typeof value === "object" && value !== null ? "an object" : String(JSON.stringify(value));
}

/** Values by the names of inputs. @throws Refusal for what is no object, and for other names */
export function valuesByName(field: string, names: readonly string[], given: unknown): unknown[] {
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    throw unfitting(
      `${field}: expected an object with ${names.join(", ")}, received ${inWords(given)}`,
    );
  }
  const other = Object.keys(given).find((name) => !names.includes(name));
  if (other !== undefined)
    throw unfitting(`${field}: ${unknownName("input", other, names).message}`);
  return names.map((name) =>
    Object.hasOwn(given, name) ? (given as Record<string, unknown>)[name] : undefined,
  );
}

/** Elements from a place on as lists in lists. */
export function asLists<T extends JsonLists>(
  element: (at: number) => T,
  at: number,
  shape: readonly number[],
): JsonLists {
  const [length, ...inner] = shape;
  if (length === undefined) return element(at);
  const size = elementCount(inner);
  return Array.from({ length }, (_, i) => asLists(element, at + i * size, inner));
}

/** @throws Refusal where an output is no number, which JSON cannot hold */
export function expectFinite(outputs: readonly { readonly data: ArrayLike<number> }[]): void {
  const broken = outputs.some(({ data }) => Array.prototype.some.call(data, isBroken));
  if (!broken) return;
  throw unfitting(
    "the outputs of the model are not finite: the numbers of an example are too large for it",
  );
}

const isBroken = (value: number): boolean => !Number.isFinite(value);
