// What a full run keeps is not computed twice.

import { expect, it, vi } from "vitest";
import { once } from "./full-run.ts";
import { memoryStore } from "./store.testing.ts";

it("computes a piece of work once", async () => {
  const store = memoryStore();
  const compute = vi.fn(() => 0);
  expect(await once(store, "seed 1", compute)).toBe(0);
  expect(await once(store, "seed 1", compute)).toBe(0);
  expect(await once(store, "seed 2", () => [1])).toEqual([1]);
  expect(compute).toHaveBeenCalledTimes(1);
  expect([...store.kept.keys()]).toEqual(["seed 1", "seed 2"]);
});
