import { expect, it } from "vitest";
import { claims } from "./conventions.ts";

it.each(await claims())("$name", (claim) => {
  expect(claim).toMatchObject({ holds: true });
});
