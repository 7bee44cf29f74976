import { expect, it } from "vitest";
import { wrapped } from "./wrapped.ts";

it("breaks at spaces, never within a word", () => {
  expect(wrapped("one two three", 7)).toEqual(["one two", "three"]);
  expect(wrapped("one two three", 8)).toEqual(["one two", "three"]);
  expect(wrapped("one two three", 13)).toEqual(["one two three"]);
  expect(wrapped("unbreakable x", 4)).toEqual(["unbreakable", "x"]);
});
