import { describe, expect, it } from "vitest";
import {
  count,
  either,
  expectArgument,
  expectOptions,
  flag,
  fraction,
  having,
  type Kinds,
  listOf,
  oneOf,
  show,
  text,
} from "./arguments.ts";
import { ArgumentError } from "./errors.ts";

interface Options {
  readonly epochs?: number;
  readonly shuffle?: boolean;
  readonly learningRate?: number;
  readonly mode: "min" | "max";
}

const OPTIONS: Kinds<Options> = {
  epochs: count,
  shuffle: flag,
  learningRate: fraction,
  mode: oneOf("min", "max"),
};

const check = (options: unknown) => () =>
  expectOptions("fit", options as Options, OPTIONS, ["mode"]);

describe("expectOptions", () => {
  it("accepts what the table says, and options that are undefined", () => {
    expect(check({ epochs: 3, shuffle: undefined, mode: "max" })).not.toThrow();
    expect(() => expectOptions("fit", undefined, OPTIONS)).not.toThrow();
  });

  it.each([
    [{ epoch: 3, mode: "min" }, 'fit: there is no option "epoch". Did you mean "epochs"?'],
    [{ lr: 3, mode: "min" }, 'Did you mean "learningRate"?'],
    [{ learning_rate: 0, mode: "min" }, 'Did you mean "learningRate"?'],
    [
      { epochs: "3", mode: "min" },
      'fit: expected epochs to be a whole number above 0, received "3"',
    ],
    [{ epochs: 0, mode: "min" }, "received 0"],
    [{ epochs: 2.5, mode: "min" }, "received 2.5"],
    [{ shuffle: "no", mode: "min" }, 'fit: expected shuffle to be true or false, received "no"'],
    [{ learningRate: Number.NaN, mode: "min" }, "a number from 0 to 1, received NaN"],
    [{ mode: "maximum" }, 'fit: expected mode to be "min" or "max", received "maximum"'],
    [{}, 'fit: expected mode, "min" or "max", received nothing'],
    [undefined, "fit: expected an object of options, received nothing"],
    [3, "fit: expected an object of options, received 3"],
    [null, "fit: expected an object of options, received null"],
    [[], "fit: expected an object of options, received []"],
    [new Date(0), "fit: expected an object of options, received a Date"],
    [/x/, "fit: expected an object of options, received a RegExp"],
    [new Map([["epochs", 3]]), "fit: expected an object of options, received a Map"],
  ])("refuses %j", (options, message) => {
    expect(check(options)).toThrow(ArgumentError);
    expect(check(options)).toThrow(message);
  });
});

describe("expectArgument", () => {
  it.each([
    [listOf(text), ["a", ""], "a list, each a text"],
    [either(count, oneOf("all")), "some", 'a whole number above 0, or "all"'],
    [having("an engine", "compile"), { compile: 3 }, "an engine"],
  ])("says what is wanted", (kind, value, says) => {
    expect(() => expectArgument("f", "x", value, kind)).toThrow(`expected x to be ${says}`);
  });
});

describe("show", () => {
  it.each([
    [undefined, "nothing"],
    [3n, "3n"],
    [Symbol("s"), "Symbol(s)"],
    [[1, "a"], '[1,"a"]'],
    [new Float32Array(2), "a Float32Array"],
    [() => 1, "a function"],
    [Object.create(null), "{}"],
    [{ a: 3n }, '{"a":"3n"}'],
    ["x".repeat(99), `"${"x".repeat(59)}…`],
  ])("never fails", (value, words) => {
    expect(show(value)).toBe(words);
  });

  it("survives an object that contains itself", () => {
    const circle: Record<string, unknown> = {};
    circle["self"] = circle;
    expect(show(circle)).toBe('{"self":{"self":{"self":{"self":"…"}}}}');
  });
});
