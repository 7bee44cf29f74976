// Reads JSON that may be broken: each reader returns what it promises, or names the field that is bad.

import { ArgumentError } from "../../checks/errors.ts";
import { shortened, unknownName } from "../../checks/nearest.ts";
import { DTYPES, type DType } from "../dtype.ts";
import type { Graph } from "../graph.ts";
import type { Pair } from "../op-table.ts";

/**
 * @param path where `json` stands, as in `graph.nodes[3].params.axes`
 * @param readGraph reads the graphs that ops hold
 */
export type Reader<T> = (json: unknown, path: string, readGraph: Reader<Graph>) => T;

export function unexpected(path: string, expected: string, received: unknown): ArgumentError {
  return new ArgumentError(`${path}: expected ${expected}, received ${describe(received)}`);
}

function describe(json: unknown): string {
  if (json === undefined) return "nothing";
  if (Array.isArray(json)) return `an array of ${json.length}`;
  if (typeof json === "object" && json !== null) return "an object";
  return JSON.stringify(typeof json === "string" ? shortened(json) : json) ?? typeof json;
}

/** An object with no fields but these. */
export function readObject(
  json: unknown,
  path: string,
  fields: readonly string[],
): Readonly<Record<string, unknown>> {
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    throw unexpected(path, "an object", json);
  }
  for (const key of Object.keys(json)) {
    if (!fields.includes(key)) throw new ArgumentError(`${path}.${shortened(key)}: no such field`);
  }
  return json as Readonly<Record<string, unknown>>;
}

export function readList<T>(
  json: unknown,
  path: string,
  read: (item: unknown, path: string) => T,
): T[] {
  if (!Array.isArray(json)) throw unexpected(path, "an array", json);
  return json.map((item: unknown, i) => read(item, `${path}[${i}]`));
}

export const readInteger: Reader<number> = (json, path) => {
  if (Number.isSafeInteger(json)) return json as number;
  throw unexpected(path, "an integer", json);
};

export const readCount: Reader<number> = (json, path) => {
  if (Number.isSafeInteger(json) && (json as number) >= 0) return json as number;
  throw unexpected(path, "an integer, 0 or more", json);
};

export const readFlag: Reader<boolean> = (json, path) => {
  if (typeof json === "boolean") return json;
  throw unexpected(path, "true or false", json);
};

export const readText: Reader<string> = (json, path) => {
  if (typeof json === "string") return json;
  throw unexpected(path, "a string", json);
};

/** One of some strings. */
export function readOneOf<T extends string>(what: string, known: readonly T[]): Reader<T> {
  return (json, path) => {
    if (typeof json !== "string") throw unexpected(path, "a string", json);
    if ((known as readonly string[]).includes(json)) return json as T;
    throw new ArgumentError(`${path}: ${unknownName(what, json, known).message}`);
  };
}

export const readDType: Reader<DType> = readOneOf("element type", DTYPES);

export function readListOf<T>(read: Reader<T>): Reader<T[]> {
  return (json, path, readGraph) => readList(json, path, (item, at) => read(item, at, readGraph));
}

export const readIntegers: Reader<number[]> = readListOf(readInteger);
export const readCounts: Reader<number[]> = readListOf(readCount);

function readTwoOf<T>(read: Reader<T>): Reader<readonly [T, T]> {
  return (json, path, readGraph) => {
    if (!Array.isArray(json) || json.length !== 2) throw unexpected(path, "an array of 2", json);
    return [read(json[0], `${path}[0]`, readGraph), read(json[1], `${path}[1]`, readGraph)];
  };
}

export const readPair: Reader<Pair> = readTwoOf(readInteger);
export const readPairs: Reader<readonly [Pair, Pair]> = readTwoOf(readPair);

export const readInnerGraph: Reader<Graph> = (json, path, readGraph) =>
  readGraph(json, path, readGraph);

/** An object with exactly these fields. */
export function readFields<P extends object>(
  readers: {
    readonly [K in keyof P]: Reader<P[K]>;
  },
): Reader<P> {
  const entries = Object.entries(readers) as [string, Reader<unknown>][];
  const names = entries.map(([name]) => name);
  return (json, path, readGraph) => {
    const object = readObject(json, path, names);
    const read = entries.map(([name, reader]) => [
      name,
      reader(object[name], `${path}.${name}`, readGraph),
    ]);
    return Object.fromEntries(read) as P;
  };
}
