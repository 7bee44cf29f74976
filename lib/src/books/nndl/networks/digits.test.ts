import { expect, it } from "vitest";
import "../../../tensor/methods.ts";
import { loadMnist } from "../../../data/node/mnist.ts";
import { train } from "./digits.ts";

it("learns digits", async () => {
  expect(await train(await loadMnist(), { images: 2000, epochs: 3 })).toBeGreaterThan(0.7);
});
