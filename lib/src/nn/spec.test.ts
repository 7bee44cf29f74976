// Names with options: what is accepted, and what errors say.

import { expect, test } from "vitest";
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
  expect(() => read({ rate: 2 })).toThrow("Expected the name of a thing, received undefined.");
  expect(() => read({ name: "tuned", rat: 2 })).toThrow('Did you mean "rate"?');
  expect(() => read({ name: "tuned", rate: Number.NaN })).toThrow(
    'thing "tuned": expected rate to be a number, received NaN',
  );
  expect(() => read({ name: "tuned", loud: 1 })).toThrow(
    "expected loud to be a boolean, received 1",
  );
  expect(() => read({ name: "plain", rate: 1 })).toThrow(
    'thing "plain": expected no options, received "rate"',
  );
  expect(() => read("toString")).toThrow('Unknown thing "toString"');
  expect(() => read({ name: "tuned", constructor: 1 })).toThrow("Unknown option");
});
