import { expect, it } from "vitest";
import "../../../tensor/methods.ts";
import { experimentPoint } from "../../shared/parameters.ts";
import { claims, meansByLayer, PARAMETERS, zigzag } from "./mean-shift.ts";

it.each(claims())("$name", (claim) => {
  expect(claim).toMatchObject({ holds: true });
});

it("shifts nothing in a net of units that pass on what they get", () => {
  for (const { activation, shift } of meansByLayer((z) => z)) {
    expect(Math.abs(activation)).toBeLessThan(1e-12);
    expect(shift).toBeLessThan(1e-12);
  }
});

it("draws a path from 0 with a point for each step", () => {
  const { path } = zigzag(experimentPoint("test", PARAMETERS, { seed: 3 }));
  expect(path).toHaveLength(101);
  expect(path[0]).toEqual([0, 0]);
  expect(path.at(-1)![0]).toBeGreaterThan(0);
  expect(path.at(-1)![1]).toBeLessThan(0);
});
