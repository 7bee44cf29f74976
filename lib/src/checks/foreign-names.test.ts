// Foreign names: each answers with a line that runs, none hides a name of ours, and the page lists them all.

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import * as N from "../index.ts";
import { ArgumentError, ones, Tensor, variable } from "../index.ts";
import { FOREIGN_DTYPES } from "./foreign-dtypes.ts";
import { FOREIGN_METHODS } from "./foreign-names.ts";

const page = readFileSync(new URL("../../../docs/coming-from.md", import.meta.url), "utf8");
const x = ones([2, 2]);
const methods = Object.entries(FOREIGN_METHODS);
const exported = N as unknown as Readonly<Record<string, unknown>>;
const linalg = N.linalg as unknown as Readonly<Record<string, unknown>>;
const random = N.random as unknown as Readonly<Record<string, unknown>>;

/** What is called in a line: `x.name(` or `name(`. */
function callsOf(ours: string): string[] {
  return [...ours.matchAll(/(x\.)?(\w+)(?=\()/g)].map(([call]) => call);
}

// Were one of them a method of ours by now, it would not throw.
test.each(methods)("%s", (name, ours) => {
  for (const tensor of [x, variable([1])]) {
    const read = () => (tensor as unknown as Record<string, unknown>)[name];
    expect(read).toThrow(ArgumentError);
    expect(read).toThrow(`Tensor: there is no "${name}". Write ${ours}.`);
  }
  for (const call of callsOf(ours)) {
    if (call.startsWith("x.")) {
      const method = Object.getOwnPropertyDescriptor(Tensor.prototype, call.slice(2));
      expect(method?.value, call).toBeTypeOf("function");
    } else if (!["log", "String", "f"].includes(call))
      expect(exported[call] ?? linalg[call], call).toBeTypeOf("function");
  }
});

describe("the names", () => {
  test("are in no loop, and in no text", () => {
    const seen: string[] = [];
    for (const name in x) seen.push(name);
    expect(seen.filter((name) => name in FOREIGN_METHODS)).toEqual([]);
    expect(`${x}`).toContain("[[1. 1.]");
    expect(JSON.stringify(x)).toContain('"shape":[2,2]');
  });

  test("may be given a meaning of one's own", () => {
    class Mine extends Tensor {}
    const prototype = Mine.prototype as unknown as { permute: () => string };
    prototype.permute = () => "mine";
    expect(prototype.permute()).toBe("mine");
    expect(() => (x as unknown as { permute: unknown }).permute).toThrow(
      "Write x.transpose(axes).",
    );
  });

  test("stand in docs/coming-from.md, method by method", () => {
    const rows = new Map<string, string[]>();
    for (const [name, ours] of methods) rows.set(ours, [...(rows.get(ours) ?? []), `\`${name}\``]);
    const table = [...rows].map(([ours, names]) => `| ${names.join(", ")} | ${ours} |`).join("\n");
    expect(page).toContain(`| elsewhere | here |\n| --- | --- |\n${table}\n`);
  });

  test("of functions stand for functions that there are", () => {
    const [, functions] = page.split("## Functions");
    const rows = [...functions!.matchAll(/^\| (`.*`) \| (.*) \|$/gm)];
    expect(rows.length).toBeGreaterThan(15);
    const named = (cell: string) => [...cell.matchAll(/`([\w.]+)`/g)].map(([, name]) => name!);
    for (const [, theirs, ours] of rows) {
      for (const name of named(theirs!)) expect(exported[name], name).toBeUndefined();
      for (const name of named(ours!).filter((name) => name !== "tidy")) {
        const found = name.startsWith("random.") ? random[name.slice(7)] : exported[name];
        expect(found, name).toBeTypeOf("function");
      }
    }
  });
});

test.each(Object.entries(FOREIGN_DTYPES))("the element type %s", (name, ours) => {
  expect(() => x.cast(name as "float32")).toThrow(`Unknown element type "${name}". Write ${ours}.`);
});
