// Small floats: NumPy's bits, and every number of float16 and bfloat16 with what lies around it.

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { BRAIN, HALF, narrowToBits, type SmallFloat, widenBits } from "./small-float.ts";

// Written by scripts/golden/small_floats.py.
const golden = JSON.parse(
  readFileSync(new URL("golden/small-floats.json", import.meta.url), "utf8"),
) as Readonly<Record<"half" | "brain", readonly (readonly [number | "-0", number])[]>>;

const TYPES: readonly [name: "half" | "brain", type: SmallFloat][] = [
  ["half", HALF],
  ["brain", BRAIN],
];

describe.each(TYPES)("%s", (name, type) => {
  const [narrow, widen] = [narrowToBits(type), widenBits(type)];
  const minus = 2 ** (type.exponentBits + type.fractionBits);
  const infinity = (2 ** type.exponentBits - 1) * 2 ** type.fractionBits;

  it("has the reference's bits", () => {
    const received = golden[name].map(([x]) => [x, narrow(Number(x))]);
    expect(received).toEqual(golden[name].map(([x, bits]) => [x, bits]));
    expect(received.length).toBeGreaterThan(80);
  });

  it("gives every number its own bits again", () => {
    const wrong: number[] = [];
    for (let bits = 0; bits <= infinity; bits++) {
      for (const own of [bits, bits + minus]) if (narrow(widen(own)) !== own) wrong.push(own);
    }
    expect(wrong).toEqual([]);
  });

  it("rounds to the nearest, and what lies halfway to the even one", () => {
    const wrong: number[] = [];
    for (let bits = 0; bits < infinity; bits++) {
      const low = widen(bits);
      // Beyond the largest number the next one would be, if the exponent were not taken.
      const high = bits + 1 < infinity ? widen(bits + 1) : low + (low - widen(bits - 1));
      const middle = (low + high) / 2;
      const even = bits % 2 === 0 ? bits : bits + 1;
      const step = (high - low) * 2 ** -20;
      const isRight =
        narrow(middle) === even &&
        narrow(-middle) === even + minus &&
        narrow(middle - step) === bits &&
        narrow(middle + step) === bits + 1;
      if (!isRight) wrong.push(bits);
    }
    expect(wrong).toEqual([]);
  });

  it("keeps NaN, the infinities and both zeros", () => {
    expect(Number.isNaN(widen(narrow(Number.NaN)))).toBe(true);
    const special = [Infinity, -Infinity, 0, -0];
    expect(special.map((x) => widen(narrow(x)))).toEqual(special);
    expect(narrow(1e308)).toBe(infinity);
    expect(narrow(5e-324)).toBe(0);
  });
});
