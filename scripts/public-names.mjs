/** What the library offers: every name that a subpath of the package exports, with its declaration. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseAst } from "vite";

const root = fileURLToPath(new URL("..", import.meta.url));
const lib = join(root, "lib");

/** Subpaths as users write them: "neurite", "neurite/nn", with the file that declares each. */
export function entries() {
  const { name, exports } = JSON.parse(readFileSync(join(lib, "package.json"), "utf8"));
  return Object.entries(exports).map(([subpath, { types }]) => ({
    subpath: join(name, subpath),
    file: join(lib, types),
  }));
}

let isBuilt = false;

/** Compiles, once a process, so that what is read is what the sources say now; their types are another check's. */
export function build() {
  if (isBuilt) return;
  isBuilt = true;
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  execFileSync(process.execPath, [tsc, "-b", lib, "--noCheck"]);
}

const modules = new Map();

function moduleOf(file) {
  if (!modules.has(file)) {
    const text = readFileSync(file, "utf8");
    modules.set(file, { text, body: parseAst(text, { lang: "ts" }).body });
  }
  return modules.get(file);
}

const next = (file, source) => join(dirname(file), source.replace(/\.(ts|js)$/, ".d.ts"));

/**
 * The names that a file exports: by name, { kind, doc, declaration, file }. Kinds are function, class,
 * const, interface, type and namespace.
 */
export function namesOf(file) {
  const { text, body } = moduleOf(file);
  const names = new Map();
  const local = new Map();
  for (const node of body) {
    const declared = node.type === "ExportNamedDeclaration" ? node.declaration : node;
    for (const [name, found] of declarations(declared, node, text, file)) {
      // Overloads stand one after the other: the first has the doc.
      const before = local.get(name);
      local.set(
        name,
        before ? { ...before, declaration: `${before.declaration}\n${found.declaration}` } : found,
      );
      if (node.type === "ExportNamedDeclaration") names.set(name, local.get(name));
    }
  }
  for (const node of body) {
    if (node.type === "ExportAllDeclaration") {
      const inner = namesOf(next(file, node.source.value));
      if (node.exported) names.set(node.exported.name, { kind: "namespace", file, members: inner });
      else for (const [name, found] of inner) names.set(name, found);
    } else if (node.type === "ExportNamedDeclaration" && !node.declaration) {
      const from = node.source ? namesOf(next(file, node.source.value)) : local;
      for (const { local: inner, exported } of node.specifiers) {
        const found = from.get(inner.name);
        if (found) names.set(exported.name, found);
      }
    }
  }
  return names;
}

const KINDS = {
  TSDeclareFunction: "function",
  FunctionDeclaration: "function",
  ClassDeclaration: "class",
  TSInterfaceDeclaration: "interface",
  TSTypeAliasDeclaration: "type",
};

function* declarations(declared, node, text, file) {
  if (!declared) return;
  const doc = docBefore(text, node.start);
  const shown = text.slice(node.start, node.end).replace(/^export (declare )?|^declare /, "");
  const common = { doc, file, declaration: shown };
  if (declared.type === "VariableDeclaration") {
    for (const { id } of declared.declarations) yield [id.name, { kind: "const", ...common }];
  } else if (KINDS[declared.type]) {
    yield [declared.id.name, { kind: KINDS[declared.type], ...common }];
  }
}

/** The comment that ends where a declaration starts, as plain text; "" where there is none. */
function docBefore(text, start) {
  const before = text.slice(0, start).trimEnd();
  if (!before.endsWith("*/")) return "";
  const comment = before.slice(before.lastIndexOf("/**"));
  return comment
    .slice(3, -2)
    .split("\n")
    .map((line) => line.replace(/^\s*\* ?/, ""))
    .join("\n")
    .trim();
}
