// What the experiments are told is checked, in plain JavaScript too.

import { expect, it } from "vitest";
import { ArgumentError } from "../checks/errors.ts";
import * as books from "./index.ts";

const wrong = (value: unknown) => value as never;

it.each<[string, () => unknown, string]>([
  ["mazur", () => books.mazur.train(wrong({ rate: 1 })), 'there is no option "rate"'],
  ["mazur", () => books.mazur.train(wrong({ scheme: "both" })), '"simultaneous" or "sequential"'],
  ["micrograd", () => books.micrograd.evaluate(wrong({ a: "1" })), "expected a to be a number"],
  ["saturation", () => books.saturation.train(wrong({ epochs: -1 })), "expected epochs"],
  ["graph48", () => books.graph48.evaluate(wrong({ y: 1 })), 'there is no option "y"'],
  ["surface49", () => books.surface49.onGrid(wrong({ count: 1e9 })), "from 2 to 2000"],
  ["xor", () => books.xorNets.train(wrong({})), "expected hidden"],
  ["network2", () => books.runNetwork2(wrong({}), wrong({})), "network2: expected sizes"],
  ["network2", () => books.runNetwork2(wrong(undefined), wrong({})), "an object of options"],
  ["claim", () => books.claim("a", 1, wrong(undefined), 0), "expected actual to be a number"],
  ["claim", () => books.claim("a", 1, 2, wrong("0.1")), "expected tolerance"],
  ["decimals", () => books.decimals(-1), "expected count"],
  ["showClaims", () => books.showClaims(wrong("x")), "expected claims"],
  ["random", () => new books.NumpyRandom(1).randnArray(wrong("3")), "expected n"],
  ["random", () => books.Mt19937.fromArray(wrong("abc")), "expected a key of words"],
  ["random", () => new books.PythonRandom(1).shuffle(wrong("abc")), "expected array"],
  ["experiments", () => books.unknownExperiment(wrong(undefined)), "expected name to be a text"],
])("%s: a wrong call is refused in a sentence", (_, call, message) => {
  expect(call).toThrow(ArgumentError);
  expect(call).toThrow(message);
});
