import { describe, expect, it } from "vitest";
import { featuresOf } from "./data.ts";

describe("features", () => {
  const names = ["x1", "x2"];
  it("are expressions of the inputs, row by row", async () => {
    const compute = await featuresOf(["x2", "x1^2", "x1*x2 + 1", "sin(x2)"], names);
    const rows = compute(Float32Array.of(2, 3, -1, 3));
    const sine = Math.fround(Math.sin(3));
    expect([...rows]).toEqual([3, 4, 7, sine, 3, 1, -2, sine]);
  });
  it("say where an expression is wrong", async () => {
    const problemOf = async (text: string) => {
      try {
        await featuresOf([text], names);
        return null;
      } catch (error) {
        return (error as { problem?: unknown }).problem;
      }
    };
    expect(await problemOf("x1 + y")).toEqual({
      code: "unknownInput",
      data: { text: "x1 + y", at: 5, name: "y", known: "x1, x2" },
    });
    expect(await problemOf("x1, x2")).toMatchObject({ code: "formulaShape", data: { results: 2 } });
    expect(await problemOf("x1 +* 2")).toMatchObject({ code: "expression", data: { at: 4 } });
  });
});
