import { expect, it } from "vitest";
import "../../../tensor/methods.ts";
import { DIGITS } from "../../shared/digits.testing.ts";
import { claims } from "./relu-sparsity.ts";

it("finds zeros in ReLUs, and none in sigmoids", async () => {
  const found = await claims(DIGITS.mnist, { images: 500, epochs: 1 });
  expect(found.map(({ holds }) => holds)).toEqual([true, true, true]);
});
