import { expect, it } from "vitest";
import { changesOf, opValues } from "./op-values.ts";

it("gives the numbers of each op", () => {
  const layer = { name: "dense1", z: [1], a: [2], slope: [3], delta: [4], dw: [5, 6] };
  const walk = { layers: [layer], loss: 7 };
  const kinds = ["netInput", "activation", "loss", "errorTerm", "gradient"] as const;
  expect(kinds.map((kind) => opValues(walk, { kind, layer: 0 }))).toEqual([
    [1],
    [2],
    [7],
    [4],
    [5, 6],
  ]);
});

it("finds what a step has changed, the largest first", () => {
  const before = { "dense1/w": [1, 2, 3], "dense1/b": [0] };
  const after = { "dense1/w": [1.25, 2, 2], "dense1/b": [0.5] };
  expect(changesOf(before, after)).toEqual([
    { name: "dense1/w", index: 2, before: 3, after: 2 },
    { name: "dense1/b", index: 0, before: 0, after: 0.5 },
    { name: "dense1/w", index: 0, before: 1, after: 1.25 },
  ]);
});
