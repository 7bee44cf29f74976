import { expect, it } from "vitest";
import { examplesTable } from "./examples-table.ts";

const parts = [
  { count: 2, x: Float32Array.of(0.1, -2, 1 / 3, 4), y: Float32Array.of(0, 1), says: "train" },
  { count: 1, x: Float32Array.of(16777217, 6), y: Float32Array.of(1), says: "test" },
];

it("writes a line an example, with the digits of a float32, and quotes what holds a comma", () => {
  expect(examplesTable(["max(x1, x2)", 'a"b'], "part", parts)).toBe(
    '"max(x1, x2)","a""b",y,part\n0.1,-2,0,train\n0.33333334,4,1,train\n16777216,6,1,test\n',
  );
});

it("writes all digits where they are asked for", () => {
  const [, line] = examplesTable(["a", "b"], "test", parts, String).split("\n");
  expect(line).toBe("0.10000000149011612,-2,0,train");
});
