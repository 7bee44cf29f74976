import { expect, it } from "vitest";
import { claims } from "./equal-twins.ts";

it("holds for any weights", async () => {
  for (const seed of [1, 2]) {
    expect((await claims({ seed, epochs: 5 })).filter(({ holds }) => !holds)).toEqual([]);
  }
});
