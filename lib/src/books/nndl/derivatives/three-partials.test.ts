import { expect, it } from "vitest";
import "../../../tensor/methods.ts";
import { claims, matricesAt } from "./three-partials.ts";

it.each(claims())("$name", (claim) => {
  expect(claim).toMatchObject({ holds: true });
});

it("puts a_j at place i", () => {
  const { byWeight, a } = matricesAt({ z: [1, -1] });
  const rows = byWeight.flat().map(({ data }) => [...data]);
  const [a1, a2] = a.data;
  expect(rows).toEqual([
    [a1, 0],
    [a2, 0],
    [0, a1],
    [0, a2],
  ]);
});
