import { expect, it } from "vitest";
import { inChinese } from "./index.ts";
import { rows, wordingOf } from "./sentences.ts";

const word = wordingOf(
  rows({
    "expected {name} to be {kind}, received {value}": "{name}应为{kind}，现在是{value}",
    'layer "{name}": {rest}': "层“{name}”：{rest}",
    "the rest is not read: {_}": "其余的没有读",
  }),
  rows({ "a number": "数", nothing: "空", "{one} or {other}": "{one}或{other}" }),
);

it("words what stands in slots too, and parts Chinese from names and numbers", () => {
  expect(word("expected units to be a number, received -2")).toBe("units 应为数，现在是 -2");
  expect(word('expected x to be "a" or "b", received nothing')).toBe('x 应为 "a" 或 "b"，现在是空');
});

it("leaves names in quotes and values as they are", () => {
  expect(word('layer "a number": expected x to be a number, received "a number"')).toBe(
    '层“a number”：x 应为数，现在是 "a number"',
  );
  expect(word('expected x to be a number, received {"a":"one or two: three"}')).toBe(
    'x 应为数，现在是 {"a":"one or two: three"}',
  );
  expect(word('expected x to be a number, received "cut off here or the…')).not.toBeNull();
});

it("says nothing rather than half in English", () => {
  expect(word("something else")).toBeNull();
  expect(word("expected x to be a happy thought, received 3")).toBeNull();
  expect(word('layer "a": it has broken down')).toBeNull();
  expect(inChinese("fit: the library said this yesterday")).toBeNull();
});

it("leaves out what nobody needs", () => {
  expect(word("the rest is not read: Unexpected token at the end")).toBe("其余的没有读");
});

it("tells by which rows a sentence is worded, and of none that did not fit", () => {
  expect(word.rowsOf('layer "a": expected x to be a number, received 3')).toEqual([
    "a number",
    "expected {name} to be {kind}, received {value}",
    'layer "{name}": {rest}',
  ]);
  expect(word.rowsOf('layer "a": expected x to be a number or what, received 3 by me')).toEqual([]);
});

it("asks for the same slots on both sides", () => {
  // @ts-expect-error the right side lacks a slot
  rows({ "a {name} b": "没有" });
  // @ts-expect-error the right side has one of another name
  rows({ "a {name} b": "有{nom}" });
});
