import { expect, it } from "vitest";
import { sequential } from "../../../train/model/sequential.ts";
import { claims, plainLayers, residualLayers } from "./degradation.ts";

it("every claim holds", async () => {
  const { claims: found, curves } = await claims();
  expect(found.map(({ holds }) => holds)).toEqual([true, true, true]);
  expect(curves!.map(({ series }) => series.map(({ points }) => points.length))).toEqual([
    [5, 5],
    [60, 60, 60],
  ]);
});

it.each([4, 5, 6, 20])(
  "has the same weights with residual connections, %i layers deep",
  (depth) => {
    const sizes = (layers: ReturnType<typeof plainLayers>) => {
      const model = sequential([3], ...(layers as []));
      return [...model.instance.params.variables].map(([, { data }]) => data.length);
    };
    expect(sizes(residualLayers(depth, 3))).toEqual(sizes(plainLayers(depth, 3)));
  },
);
