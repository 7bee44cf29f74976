import { describe, expect, it } from "vitest";
import { above, around, atLeast, below, between } from "./bounds.ts";
import { OWN_BOUNDS, showClaims } from "./claim.ts";

describe("bounds", () => {
  it("say which side holds, the ends as they say", () => {
    expect(above("x", 1, 1).holds).toBe(false);
    expect(atLeast("x", 1, 1).holds).toBe(true);
    expect(below("x", 1, 1).holds).toBe(false);
    expect([1, 2, 2.01].map((x) => between("x", [1, 2], x).holds)).toEqual([true, true, false]);
  });
  it("never hold for NaN", () => {
    const all = [above, atLeast, below].map((bound) => bound("x", 1, Number.NaN));
    expect([...all, between("x", [0, 1], Number.NaN)].some(({ holds }) => holds)).toBe(false);
  });
  it("say whether a book prints them", () => {
    const printed = [
      around("x", 95.42, [94.42, 96.42], 96.3, { places: 2 }),
      below("y", 0.405, 0.4, { printed: true }),
    ];
    expect(printed.map(({ expected, isOurs }) => [expected, isOurs])).toEqual([
      ["95.42 (94.42 to 96.42)", undefined],
      ["< 0.405", undefined],
    ]);
    expect(around("x", 95.42, [94.42, 96.42], 96.5).holds).toBe(false);
    expect(showClaims(printed)).not.toContain(OWN_BOUNDS);
    expect(below("y", 0.405, 0.4).isOurs).toBe(true);
  });
  it("show ours to the places asked for", () => {
    const shown = showClaims([above("part", 0.5, 2 / 3, { places: 2, note: "why" })]);
    expect(shown.split("\n").slice(1)).toEqual(["part    > 0.5*     0.67  ok", "why", OWN_BOUNDS]);
  });
});
