import { expect, it } from "vitest";
import "../../../tensor/methods.ts";
import { claims, curves } from "./posterior.ts";

it.each(claims())("$name", (claim) => {
  expect(claim).toMatchObject({ holds: true });
});

it("draws the net beside the true posterior, which is 1/2 in the middle", () => {
  const [{ series }] = curves({ steps: 10 }) as [ReturnType<typeof curves>[0]];
  const [net, truth] = series;
  expect(net!.points).toHaveLength(61);
  expect(truth!.points.find(([x]) => x === 0)![1]).toBe(0.5);
  expect(truth!.book).toBe(true);
});
