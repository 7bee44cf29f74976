import { expect, it } from "vitest";
import "../../../tensor/methods.ts";
import { DIGITS } from "../../shared/digits.testing.ts";
import { claims } from "./frozen-features.ts";

it("learns more on learnt features than on random ones, which stay as they are", async () => {
  const found = await claims(DIGITS.mnist);
  expect(found.filter(({ holds }) => !holds)).toEqual([]);
});
