// Keys given twice are found wherever they are, and values are shown in a few words.

import { expect, it } from "vitest";
import { FileError } from "../checks/errors.ts";
import { showJson } from "./json.ts";
import { parseJson } from "./parse-json.ts";

it.each([
  ['{"a": 1, "b": {"a": 2}, "c": [{"a": 3}, {"a": 4}]}'],
  ['{"a": "a", "b": "b"}'],
  ['["a", "a"]'],
  ['{"a": "\\"x\\": 1", "x": 2}'],
  ['"a"'],
  ["12"],
])("reads %s", (text) => {
  expect(parseJson("t", text)).toEqual(JSON.parse(text));
});

it.each([
  ['{"a": 1, "a": 1}', "a"],
  ['{"b": [1, {"x" : 1, "y": {}, "x"\n:2}]}', "x"],
  ['{"a": 1, "\\u0061": 2}', "a"],
  ['{"q\\"": {"in": "}"}, "q\\"": 1}', 'q\\"'],
])("refuses %s", (text, key) => {
  expect(() => parseJson("t", text)).toThrow(new FileError(`t gives the key "${key}" twice`));
});

it("refuses what is not JSON", () => {
  expect(() => parseJson("t", '{"a": NaN}')).toThrow(/^t is not JSON: /);
});

it.each([
  ["text", '"text"'],
  ["x".repeat(50), `"${"x".repeat(40)}…"`],
  [[1, "a", [2], null], '[1, "a", a list of 1, null]'],
  [new Array(9).fill(0), "a list of 9"],
  [{ a: 1 }, "an object"],
  [null, "null"],
  [undefined, "nothing"],
  [-1.5, "-1.5"],
])("shows %j", (value, shown) => {
  expect(showJson(value)).toBe(shown);
});
