// Formulas at build time: a file of TeX becomes HTML, with places whose numbers the page puts in.

import katex from "katex";
import type { Plugin } from "vite";

/** As in Notation of src/state/settings.ts: tests hold both to the same list. */
const NOTATIONS = ["nielsen", "nndl", "mazur"];

/** `\slot{w}{0}` is a place of the name w, which shows 0 until it is told; `\term{w}{...}` a part with a name. */
const MACROS = {
  // In braces: the space before an operator behind it would lie in the slot, and go with what it showed.
  "\\slot": "{\\htmlData{slot=#1}{#2}}",
  "\\term": "\\htmlData{term=#1}{#2}",
};

/**
 * The variants of a file by notation. A line `% nndl` begins that of NNDL; what stands before the first
 * such line is for all notations that have none of their own.
 * @throws Error for a comment that names no notation, or a notation without a formula
 */
export function variantsOf(text: string): Record<string, string> {
  const [common = "", ...rest] = text.split(/^%[ \t]*/m);
  const own = new Map(
    rest.map((part) => {
      const end = part.indexOf("\n");
      const name = part.slice(0, end < 0 ? undefined : end).trim();
      if (!NOTATIONS.includes(name)) {
        throw new Error(`expected "% " and one of ${NOTATIONS.join(", ")}, received "% ${name}"`);
      }
      return [name, part.slice(end + 1).trim()] as const;
    }),
  );
  return Object.fromEntries(
    NOTATIONS.map((name) => {
      const tex = own.get(name) ?? common.trim();
      if (tex === "") throw new Error(`has no formula for the notation ${name}`);
      return [name, tex];
    }),
  );
}

/**
 * The parts of a formula that stand side by side, as `z = w x + b` and `a = f(z)`: what a wide space parts on the
 * outside, not in braces or an environment.
 */
export function partsOf(tex: string): string[] {
  const parts = [""];
  let depth = 0;
  for (const [token] of tex.matchAll(/\\begin|\\end|\\[A-Za-z]+|\\.|[^\\]/gs)) {
    if (token === "{" || token === "\\begin") depth++;
    if (token === "}" || token === "\\end") depth--;
    const isGap = depth === 0 && /^\\q?quad$/.test(token);
    if (isGap) parts.push("");
    else parts[parts.length - 1] += token;
  }
  return parts.map((part) => part.trim());
}

/** The formula with no line ending within its brackets: a line may end behind any operator outside of them. */
export function holdBrackets(tex: string): string {
  let [braces, brackets] = [0, 0];
  const held = [...tex.matchAll(/\\[A-Za-z]+|\\.|[^\\]/gs)].map(([token]) => {
    if (token === "{") braces++;
    if (token === "}") braces--;
    if (braces > 0) return token;
    if (token === "(") brackets++;
    if (token === ")") brackets--;
    return brackets > 0 && OPERATOR.test(token) ? `${token}\\nobreak ` : token;
  });
  return held.join("");
}

/** What a line may end behind. */
const OPERATOR = /^([-+=<>]|\\(cdot|times|odot|le|ge|approx))$/;

/** One formula as HTML: where there is no room for its parts on one line, they stand below each other. */
export function render(tex: string): string {
  const parts = partsOf(tex).map(renderPart);
  return parts.map((html) => `<span class="formula-part">${html}</span>`).join(" ");
}

/** @throws Error where KaTeX cannot read it */
function renderPart(tex: string): string {
  const html = katex.renderToString(holdBrackets(tex), {
    displayMode: true,
    output: "html",
    throwOnError: true,
    macros: { ...MACROS },
    // Files of this repository alone are rendered, and only here.
    trust: ({ command }) => command === "\\htmlData",
    // htmlData is an extension of KaTeX, which strict mode would refuse.
    strict: (code: string) => (code === "htmlExtension" ? "ignore" : "error"),
  });
  // What is not to be trusted is drawn in the colour of errors, without an error.
  if (html.includes("#cc0000")) throw new Error("KaTeX refuses a command of this formula");
  return html;
}

/** `import { formula } from "./neuron.tex"`: HTML by notation. */
export function texPlugin(): Plugin {
  return {
    name: "tex",
    enforce: "pre",
    transform(text, id) {
      if (/katex(\.min)?\.css$/.test(id)) return { code: onlyWoff2(text), map: null };
      if (!id.endsWith(".tex")) return null;
      try {
        return { code: moduleOf(variantsOf(text)), map: null };
      } catch (error) {
        throw new Error(`${id}: ${(error as Error).message}`);
      }
    },
  };
}

/** A module with the formula by notation; notations that share a variant share its HTML. */
function moduleOf(variants: Readonly<Record<string, string>>): string {
  const different = [...new Set(Object.values(variants))];
  const html = JSON.stringify(different.map(render));
  const fields = Object.entries(variants).map(
    ([name, tex]) => `${name}: html[${different.indexOf(tex)}]`,
  );
  return `const html = ${html};\nexport const formula = { ${fields.join(", ")} };`;
}

/** KaTeX's style sheet names each font in three formats; every browser that runs the pages reads the first. */
function onlyWoff2(css: string): string {
  return css.replace(/,url\([^)]*\.(woff|ttf)\) format\("[^"]*"\)/g, "");
}
