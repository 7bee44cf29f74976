import { expect, it } from "vitest";
import "../../../tensor/methods.ts";
import { claims, recallOf } from "./hopfield-recall.ts";

it.each(claims())("$name", (claim) => {
  expect(claim).toMatchObject({ holds: true });
});

it("remembers less where more is turned", () => {
  expect(recallOf(10, { turned: 0.4 }).recalled).toBeLessThan(recallOf(10).recalled);
});
