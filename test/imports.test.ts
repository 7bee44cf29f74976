/** Holds lib/src to its floors: imports go down, never in a circle, and files stay short. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import {
  circleProblems,
  crowdProblems,
  floorProblems,
  lengthProblems,
  maxFiles,
  maxLines,
  roomProblems,
  type Sources,
  specifiers,
} from "./import-floors.ts";

const root = new URL("../lib/src/", import.meta.url);

function readSources(): Sources {
  if (!existsSync(root)) return new Map();
  const files = readdirSync(fileURLToPath(root), { recursive: true, encoding: "utf8" })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => file.endsWith(".ts") && !/\.test(-d)?\.ts$/.test(file))
    .sort();
  return new Map(files.map((file) => [file, readFileSync(new URL(file, root), "utf8")]));
}

describe("lib/src", () => {
  const sources = readSources();

  it("imports only from the same floor or a lower one", () => {
    expect(floorProblems(sources)).toEqual([]);
  });
  it("has no circle of imports", () => {
    expect(circleProblems(sources)).toEqual([]);
  });
  it(`has no folder with more than ${maxFiles} source files`, () => {
    expect(crowdProblems(sources)).toEqual([]);
  });
  it("has no two rooms that import each other", () => {
    expect(roomProblems(sources)).toEqual([]);
  });
  it(`has no file longer than ${maxLines} lines`, () => {
    expect(lengthProblems(sources)).toEqual([]);
  });
});

describe("the checker", () => {
  const floorsOf = (files: Record<string, string>) => floorProblems(new Map(Object.entries(files)));
  const circlesOf = (files: Record<string, string>) =>
    circleProblems(new Map(Object.entries(files)));

  it("finds every form of import", () => {
    const text = [
      'import "./a.ts";',
      'import type { B } from "./b.ts";',
      'import c, {\n  d, // not from "./no1.ts"\n  type e as f,\n} from "./c.ts";',
      'export * from "./d.ts";',
      'export * as ns from "./e.ts";',
      'export type { G } from "./f.ts";',
      'const h = await import("./g.ts");',
      'type I = import("./h.ts").I;',
      'declare module "./i.ts" {}',
      '// import { x } from "./no2.ts";',
      ' * import { x } from "./no3.ts";',
      'export const from = "./no4.ts";',
      'export interface J {\n  // comes from "./no5.ts"\n  from: "./no6.ts";\n}',
    ].join("\n");
    expect(specifiers(text).sort()).toEqual([..."abcdefghi"].map((name) => `./${name}.ts`));
  });

  it("accepts imports that go down, stay level, or start at the root index", () => {
    const files = {
      "index.ts": 'export * from "./books/index.ts";\nexport * from "./ir/shape.ts";',
      "books/index.ts": 'import { a } from "../ir/shape.ts";\nimport { b } from "./b.ts";',
      "books/b.ts": 'import fs from "node:fs";',
      "ir/shape.ts": "export const a = 1;",
      "formats/safetensors.ts": 'import type { A } from "../ir/shape.ts";',
    };
    expect(floorsOf(files)).toEqual([]);
    expect(circlesOf(files)).toEqual([]);
  });

  it.each([
    ["goes up", { "ir/a.ts": 'import type { T } from "../tensor/tensor.ts";' }, /floor "tensor"/],
    ["goes up in depth", { "engines/wasm/a.ts": 'import "../../runtime/b.ts";' }, /"runtime"/],
    [
      "formats beyond ir",
      { "formats/a.ts": 'import "../ops/b.ts";' },
      /formats may import only ir/,
    ],
    ["the root index", { "nn/a.ts": 'export * from "../index.ts";' }, /root of lib\/src/],
    ["the library's name", { "nn/a.ts": 'import { x } from "neurite/ir";' }, /the library itself/],
    ["outside lib/src", { "nn/a.ts": 'import "../../../cli/src/main.ts";' }, /leaves lib\/src/],
    [
      "an unknown target",
      { "nn/a.ts": 'import "../utils/b.ts";' },
      /"utils", which is not a floor/,
    ],
    ["an unknown folder", { "utils/a.ts": "" }, /on no floor/],
    ["a stray root file", { "helpers.ts": "" }, /on no floor/],
  ])("reports %s", (_, files: Record<string, string>, message) => {
    const problems = floorsOf(files);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(message);
    const [file = ""] = Object.keys(files);
    const [specifier = ""] = specifiers(files[file] ?? "");
    expect(problems[0]).toContain(file);
    expect(problems[0]).toContain(specifier);
  });

  it("reports a circle, even of types, with its path", () => {
    const files = {
      "ir/a.ts": 'import type { B } from "./b.ts";',
      "ir/b.ts": 'import { C } from "./sub/c.ts";',
      "ir/sub/c.ts": 'export type { A } from "../a.ts";',
    };
    expect(circlesOf(files)).toEqual([
      'ir/sub/c.ts: import "../a.ts" closes a circle: ir/a.ts -> ir/b.ts -> ir/sub/c.ts -> ir/a.ts',
    ]);
    expect(circlesOf({ "ir/a.ts": 'import "./a.ts";' })).toHaveLength(1);
  });

  it("reports a folder that is too full, tests apart", () => {
    const names = Array.from({ length: maxFiles }, (_, i) => `ir/a${i}.ts`);
    const full = new Map([...names, "ir/a0.test.ts", "ir/deeper/b.ts"].map((name) => [name, ""]));
    expect(crowdProblems(full)).toEqual([]);
    expect(crowdProblems(new Map([...full, ["ir/one-more.ts", ""]]))).toEqual([
      `ir: holds ${maxFiles + 1} files; expected at most ${maxFiles}`,
    ]);
  });

  it("reports rooms that import each other, though no two files do", () => {
    const files = {
      "nn/a/one.ts": 'import "../b/one.ts";',
      "nn/b/one.ts": "",
      "nn/b/two.ts": 'import "../index.ts";',
      "nn/index.ts": 'import "./a/two.ts";',
      "nn/a/two.ts": "",
    };
    expect(roomProblems(new Map(Object.entries(files)))).toEqual([
      "nn: rooms import each other: a -> b -> index.ts -> a (nn/index.ts imports ./a/two.ts)",
    ]);
    expect(roomProblems(new Map(Object.entries({ ...files, "nn/b/two.ts": "" })))).toEqual([]);
  });

  it("reports a file that is too long", () => {
    const line = "// x\n";
    const sources = new Map([
      ["ir/fits.ts", line.repeat(maxLines)],
      ["ir/long.ts", line.repeat(maxLines + 1)],
      ["ir/generated/long.ts", line.repeat(maxLines + 1)],
    ]);
    expect(lengthProblems(sources)).toEqual(["ir/long.ts: has 401 lines; expected at most 400"]);
  });
});
