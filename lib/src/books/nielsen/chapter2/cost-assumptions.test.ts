import { expect, it } from "vitest";
import { drawNet } from "../../shared/small-net.ts";
import { claims, scaledTwin } from "./cost-assumptions.ts";

it.each(claims())("$name", (claim) => {
  expect(claim).toMatchObject({ holds: true });
});

it("holds for other points", () => {
  for (const seed of [2, 3, 4]) {
    expect(claims({ seed, examples: 11 }).filter(({ holds }) => !holds)).toEqual([]);
  }
});

it("has a twin of other weights", () => {
  const net = drawNet([2, 3, 1], 1);
  const twin = scaledTwin(net);
  expect([...twin.weights[0]!.data]).toEqual(Array.from(net.weights[0]!.data, (w) => 2 * w));
  expect([...twin.weights[1]!.data]).toEqual(Array.from(net.weights[1]!.data, (w) => w / 2));
});
