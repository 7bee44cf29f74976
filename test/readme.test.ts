/** The README's programs are examples, and what it prints is what they print. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const read = (path: string) =>
  readFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), "utf8");

/** Code without what a formatter may change. */
const bare = (code: string) => code.replace(/\s+/g, "").replace(/,(?=[\]})])/g, "");

it.each(["readme", "stages"])("quotes the example %s and its output", (name) => {
  const readme = read("README.md");
  const programs = [...readme.matchAll(/^```ts\n(.*?)^```/gms)].map(([, code]) => bare(code!));
  expect(programs).toContain(bare(read(`examples/src/${name}.ts`).replace(/^\/\/.*\n/, "")));
  expect(readme).toContain(`\`\`\`text\n${read(`examples/output/${name}.txt`)}\`\`\``);
});
