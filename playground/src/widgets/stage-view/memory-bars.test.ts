import { expect, it } from "vitest";
import { barsOf } from "./memory-bars.tsx";

it("reads arrays and scratch memory off the stage", () => {
  const text = [
    "960 bytes of arena, 0 bytes of constants",
    "       0 of kernel 0 alone",
    "     576 argument0: float32[4, 3]  kernels 0-1",
    "   64256 of kernels 1-3 alone",
  ].join("\n");
  const values = [[], ["%4"], ["%0"], []];
  expect(barsOf({ text, values })).toEqual([
    { name: "", offset: 0, first: 0, last: 0, values: ["%4"] },
    { name: "argument0", offset: 576, first: 0, last: 1, values: ["%0"] },
    { name: "", offset: 64256, first: 1, last: 3, values: [] },
  ]);
});
