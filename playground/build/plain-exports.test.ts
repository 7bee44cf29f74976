import { expect, it } from "vitest";
import { plainExports } from "./plain-exports.ts";

const names = Array.from({ length: 101 }, (_, i) => `x${i}`);
const first = `import{t as e}from"./r.js";function f(){return\`export{x0 as z}\`}const ${names
  .map((name, i) => `${name}=${i}`)
  .join()};class k{f(){}}var q=1,r=2;const s=3,{u}=q;export{f as a,k as b,q as c,r as d,s as e,u as g,${names.map((name) => `${name} as ${name}$`)}};`;

interface Chunk {
  code: string;
  readonly type: "chunk";
  readonly fileName: string;
  readonly exports: readonly string[];
  readonly imports: readonly string[];
  readonly dynamicImports: readonly string[];
}

function chunk(code: string, more: Partial<Chunk> = {}): Chunk {
  return {
    code,
    type: "chunk",
    fileName: "assets/later.js",
    exports: [],
    imports: [],
    dynamicImports: [],
    ...more,
  };
}

/** What the plugin makes of the first chunk and another. */
function after(later: Chunk): [string, string] {
  const exports = ["a", "b", "c", "d", "e", "g", ...names.map((name) => `${name}$`)];
  const bundle = { first: chunk(first, { fileName: "assets/first.js", exports }), later };
  const { generateBundle } = plainExports() as unknown as {
    generateBundle(options: object, bundle: object): void;
  };
  generateBundle({}, bundle);
  return [bundle.first.code, later.code];
}

const imports = ["assets/first.js"];

it("exports what it can where it stands, and the rest by the names inside", () => {
  const [code] = after(chunk(""));
  expect(code).toContain(
    'from"./r.js";export function f(){return`export{x0 as z}`}export const x0=0,',
  );
  expect(code.endsWith("class k{f(){}}export var q=1,r=2;const s=3,{u}=q;export{k,s,u}")).toBe(
    true,
  );
});

it("lets others import by those names, under the names that they have there", () => {
  const code = `import{a as t,b as k,x7$}from"./first.js";import{a as u}from"./other.js";t(k,u,x7$,"a as t")`;
  const [, later] = after(chunk(code, { imports }));
  expect(later).toBe(
    `import{f as t,k,x7 as x7$}from"./first.js";import{a as u}from"./other.js";t(k,u,x7$,"a as t")`,
  );
});

it("refuses who imports the whole, whose names it would change", () => {
  const whole = chunk(`import*as t from"./first.js";t.a()`, { imports });
  expect(() => after(whole)).toThrow("ImportNamespaceSpecifier of ./first.js");
  const again = chunk(`export{a}from"./first.js"`, { imports });
  expect(() => after(again)).toThrow("ExportNamedDeclaration of ./first.js");
  const late = chunk(`import("./first.js")`, { dynamicImports: imports });
  expect(() => after(late)).toThrow("assets/later.js imports assets/first.js whole");
});
