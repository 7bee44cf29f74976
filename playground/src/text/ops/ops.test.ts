import { expect, it } from "vitest";
import { NODE_READERS } from "../../../../lib/src/ir/json/op-readers.ts";
import { ops as en } from "./en.ts";
import { ops as zh } from "./zh.ts";

it.each([
  ["English", en],
  ["Chinese", zh],
])("has a word of its own in %s for every op of the engine, and for no other", (_, words) => {
  expect(Object.keys(words).sort()).toEqual(Object.keys(NODE_READERS).sort());
  expect(new Set(Object.values(words)).size).toBe(Object.keys(words).length);
});
