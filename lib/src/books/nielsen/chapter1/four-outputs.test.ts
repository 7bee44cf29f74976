import { expect, it } from "vitest";
import { DIGITS } from "../../shared/digits.testing.ts";
import { claims, decode, FOUR, TEN } from "./four-outputs.ts";

it("ten outputs beat four, already on the first 500 images", async () => {
  const found = await claims(DIGITS.mnist, { train: 500, test: 500, epochs: 2 });
  expect(found).toHaveLength(1);
  expect(found[0]).toMatchObject({ holds: true });
});

it("codes and decodes every digit", () => {
  expect(FOUR(6)).toEqual([0, 1, 1, 0]);
  for (let digit = 0; digit < 10; digit++) {
    expect(decode(FOUR, FOUR(digit))).toBe(digit);
    expect(decode(TEN, TEN(digit))).toBe(digit);
  }
  // 1111 is no digit: 7 and the first of those that are as near.
  expect(decode(FOUR, [1, 1, 1, 1])).toBe(7);
});
