import { expect, it } from "vitest";
import "../../../tensor/methods.ts";
import { DIGITS } from "../../shared/digits.testing.ts";
import { train } from "./digits.ts";

it("learns digits", async () => {
  expect(await train(await DIGITS.mnist(), { images: 2000, epochs: 3 })).toBeGreaterThan(0.7);
});
