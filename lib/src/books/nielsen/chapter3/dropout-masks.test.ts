import { describe, expect, it } from "vitest";
import { allMasks, claims } from "./dropout-masks.ts";

it.each([{}, { p: 0.2 }, { p: 0.8, units: 5, seed: 3 }])("holds at %o", async (point) => {
  expect((await claims(point)).filter(({ holds }) => !holds)).toEqual([]);
});

describe("allMasks", () => {
  it("has every mask once, with its probability", () => {
    const { masks, likely } = allMasks(2, 0.25);
    expect([...masks.data]).toEqual([0, 0, 1, 0, 0, 1, 1, 1]);
    expect([...likely.data]).toEqual([0.0625, 0.1875, 0.1875, 0.5625]);
  });
});
