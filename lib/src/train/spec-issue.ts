// What is wrong with one field of a specification, as a sentence.

import type { BaseIssue } from "valibot";
import { nearest } from "../ir/nearest.ts";

/** @param schema the schema of the whole document, to name the fields that it has instead */
export function explainIssue(schema: unknown, issue: BaseIssue<unknown>): string {
  const { expected, received, message } = issue;
  if (expected === "never") {
    const path = (issue.path ?? []).map(({ key }) => key);
    const known = fieldsAt(schema, path.slice(0, -1));
    const meant = nearest(String(path.at(-1)), known);
    const hint = meant ? ` Did you mean "${meant}"?` : "";
    return `there is no such field.${hint} Expected one of: ${known.join(", ")}.`;
  }
  if (received === "undefined") return "expected this field, received nothing";
  const invalid = /^Invalid (type|value|integer|length): (?:Expected (.*) but )?[Rr]eceived (.*)$/;
  const [, kind, wanted] = invalid.exec(message) ?? [];
  if (kind === undefined) return message;
  const limit = `${kind === "length" ? "a length of " : ""}${wanted ?? "a whole number"}`;
  const choice = limit.replace(/^\((.*)\)$/, "$1").replaceAll(" | ", " or ");
  return `expected ${WORDS[limit] ?? choice.replace(/^([<>]=)/, "a number $1 ")}, received ${show(issue.input)}`;
}

const WORDS: Readonly<Record<string, string>> = {
  Object: "an object",
  Array: "a list",
  string: "a text",
  number: "a number",
  boolean: "true or false",
  "a length of >=1": "at least one element",
};

function show(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value === "object" && value !== null) return "an object";
  return JSON.stringify(value) ?? String(value);
}

interface Nested {
  readonly entries?: Readonly<Record<string, unknown>>;
  readonly wrapped?: unknown;
  readonly item?: unknown;
  readonly pipe?: readonly unknown[];
  readonly getter?: (input: unknown) => unknown;
}

/** The names of the fields of the object at a path of a schema. */
function fieldsAt(schema: unknown, path: readonly unknown[]): string[] {
  let here = schema as Nested;
  for (const key of [...path, null]) {
    if (here.getter) here = here.getter({}) as Nested;
    while (here.wrapped) here = here.wrapped as Nested;
    if (key === null) break;
    here = (here.entries?.[String(key)] ?? here.item ?? {}) as Nested;
  }
  return Object.keys(here.entries ?? {});
}
