import { describe, expect, it } from "vitest";
import { type Inside, moved, walkOps } from "./walk.ts";

describe("walkOps", () => {
  it("goes forwards, through the loss, and backwards", () => {
    const told = walkOps(2).map(({ kind, layer }) => `${kind} ${layer}`);
    expect(told).toEqual([
      "netInput 0",
      "activation 0",
      "netInput 1",
      "activation 1",
      "loss 1",
      "errorTerm 1",
      "gradient 1",
      "errorTerm 0",
      "gradient 0",
    ]);
  });
});

describe("moved", () => {
  const sizes = { examples: 2, ops: 3, canGoBack: true };
  const walk = (unit: "op" | "example", direction: 1 | -1, from: Inside | null, most: number) => {
    const seen: string[] = [];
    let inside = from;
    for (let i = 0; i < most; i++) {
      const next = moved(inside, unit, direction, sizes);
      inside = next.inside;
      seen.push(inside ? `${inside.example}.${inside.op}` : `step ${next.step}`);
    }
    return seen.join(" ");
  };
  it("takes every op of every example, then updates", () => {
    expect(walk("op", 1, null, 8)).toBe("0.1 0.2 0.3 1.1 1.2 1.3 step 1 0.1");
  });
  it("takes whole examples", () => {
    expect(walk("example", 1, null, 4)).toBe("0.3 1.3 step 1 0.3");
    expect(walk("example", 1, { example: 0, op: 1 }, 2)).toBe("0.3 1.3");
  });
  it("goes back the same way, and takes back the update before", () => {
    expect(walk("op", -1, { example: 1, op: 2 }, 6)).toBe("1.1 0.3 0.2 0.1 step 0 step -1");
    expect(moved(null, "op", -1, { ...sizes, canGoBack: false }).step).toBe(0);
  });
});
