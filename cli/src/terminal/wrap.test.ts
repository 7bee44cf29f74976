import { expect, it } from "vitest";
import { wrapLines } from "./wrap.ts";

it("breaks at spaces, and leaves a word that is too long whole", () => {
  expect(wrapLines("one two three", 7)).toEqual(["one two", "three"]);
  expect(wrapLines("one twothree four", 5)).toEqual(["one", "twothree", "four"]);
  expect(wrapLines("one two three", 8)).toEqual(["one two", "three"]);
  expect(wrapLines("one two three", 13)).toEqual(["one two three"]);
  expect(wrapLines("unbreakable x", 4)).toEqual(["unbreakable", "x"]);
  expect(wrapLines("one two", 80)).toEqual(["one two"]);
});
