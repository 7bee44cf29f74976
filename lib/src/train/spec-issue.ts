// What is wrong with one field of a specification, as a sentence.

import type { BaseIssue } from "valibot";
import { nearest } from "../ir/nearest.ts";

/** @param schema the schema of the whole document, to name the fields that it has instead */
export function explainIssue(schema: unknown, issue: BaseIssue<unknown>): string {
  const { type, expected, received, message } = issue;
  if (expected === "never") {
    const path = (issue.path ?? []).map(({ key }) => key);
    const known = fieldsAt(schema, path.slice(0, -1));
    const meant = nearest(String(path.at(-1)), known);
    const hint = meant ? ` Did you mean "${meant}"?` : "";
    return `there is no such field.${hint} Expected one of: ${known.join(", ")}.`;
  }
  if (received === "undefined") return "expected this field, received nothing";
  const wanted = WORDS[type] ?? choiceOf(issue);
  return wanted === null ? message : `expected ${wanted}, received ${show(issue.input)}`;
}

/** By valibot's name of the check that failed. */
const WORDS: Readonly<Record<string, string>> = {
  strict_object: "an object",
  loose_object: "an object",
  array: "a list",
  string: "a text",
  number: "a number",
  boolean: "true or false",
  min_length: "at least one element",
  integer: "a whole number",
  safe_integer: "a whole number below 2^53",
  finite: "a finite number",
};

/** Limits as ">=1", choices as '("l1" | "l2")'. */
function choiceOf({ type, expected }: BaseIssue<unknown>): string | null {
  if (expected === null) return null;
  if (type === "min_value" || type === "max_value") {
    return `a number ${expected.replace(/^[<>]=/, "$& ")}`;
  }
  return type === "picklist"
    ? expected.replace(/^\((.*)\)$/, "$1").replaceAll(" | ", " or ")
    : null;
}

function show(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value === "object" && value !== null) return "an object";
  if (typeof value === "number") return String(value); // JSON has no word for infinity
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
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
