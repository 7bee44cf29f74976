import { describe, expect, it } from "vitest";
import { answersAt, claims, criticalPoints, lossAt, objective } from "./xor-minima.ts";

it.each(claims())("$name", (claim) => {
  expect(claim).toMatchObject({ holds: true });
});

/** One unit sees 01 alone, the other 10 and 11: the output cannot tell those two apart. */
const TRAP = [-40, 40, 40, 0, -20, -20, 80, 40, -40];

describe("exclusive or with two hidden units", () => {
  it("has a trap of ln 2 / 2, where two answers are 1/2", () => {
    expect(answersAt(TRAP).map((a) => Number(a.toFixed(6)))).toEqual([0, 1, 0.5, 0.5]);
    expect(lossAt(TRAP)).toBeCloseTo(Math.LN2 / 2, 6);
    const { points } = criticalPoints({ starts: 12 });
    const traps = points.filter(({ value }) => Math.abs(value - 0.35) < 0.005);
    expect(traps.length).toBeGreaterThan(0);
    for (const { point, bend } of traps) {
      expect(bend).toBe("minimum");
      const answers = answersAt(point).map((a) => Number(a.toFixed(1)));
      expect([...answers].sort()).toEqual([0, 0.5, 0.5, 1]);
      expect(lossAt(point)).toBeCloseTo(Math.LN2 / 2, 2);
    }
  });

  it("has no minimum at a finite place without penalty", () => {
    const { points, ranOff } = criticalPoints({ lambda: 0, starts: 8 });
    expect(points.map(({ bend }) => bend)).not.toContain("minimum");
    expect(ranOff[0]!.value).toBeLessThan(1e-4);
  });

  it("refuses penalties below 0 and unknown options", () => {
    expect(() => objective(-1)).toThrow("expected lambda");
    expect(() => criticalPoints({ start: 3 } as never)).toThrow('Did you mean "starts"?');
  });
});
