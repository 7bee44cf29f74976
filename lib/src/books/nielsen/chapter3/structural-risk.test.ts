import { expect, it } from "vitest";
import { claims } from "./structural-risk.ts";

it("holds what the books say, whatever is drawn", async () => {
  for (const seed of [1, 2, 3]) {
    expect((await claims({ seed })).filter(({ holds }) => !holds)).toEqual([]);
  }
});

it("has five names for one decay at another lambda too", async () => {
  const found = await claims({ lambda: 50, steps: 1 });
  for (const { actual } of found.slice(0, 5)) expect(actual).toBeCloseTo(1e-3, 15);
});
