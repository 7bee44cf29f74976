/** The guide: docs/README.md lists all there is to read, and the pages name files that exist. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const read = (path: string) => readFileSync(join(root, path), "utf8");
const filesOf = (folder: string, ending: string) =>
  readdirSync(join(root, folder)).filter((file) => file.endsWith(ending));

/** What a page's title says, without the number of a decision. */
function titleOf(path: string): string {
  return /^# (?:\d+: )?(.*)$/m.exec(read(path))![1]!;
}

/** The first sentence of the comment that an example opens with. */
function sentenceOf(path: string): string {
  const [comment] = /^(?:\/\/.*\n)+/.exec(read(path))!;
  const text = comment
    .trim()
    .replaceAll(/\n?\/\/ ?/g, " ")
    .trim();
  return /^.*?\.(?= |$)/.exec(text)![0];
}

describe("docs/README.md", () => {
  const guide = read("docs/README.md");
  const lines = guide.split("\n");
  const pages = filesOf("docs", ".md").filter((file) => file !== "README.md");
  const decisions = filesOf("docs/decisions", ".md");
  const examples = filesOf("examples/src", ".ts");

  it.each(pages)("lists the page %s", (file) => {
    expect(
      lines.find((line) => line.startsWith(`- [${titleOf(`docs/${file}`)}](${file}): `)),
    ).toBeDefined();
  });

  it.each(decisions)("lists the decision %s with its title", (file) => {
    const number = file.slice(0, 3);
    expect(lines).toContain(
      `- [${number}](decisions/${file}): ${titleOf(`docs/decisions/${file}`)}`,
    );
  });

  it.each(examples)("lists the example %s with its first sentence", (file) => {
    const [name, path] = [file.replace(/\.ts$/, ""), `examples/src/${file}`];
    expect(lines).toContain(`- [${name}](../${path}): ${sentenceOf(path)}`);
  });

  it("links to nothing that is gone", () => {
    const links = [...guide.matchAll(/\]\(([^)#:]+)\)/g)].map(([, link]) => link!);
    expect(links.length).toBeGreaterThan(decisions.length + examples.length);
    expect(links.filter((link) => !existsSync(join(root, "docs", link)))).toEqual([]);
  });
});

/** What a path in a page is relative to. */
const PLACES = ["", "docs", "lib/src", "lib/src/engines/wasm", "cli/src"];

/** Paths between backticks, of files and of rooms in rooms, but for files that the page says how to make. */
function pathsOf(page: string): string[] {
  const PATH = /(?<!new file )`([\w@-][\w./@-]*(?:\.(?:ts|mts|mjs|md)|\/[\w-]+\/))`/g;
  return [...page.matchAll(PATH)].map(([, path]) => path!);
}

describe("paths in the pages", () => {
  const pages = [
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "README.md",
    "SECURITY.md",
    ...filesOf("docs", ".md").map((file) => `docs/${file}`),
    ...filesOf("docs/decisions", ".md").map((file) => `docs/decisions/${file}`),
  ];

  it.each(pages)("%s names files that exist", (page) => {
    const exists = (path: string) =>
      [...PLACES, dirname(page)].some((place) => existsSync(join(root, place, path)));
    expect(pathsOf(read(page)).filter((path) => !exists(path))).toEqual([]);
  });

  it("sees a path that is wrong", () => {
    expect(
      pathsOf("in `lower/gone.ts` and `a/gone/`, not `x.y()`, and the new file `z.ts`"),
    ).toEqual(["lower/gone.ts", "a/gone/"]);
  });
});
