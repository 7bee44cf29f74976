import { expect, it } from "vitest";
import "../../../tensor/methods.ts";
import { loadMnist } from "../../../data/node/mnist.ts";
import { claims } from "./relu-sparsity.ts";

it("finds zeros in ReLUs, and none in sigmoids", async () => {
  const found = await claims(loadMnist, { images: 500, epochs: 1 });
  expect(found.map(({ holds }) => holds)).toEqual([true, true, true]);
});
