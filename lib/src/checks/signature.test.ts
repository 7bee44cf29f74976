import { describe, expect, it } from "vitest";
import { anything, count, flag, listOf, number } from "./arguments.ts";
import { ArgumentError } from "./errors.ts";
import { signature } from "./signature.ts";

type Sort = (x: number[], axis?: number, descending?: boolean) => void;
const sort = signature<Sort>("sort(x, axis?, descending?)", listOf(number), count, flag);
type Draw = (key: number, shape: number[], options?: { low?: number }) => void;
const draw = signature<Draw>("draw(key, shape, { low, high })", number, listOf(number), anything);
const exp = signature<(x: number) => void>("exp(x)", number);
const join = signature<(name: string, ...xs: number[]) => void>(
  "join(name, ...xs)",
  anything,
  number,
);

function messageOf(check: () => void): string {
  try {
    check();
  } catch (error) {
    expect(error).toBeInstanceOf(ArgumentError);
    return (error as Error).message;
  }
  return "accepted";
}

describe("signature", () => {
  it("accepts what fits, and nothing where an argument is optional", () => {
    for (const args of [[[1]], [[1], 2], [[1], undefined, true]]) {
      expect(messageOf(() => sort(args))).toBe("accepted");
    }
    expect(messageOf(() => draw([1, [2]]))).toBe("accepted");
    expect(messageOf(() => join(["a"]))).toBe("accepted");
    expect(messageOf(() => join(["a", 1, 2, 3]))).toBe("accepted");
  });

  it.each([
    [
      () => sort([]),
      "sort: expected x to be a list, each a number, received nothing. " +
        "Write sort(x, axis?, descending?).",
    ],
    [() => sort([[1], null]), "sort: expected axis to be a whole number above 0, received null"],
    [
      () => sort([[1], 1, "down"]),
      'sort: expected descending to be true or false, received "down"',
    ],
    [
      () => sort([[1], { descending: true }]),
      'sort: expected axis to be a whole number above 0, received {"descending":true}. ' +
        "Write sort(x, axis?, descending?).",
    ],
    [
      () => sort([[1], 1, true, 7]),
      "sort: expected at most 3 arguments, received 7 as well. Write sort(x, axis?, descending?).",
    ],
    [
      () => draw([1, 2, 3]),
      "draw: expected shape to be a list, each a number, received 2. Write draw(key, [2, 3]).",
    ],
    [
      () => draw([1, [2], 0, 5]),
      "draw: expected at most 3 arguments, received 5 as well. Write draw(key, shape, { low, high }).",
    ],
    [() => exp([1, 2]), "exp: expected one argument, received 2 as well. Write exp(x)."],
    [() => join(["a", 1, "b"]), 'join: expected xs 2 to be a number, received "b"'],
    [() => join(["a", "b"]), 'join: expected xs to be a number, received "b"'],
  ])("says what is wrong: %#", (check, says) => {
    expect(messageOf(check)).toBe(says);
  });

  it("lets a function of one argument be handed to map", () => {
    expect(() => [1, 2].map((...args) => exp(args))).not.toThrow();
    expect(() => exp([1, 0, 0])).toThrow(ArgumentError);
  });
});
