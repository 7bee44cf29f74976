import { describe, expect, it } from "vitest";
import { count, flag, index, text } from "../checks/arguments.ts";
import { ArgumentError } from "../checks/errors.ts";
import { isRecord } from "../formats/json.ts";
import {
  chosenField,
  type Field,
  leaf,
  list,
  openRecord,
  optional,
  record,
  withDefault,
} from "./document.ts";

interface Part {
  readonly kind: string;
  readonly [more: string]: unknown;
}

interface Document {
  readonly parts: readonly Part[];
  readonly times: number;
  readonly eager?: boolean | undefined;
  readonly name: string | { readonly name: string };
}

const document: Field<Document> = record<Document>({
  parts: list(openRecord<Part>({ kind: leaf(text) }), 1),
  times: withDefault(leaf(index), 7),
  eager: optional(leaf(flag)),
  name: chosenField<Document["name"]>((value) =>
    isRecord(value) ? record<{ name: string }>({ name: leaf(text) }) : leaf(text),
  ),
});

const good = { parts: [{ kind: "a", size: 3 }], name: "n" };

describe("a document", () => {
  it("is read with its defaults, in the order of its fields, and keeps what an open record holds", () => {
    const read = document.read(good, "");
    expect(JSON.stringify(read)).toBe('{"parts":[{"kind":"a","size":3}],"times":7,"name":"n"}');
    expect(document.read({ ...good, eager: undefined, times: 0 }, "").times).toBe(0);
    expect(document.read({ ...good, name: { name: "x" } }, "").name).toEqual({ name: "x" });
  });

  it("is a copy, lists and all", () => {
    const read = document.read(good, "");
    expect(read.parts).not.toBe(good.parts);
  });

  it.each([
    [null, "the document: expected an object, received null"],
    [[1], "the document: expected an object, received a list"],
    [{ name: "n" }, "parts: expected this field, received nothing"],
    [{ ...good, parts: {} }, "parts: expected a list, received an object"],
    [{ ...good, parts: [] }, "parts: expected at least one element, received an empty list"],
    [{ ...good, parts: [{ kind: "a" }, {}] }, "parts.1.kind: expected this field"],
    [{ ...good, parts: [3] }, "parts.0: expected an object, received 3"],
    [{ ...good, eager: "no" }, 'eager: expected true or false, received "no"'],
    [{ ...good, eagre: true }, 'eagre: there is no such field. Did you mean "eager"?'],
    [{ ...good, name: {} }, "name.name: expected this field"],
    [{ ...good, name: { name: "n", more: 1 } }, "name.more: there is no such field"],
    [{ ...good, times: 1e300 }, "received 1e+300. Whole numbers are exact below 2^53 only."],
    [JSON.parse('{"__proto__": 1}'), "__proto__: there is no such field"],
    [{ ...good, toString: 1 }, "toString: there is no such field"],
  ])("%j is refused by the path of the first bad field", (value, message) => {
    expect(() => document.read(value, "")).toThrow(ArgumentError);
    expect(() => document.read(value, "")).toThrow(message);
  });

  it("takes no field from a prototype", () => {
    const inherited = Object.create({ times: 9 }) as object;
    Object.assign(inherited, good);
    expect(document.read(inherited, "").times).toBe(7);
    expect(() =>
      record<{ a: number }>({ a: leaf(count) }).read(Object.create({ a: 1 }), ""),
    ).toThrow("a: expected this field");
  });
});
