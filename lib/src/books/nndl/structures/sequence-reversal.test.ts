import { expect, it } from "vitest";
import "../../../tensor/methods.ts";
import { claims } from "./sequence-reversal.ts";

it("writes backwards where it knows the places", async () => {
  const found = await claims();
  expect(found.filter(({ holds }) => !holds)).toEqual([]);
});
