/**
 * One name, one thing: in what the package exports, and in what the files of the library and of the
 * command line export to each other.
 */
import { readdirSync, readFileSync } from "node:fs";
import { posix, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { parseAst } from "vite";
import { expect, test } from "vitest";
import { build, entries, namesOf } from "../scripts/public-names.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = `${root}lib/dist`;

test("no public name means two things, from any two subpaths", () => {
  build();
  const meanings = new Map<string, Set<string>>();
  for (const { file } of entries()) {
    for (const [name, { kind, file: declared }] of namesOf(file)) {
      const meaning = `${kind} in ${relative(dist, declared)}`;
      meanings.set(name, (meanings.get(name) ?? new Set()).add(meaning));
    }
  }
  expect(meanings.size).toBeGreaterThan(300);
  const twice = [...meanings].filter(([, found]) => found.size > 1);
  expect(twice.map(([name, found]) => `${name}: ${[...found].join(" and ")}`)).toEqual([]);
});

/** One op is written on several floors under its name: its rule, its function, its kernel, its vector code, its form in ONNX. */
const FLOORS_OF_OPS = [
  "lib/src/ops/rules/",
  "lib/src/tensor/",
  "lib/src/runtime/loops/",
  "lib/src/engines/wasm/kernels/special/",
  "lib/src/engines/wasm/math/",
  "lib/src/onnx/export/lowerings/",
];

/** Experiments of the books are namespaces: `iris.train`, `xorNets.train`, or what a table imports. */
const EXPERIMENTS = readdirSync(`${root}lib/src/books`, { recursive: true, encoding: "utf8" })
  .map((name) => `lib/src/books/${name.replaceAll(sep, "/")}`)
  .filter((file) => /\/(experiments|books\/index)\.ts$/.test(file))
  .flatMap((table) => {
    const text = readFileSync(root + table, "utf8");
    const found = text.matchAll(/(?:export \* as \w+ from |\bimport\()"\.\/(.+)"/g);
    return [...found].map(([, file]) => posix.join(posix.dirname(table), file!));
  });

test("no exported name is declared in two files", () => {
  expect(EXPERIMENTS.length).toBeGreaterThan(10);
  const places = declarations();
  expect(places.size).toBeGreaterThan(1500);
  const clashes = [...places].filter(([, files]) => {
    const floors = files.map((file) => FLOORS_OF_OPS.find((floor) => file.startsWith(floor)));
    if (floors.every((floor) => floor !== undefined)) return new Set(floors).size < files.length;
    return files.filter((file) => !EXPERIMENTS.includes(file)).length > 1;
  });
  expect(clashes.map(([name, files]) => `${name}: ${files.join(" and ")}`)).toEqual([]);
});

/** By name, the files that declare and export it. */
function declarations(): Map<string, string[]> {
  const places = new Map<string, string[]>();
  for (const folder of ["lib/src", "cli/src"]) {
    for (const entry of readdirSync(root + folder, { recursive: true, encoding: "utf8" })) {
      if (!entry.endsWith(".ts") || /\.(test|testing|test-d)\.ts$/.test(entry)) continue;
      const file = `${folder}/${entry.replaceAll(sep, "/")}`;
      for (const name of declaredIn(file)) places.set(name, [...(places.get(name) ?? []), file]);
    }
  }
  return places;
}

interface Named {
  readonly id?: { readonly name?: string };
  readonly declarations?: readonly Named[];
}

function declaredIn(file: string): Set<string> {
  const { body } = parseAst(readFileSync(root + file, "utf8"), { lang: "ts" });
  const names = new Set<string>();
  for (const node of body) {
    if (node.type !== "ExportNamedDeclaration" || !node.declaration) continue;
    const declared = node.declaration as Named;
    for (const { id } of declared.declarations ?? [declared]) if (id?.name) names.add(id.name);
  }
  return names;
}
