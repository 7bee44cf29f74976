// Exports by the names that they have inside: a list of hundreds of pairs, names inside and outside, does not compress.

import { type Plugin, parseAst } from "vite";

/** Below so many, what is saved is less than what it is worth. */
const MANY = 100;

type Statement = ReturnType<typeof parseAst>["body"][number];

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Goes after minifying, in chunks with many exports: what is exported is so where it
 * stands, `export function`, and only what shares its statement with others is in a list, of names.
 */
export function plainExports(): Plugin {
  return {
    name: "plain-exports",
    generateBundle(_, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === "chunk");
      for (const chunk of chunks.filter(({ exports }) => exports.length > MANY)) {
        const { code, inside } = exportedInPlace(chunk.code);
        chunk.code = code;
        for (const other of chunks.filter(({ imports }) => imports.includes(chunk.fileName))) {
          other.code = importedBy(inside, other.code, chunk.fileName);
        }
        const whole = chunks.filter((other) => other.dynamicImports.includes(chunk.fileName));
        if (whole.length > 0)
          throw new Error(`${whole[0]!.fileName} imports ${chunk.fileName} whole`);
      }
    },
  };
}

/** A chunk's code without names of its exports outside, and what each was called inside. */
function exportedInPlace(code: string): { code: string; inside: ReadonlyMap<string, string> } {
  const { body } = parseAst(code);
  const inside = new Map<string, string>();
  const edits: Edit[] = [];
  for (const list of body) {
    if (list.type !== "ExportNamedDeclaration" || list.source || list.declaration) continue;
    for (const { local, exported } of list.specifiers) inside.set(nameOf(exported), nameOf(local));
    edits.push({ start: list.start, end: list.end, text: "" });
  }
  const left = new Set(inside.values());
  for (const statement of body) {
    const names = declaredBy(statement);
    if (names.length === 0 || !names.every((name) => left.has(name))) continue;
    for (const name of names) left.delete(name);
    edits.push({ start: statement.start, end: statement.start, text: "export " });
  }
  const list = `export{${[...left].sort().join(",")}}`;
  return { code: edited(code, edits) + list, inside };
}

/** What a statement declares; nothing where it takes something apart, which is left to the list. */
function declaredBy(statement: Statement): readonly string[] {
  if (statement.type === "FunctionDeclaration") return statement.id ? [statement.id.name] : [];
  if (statement.type !== "VariableDeclaration") return [];
  const names = statement.declarations.map(({ id }) => (id.type === "Identifier" ? id.name : null));
  return names.includes(null) ? [] : (names as string[]);
}

/** The code of a chunk that imports from another, by the names that things have in there. */
function importedBy(inside: ReadonlyMap<string, string>, code: string, from: string): string {
  const file = `./${from.slice(from.lastIndexOf("/") + 1)}`;
  const edits = parseAst(code).body.flatMap((statement): Edit[] => {
    if (!("source" in statement) || statement.source?.value !== file) return [];
    if (statement.type !== "ImportDeclaration") throw new Error(`${statement.type} of ${file}`);
    return statement.specifiers.map((specifier) => {
      if (specifier.type !== "ImportSpecifier") throw new Error(`${specifier.type} of ${file}`);
      const [outer, local] = [inside.get(nameOf(specifier.imported))!, specifier.local.name];
      const text = outer === local ? local : `${outer} as ${local}`;
      return { start: specifier.start, end: specifier.end, text };
    });
  });
  return edited(code, edits);
}

const nameOf = (name: { name?: string; value?: unknown }) => name.name ?? String(name.value);

function edited(code: string, edits: readonly Edit[]): string {
  let [result, done] = ["", 0];
  for (const { start, end, text } of [...edits].sort((a, b) => a.start - b.start)) {
    result += code.slice(done, start) + text;
    done = end;
  }
  return result + code.slice(done);
}
