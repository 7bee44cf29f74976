import { describe, expect, it } from "vitest";
import { claim, decimals, showClaims } from "./claim.ts";

describe("claim", () => {
  it("holds within the tolerance, its end included", () => {
    expect(claim("x", 0.5, 0.75, 0.25).holds).toBe(true);
    expect(claim("x", 0.5, 0.75, 0.24).holds).toBe(false);
    expect(claim("x", 2, 2, 0).holds).toBe(true);
  });
  it("never holds for NaN, nor for a number against its text", () => {
    expect(claim("x", 0, Number.NaN, 1).holds).toBe(false);
    expect(claim("x", Number.NaN, Number.NaN, 1).holds).toBe(false);
    expect(claim("x", "0", 0, 1).holds).toBe(false);
  });
  it("compares text exactly", () => {
    expect(claim("x", "-0", "-0", 0).holds).toBe(true);
    expect(claim("x", "-0", "0", 0).holds).toBe(false);
  });
  it("has a note only where one is given", () => {
    expect(claim("x", 1, 1, 0)).not.toHaveProperty("note");
    expect(claim("x", 1, 1, 0, "why").note).toBe("why");
  });
  it("takes half a unit of the last decimal as the tolerance of a printed number", () => {
    expect(decimals(3)).toBeCloseTo(0.0005, 12);
    expect(claim("x", 0.418, 0.4184, decimals(3)).holds).toBe(true);
    expect(claim("x", 0.418, 0.4186, decimals(3)).holds).toBe(false);
  });
});

describe("showClaims", () => {
  it("prints as many decimals as the tolerance speaks of, and each note once", () => {
    const claims = [
      claim("output", 0.82, 0.8175744, decimals(2)),
      claim("error", 0.25, 0.3, 0, "off"),
      claim("sign", "-0", "-0", 0, "off"),
    ];
    expect(showClaims(claims).split("\n")).toEqual([
      "        expected  neurite",
      "output      0.82     0.82  ok",
      "error       0.25      0.3  OFF",
      "sign          -0       -0  ok",
      "off",
    ]);
  });
  it("prints an empty list as its head", () => {
    expect(showClaims([])).toBe("  expected  neurite");
  });
});
