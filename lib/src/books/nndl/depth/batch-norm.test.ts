import { expect, it } from "vitest";
import { claims } from "./batch-norm.ts";

it.each(await claims())("$name", (claim) => {
  expect(claim).toMatchObject({ holds: true });
});
