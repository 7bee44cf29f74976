/** Writes docs/reference from the library's declarations and their comments: `npm run reference`. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build, entries, namesOf } from "./public-names.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = join(root, "docs/reference");

const KINDS = [
  ["class", "Classes"],
  ["function", "Functions"],
  ["const", "Constants"],
  ["namespace", "Groups"],
  ["interface", "Interfaces"],
  ["type", "Types"],
];

/** The pages: file name -> text. */
export function pages() {
  build();
  const seen = entries().map(({ subpath, file }) => ({
    subpath,
    page: `${subpath.replaceAll("/", "-")}.md`,
    names: namesOf(file),
  }));
  const index = seen.map(
    ({ subpath, page, names }) => `| [\`${subpath}\`](${page}) | ${names.size} |`,
  );
  return new Map([
    ["README.md", `${INTRODUCTION}\n| import from | names |\n| --- | --- |\n${index.join("\n")}\n`],
    ...seen.map(({ subpath, page, names }) => [page, pageOf(subpath, names)]),
  ]);
}

const INTRODUCTION = `# Reference

Every public name, by the subpath that it is imported from. Made by \`npm run reference\` from the
declarations that the compiler writes; a test fails where a page is older than the code.
`;

function pageOf(subpath, names) {
  const sections = KINDS.flatMap(([kind, title]) => {
    const found = [...names].filter(([, one]) => one.kind === kind);
    return found.length === 0 ? [] : [`## ${title}`, ...found.sort(byName).map(entryOf)];
  });
  return `${[`# ${subpath}`, ...sections].join("\n\n")}\n`;
}

function byName([a], [b]) {
  return a.toLowerCase() < b.toLowerCase() ? -1 : 1;
}

function entryOf([name, { kind, doc, declaration, members, file }]) {
  const from = relative(join(root, "lib/dist"), file).replace(/\.d\.ts$/, ".ts");
  const where = `<sub>[lib/src/${from}](../../lib/src/${from})</sub>`;
  if (kind === "namespace") {
    return [`### ${name}`, where, ...[...members].sort(byName).map(entryOf)].join("\n\n");
  }
  return [`### ${name}`, ...(doc ? [textOf(doc)] : []), code(declaration), where].join("\n\n");
}

/** A doc comment as Markdown: its tags become lines. */
function textOf(doc) {
  return doc
    .replaceAll(/^@param (\w+) /gm, "- `$1`: ")
    .replaceAll(/^@throws /gm, "- Throws ")
    .replaceAll(/@throws /g, "Throws ")
    .replaceAll(/^@typeParam (\w+) /gm, "- `$1` (type): ")
    .replaceAll(/^@returns? /gm, "- Returns ")
    .replace(/\n(- )/, "\n\n$1");
}

function code(declaration) {
  return `\`\`\`ts\n${declaration.replaceAll(/^ {4}/gm, "  ")}\n\`\`\``;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const made = pages();
  mkdirSync(folder, { recursive: true });
  for (const file of readdirSync(folder)) if (!made.has(file)) rmSync(join(folder, file));
  for (const [file, text] of made) writeFileSync(join(folder, file), text);
  const size = [...made.values()].reduce((sum, text) => sum + text.length, 0);
  console.log(`docs/reference: ${made.size} pages, ${Math.round(size / 1024)} KiB`);
}

/** What a page says on disk; null where there is none. */
export function written(file) {
  try {
    return readFileSync(join(folder, file), "utf8");
  } catch {
    return null;
  }
}
