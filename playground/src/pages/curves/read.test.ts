import { describe, expect, it } from "vitest";
import { LANDSCAPE_KEYS, readLandscape, stateOf } from "./landscape/presets.ts";
import { fields, isNumber, listOf, oneOf, orNull, within } from "./read.ts";

describe("what a link says of a tab", () => {
  it("is taken field by field: what does not fit is as at first", () => {
    const first = { a: 1, b: "x", c: [1, 2], d: null as number | null };
    const fits = {
      a: within(0, 5),
      b: oneOf(["x", "y"]),
      c: listOf(isNumber, 1, 2),
      d: orNull(isNumber),
    };
    expect(fields({ a: 7, b: "y", c: [1, "2"], d: 4, e: 5 }, first, fits)).toEqual({
      ...first,
      b: "y",
      d: 4,
    });
    for (const nothing of [null, 3, "text", [], { a: Number.NaN, d: "4" }])
      expect(fields(nothing, first, fits)).toEqual(first);
  });

  it("brings back every landscape as it was left", () => {
    for (const key of LANDSCAPE_KEYS) {
      const left = { ...stateOf(key), pointer: [1, -1], steps: 7, shown: 3 } as const;
      expect(readLandscape(JSON.parse(JSON.stringify(left)))).toEqual(left);
    }
  });

  it("does not put another formula under a landscape's name, nor what no surface has", () => {
    const own = stateOf("own");
    const text = { kind: "expression", text: "u*v" } as const;
    expect(readLandscape({ ...own, of: text }).of).toEqual(text);
    const bowl = stateOf("bowl");
    const wild = { ...bowl, of: text, u: [3, 1], starts: [], steps: 1e9, runners: [{}], turn: 4 };
    expect(readLandscape(wild)).toEqual(bowl);
  });
});
