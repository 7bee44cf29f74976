import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { NOTATIONS } from "../src/state/index.ts";
import { holdBrackets, partsOf, render, variantsOf } from "./tex.ts";

describe("formulas", () => {
  it("have a variant for each notation, or the common one", () => {
    const variants = variantsOf("a\n% nndl\nb\nc\n");
    expect(variants).toEqual({ nielsen: "a", nndl: "b\nc", mazur: "a" });
    expect(Object.keys(variants)).toEqual(NOTATIONS);
  });
  it.each([
    ["a\n% keras\nb", 'received "% keras"'],
    ["% nndl\nb", "has no formula for the notation nielsen"],
  ])("say what is wrong with %j", (text, message) => {
    expect(() => variantsOf(text)).toThrow(message);
  });
  it.each([
    ["a = f(z), \\quad z = w x + b", ["a = f(z),", "z = w x + b"]],
    ["\\slot{z}{1 \\quad 2} \\qquad \\{x\\}", ["\\slot{z}{1 \\quad 2}", "\\{x\\}"]],
    ["\\begin{cases} 1 \\quad 2 \\end{cases}", ["\\begin{cases} 1 \\quad 2 \\end{cases}"]],
    ["\\quadratic x", ["\\quadratic x"]],
  ])("are parted where a wide space stands on the outside: %s", (tex, parts) => {
    expect(partsOf(tex)).toEqual(parts);
  });
  it.each([
    ["a (b + c) - d", "a (b +\\nobreak  c) - d"],
    ["\\frac{(a + b)}{2} = (x \\cdot y)", "\\frac{(a + b)}{2} = (x \\cdot\\nobreak  y)"],
  ])("are not broken within brackets: %s", (tex, held) => {
    expect(holdBrackets(tex)).toBe(held);
    // A line may end between two bases, of which there are as many as without the brackets.
    const bases = (of: string) => render(of).split('class="base"').length - 1;
    expect(bases(tex)).toBe(bases(tex.replace(/\([^()]*\)/g, "x")));
  });
  it("have a place of its own for each part, which may stand on a line of its own", () => {
    const html = render("a = 1, \\quad b = 2");
    expect(html.split('<span class="formula-part">')).toHaveLength(3);
  });
  it("have places for numbers and names for terms", () => {
    const html = render("\\frac{1}{\\slot{z}{0.5}} + \\term{sum}{w x}");
    expect(html).toMatch(/data-slot="z"/);
    expect(html).toMatch(/data-term="sum"/);
  });
  it("have the space before an operator outside of the place, where a number does not take it away", () => {
    const html = render("\\slot{a}{0} + 1");
    const [slot = ""] =
      /<span class="enclosing" data-slot="a">.*?<\/span><\/span>/.exec(html) ?? [];
    expect(slot).toContain("0");
    expect(slot).not.toContain("mspace");
    expect(html.replace(slot, "")).toContain("mspace");
  });
  it("refuse what cannot be read, and links", () => {
    expect(() => render("\\frac{1")).toThrow("KaTeX");
    expect(() => render("\\href{https://x.y}{z}")).toThrow("refuses a command");
  });

  const root = fileURLToPath(new URL("../src/formulas/", import.meta.url));
  const files = readdirSync(root, { recursive: true, encoding: "utf8" });
  it.each(files.filter((name) => name.endsWith(".tex")))("%s can be read", (name) => {
    for (const tex of Object.values(variantsOf(readFileSync(root + name, "utf8")))) render(tex);
  });
});
