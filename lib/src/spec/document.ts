// Documents out of JSON, field by field: a wrong field is named by its path, as in "data.samples".

import { type Kind, show } from "../checks/arguments.ts";
import { ArgumentError } from "../checks/errors.ts";
import { didYouMean, shortened } from "../checks/nearest.ts";
import { isRecord } from "../formats/json.ts";

/** One field of a document: reads what stands there, or refuses it. */
export interface Field<T = unknown> {
  read(value: unknown, path: string): T;
  /** What it is where nothing stands there; without it, and unless it is optional, it is required. */
  readonly fallback?: T;
  readonly isOptional?: boolean;
}

/** A row for every field that T has. */
export type Fields<T> = { readonly [K in keyof T]-?: Field<T[K]> };

/** A field that may be left out. */
export function optional<T>(field: Field<T>): Field<T | undefined> {
  return { ...field, isOptional: true };
}

/** A field that may be left out: it has a default. */
export function withDefault<T>(field: Field<T>, fallback: T): Field<T> {
  return { ...field, fallback };
}

/** What a kind of argument is, a field can be. */
export function leaf<T>(kind: Kind<T>): Field<T> {
  return {
    read(value, path) {
      if (kind.fits(value)) return value as T;
      throw wrong(path, kind.says, value, kind.hint?.(value));
    },
  };
}

/** A list, each member of which is such a field. */
export function list<T>(member: Field<T>, least = 0): Field<readonly T[]> {
  return {
    read(value, path) {
      if (!Array.isArray(value)) throw wrong(path, "a list", value);
      if (value.length < least) throw wrong(path, "at least one element", value);
      return value.map((item: unknown, i) => member.read(item, inside(path, i)));
    },
  };
}

/** An object of these fields and no others; those not given are left out of it, or are their defaults. */
export function record<T extends object>(fields: Fields<T>): Field<T> {
  return { read: (value, path) => readFields(fields, value, path, false) };
}

/** An object of these fields, and perhaps of others, which are read where they are used. */
export function openRecord<T extends object>(fields: Fields<T>): Field<T> {
  return { read: (value, path) => readFields(fields, value, path, true) };
}

/** Which field it is depends on the value. */
export function chosenField<T>(choose: (value: unknown) => Field<T>): Field<T> {
  return { read: (value, path) => choose(value).read(value, path) };
}

function readFields<T extends object>(
  fields: Fields<T>,
  value: unknown,
  path: string,
  isOpen: boolean,
): T {
  if (!isRecord(value)) throw wrong(path, "an object", value);
  const known = Object.keys(fields);
  const others = Object.keys(value).filter((name) => !Object.hasOwn(fields, name));
  if (!isOpen && others.length > 0) throw unknownField(inside(path, others[0]!), others[0]!, known);
  const read = Object.entries<Field>(fields).flatMap(([name, field]) => {
    const given = Object.hasOwn(value, name) ? value[name] : undefined;
    if (given !== undefined) return [[name, field.read(given, inside(path, name))]];
    if (field.fallback !== undefined) return [[name, field.fallback]];
    if (field.isOptional) return [];
    throw new ArgumentError(`${inside(path, name)}: expected this field, received nothing`);
  });
  return Object.fromEntries([...read, ...others.map((name) => [name, value[name]])]) as T;
}

function unknownField(path: string, name: string, known: readonly string[]): ArgumentError {
  const hint = didYouMean(name, known);
  return new ArgumentError(
    `${path}: there is no such field.${hint} Expected one of: ${known.join(", ")}.`,
  );
}

function wrong(path: string, says: string, value: unknown, hint = ""): ArgumentError {
  const sentence = `${path || "the document"}: expected ${says}, received ${shown(value)}`;
  return new ArgumentError(hint === "" ? sentence : `${sentence}. ${hint}.`);
}

/** Objects and long lists by their kind: a document is quoted by nobody. */
function shown(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  return isRecord(value) ? "an object" : show(value);
}

function inside(path: string, name: string | number): string {
  const shown = shortened(String(name));
  return path === "" ? shown : `${path}.${shown}`;
}
