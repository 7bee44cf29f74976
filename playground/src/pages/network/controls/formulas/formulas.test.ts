/** Every choice of a menu has its formula, and every slot of a formula has words. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { render, variantsOf } from "../../../../../build/tex.ts";
import {
  ACTIVATIONS,
  CONVENTIONS,
  INITIALIZERS,
  LOSSES,
  OPTIMIZERS,
  SCHEDULES,
} from "../../../../state/index.ts";
import { SPOKEN } from "./spoken.ts";
import { filled } from "./training-formula.tsx";

const folder = fileURLToPath(new URL("../../../../formulas/training/", import.meta.url));
const files = readdirSync(folder).flatMap((family) =>
  readdirSync(folder + family).map((file) => [family, file.replace(/\.tex$/, "")] as const),
);
const names = (family: string) => files.filter(([of]) => of === family).map(([, name]) => name);

it.each([
  ["activations", [...ACTIVATIONS, "softmax"]],
  ["losses", Object.values(LOSSES).flatMap((losses) => Object.keys(losses))],
  ["optimizers", Object.keys(OPTIMIZERS)],
  ["schedules", Object.keys(SCHEDULES)],
  ["initializers", INITIALIZERS],
  ["penalties", CONVENTIONS.flatMap((name) => [`${name}L1`, `${name}L2`])],
] as const)("has a formula for each of the %s", (family, wanted) => {
  expect(names(family)).toEqual(expect.arrayContaining([...new Set(wanted)]));
});

it.each(files)("%s/%s renders, and says its numbers", (family, name) => {
  const text = readFileSync(`${folder}${family}/${name}.tex`, "utf8");
  const slots = new Set<string>();
  for (const tex of Object.values(variantsOf(text))) {
    expect(render(tex)).toContain("katex");
    for (const [, slot] of tex.matchAll(/\\slot\{(\w+)\}/g)) slots.add(slot!);
  }
  const spoken = SPOKEN[family]?.[name];
  expect(spoken).toBeDefined();
  const said = new Set([...spoken!.matchAll(/\{(\w+)\}/g)].map(([, slot]) => slot!));
  expect([...said].filter((slot) => !slots.has(slot))).toEqual([]);
});

it("puts numbers into words", () => {
  expect(filled("w := w - {rate} g", { rate: "0.1" })).toBe("w := w - 0.1 g");
});
