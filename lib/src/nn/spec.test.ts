// Names with options: what is accepted, and what errors say.

import { expect, test } from "vitest";
import { positive } from "../checks/arguments.ts";
import { readSpec } from "./spec.ts";

const TABLE = {
  plain: { defaults: {} },
  tuned: { defaults: { rate: 0.1, loud: false, mode: "soft" } },
};
const read = (spec: unknown) => readSpec("thing", spec as string, TABLE, { "nick-name": "tuned" });

test("a name alone takes the defaults", () => {
  expect(read("tuned")).toEqual({
    name: "tuned",
    entry: TABLE.tuned,
    config: { rate: 0.1, loud: false, mode: "soft" },
  });
});

test("options replace defaults, and undefined ones do not", () => {
  const { config } = read({ name: "tuned", rate: 2, mode: "hard", loud: undefined });
  expect(config).toEqual({ rate: 2, loud: false, mode: "hard" });
});

test("case and underscores do not count, aliases do", () => {
  for (const name of ["Tuned", "TUNED", "tu_ned", "nick_name", "nickName"]) {
    expect(read(name).name).toBe("tuned");
  }
});

test("errors", () => {
  expect(() => read("tunde")).toThrow('Unknown thing "tunde". Did you mean "tuned"?');
  expect(() => read({ rate: 2 })).toThrow('Expected the name of a thing, received {"rate":2}.');
  expect(() => read({ name: "tuned", rat: 2 })).toThrow('Did you mean "rate"?');
  expect(() => read({ name: "tuned", rate: Number.NaN })).toThrow(
    'thing "tuned": expected rate to be a finite number, received NaN',
  );
  expect(() => read({ name: "tuned", loud: 1 })).toThrow(
    "expected loud to be true or false, received 1",
  );
  expect(() => read({ name: "plain", rate: 1 })).toThrow(
    'thing "plain": expected no options, received "rate"',
  );
  expect(() => read("toString")).toThrow('Unknown thing "toString"');
  expect(() => read({ name: "tuned", constructor: 1 })).toThrow('there is no option "constructor"');
});

test.each([
  [undefined, "nothing"],
  [null, "null"],
  [3, "3"],
  [["tuned"], '["tuned"]'],
  [() => 1, "a function"],
])("what is no name at all: %s", (spec, received) => {
  expect(() => read(spec)).toThrow(`Expected the name of a thing, received ${received}.`);
});

test("kinds say more than the type of a default", () => {
  const table = { tuned: { defaults: { rate: 0.1 }, kinds: { rate: positive } } };
  expect(() => readSpec("thing", { name: "tuned", rate: -1 }, table)).toThrow(
    'thing "tuned": expected rate to be a number above 0, received -1',
  );
});
