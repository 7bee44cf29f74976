import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { loadTexts, type TextPart } from "./catalogue.ts";

const folder = (language: string) => fileURLToPath(new URL(`./${language}/`, import.meta.url));
const parts = readdirSync(folder("en")).map((name) => name.replace(/\.ts$/, "") as TextPart);

/** Every string, by its path; of a function that it is one, and how many parameters it has. */
function leaves(value: unknown, path = ""): [string, string][] {
  if (typeof value === "string") return [[path, value]];
  if (typeof value === "function") return [[path, `function of ${value.length}`]];
  return Object.entries(value as object).flatMap(([name, inner]) =>
    leaves(inner, `${path}.${name}`),
  );
}

it("has the same texts in both languages, and none is empty or left in the other", async () => {
  expect(readdirSync(folder("zh")).sort()).toEqual(readdirSync(folder("en")).sort());
  const [en, zh] = [await loadTexts("en", parts), await loadTexts("zh", parts)];
  for (const part of parts) {
    const [ours, theirs] = [leaves(en[part]), leaves(zh[part])];
    expect(theirs.map(([path]) => path).sort(), part).toEqual(ours.map(([path]) => path).sort());
    for (const [path, text] of [...ours, ...theirs]) expect(text, `${part}${path}`).not.toBe("");
    // Sentences in English have no Chinese letters but in names, and the other way round.
    for (const [path, text] of ours) {
      if (path !== ".otherLanguage") expect(text, `${part}${path}`).not.toMatch(/\p{Script=Han}/u);
    }
    for (const [path, text] of theirs) {
      const isSentence = /[a-z]{3,} [a-z]{2,} [a-z]{2,}/.test(text);
      expect(isSentence, `${part}${path}: ${text}`).toBe(false);
    }
  }
});
