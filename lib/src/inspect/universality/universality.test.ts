import { describe, expect, it } from "vitest";
import { tensor } from "../../tensor/create.ts";
import { approximate, averageDeviationOf, constructNetwork, deviationsByPieces } from "../index.ts";

const wave = (x: number) => Math.sin(2 * Math.PI * x);
/** Of one example; 1e-9 next to what ideal steps would give. */
const at = (model: ReturnType<typeof constructNetwork>["model"], ...x: number[]) =>
  model.instance.forward([tensor([x], "float64")])[0]!.item();

describe("constructNetwork", () => {
  it.each(["steps", "bumps"] as const)("of %s has the levels on the pieces", (of) => {
    const { model, units, edges, weight } = constructNetwork(wave, {
      of,
      pieces: 4,
      heights: [1, -2, 3, 0.5],
    });
    expect([0.1, 0.3, 0.6, 0.9].map((x) => Number(at(model, x).toFixed(9)))).toEqual([
      1, -2, 3, 0.5,
    ]);
    // In the middle of a step both levels meet.
    expect(at(model, 0.25)).toBeCloseTo(-0.5, 9);
    expect([units, weight]).toEqual([of === "steps" ? 3 : 8, 1000]);
    expect(edges).toEqual([0, 0.25, 0.5, 0.75, 1]);
  });

  it("makes a step of a unit by b = -w s, on any range", () => {
    const { model } = constructNetwork((x) => x, { pieces: 2, range: [-4, 6], weight: 50 });
    expect(Array.from(model.layer("dense1")["w"]!.data)).toEqual([50, 50, 50, 50]);
    expect(Array.from(model.layer("dense1")["b"]!.data)).toEqual([200, -50, -50, -300]);
    expect(at(model, -1)).toBeCloseTo(-1.5, 9);
    expect(constructNetwork(wave, { range: [0, 10] }).weight).toBe(100);
  });

  it("makes towers of two inputs, with the output bias -3 h / 2", () => {
    const { model, units, heights } = constructNetwork((x, y) => x + 10 * y, {
      of: "towers",
      pieces: 3,
    });
    expect(units).toBe(12 + 9);
    expect(heights[1]).toBeCloseTo(1 / 6 + 5, 12); // x in the first third, y in the second
    expect(at(model, 0.1, 0.5)).toBeCloseTo(heights[1]!, 4);
    expect(at(model, 0.9, 0.1)).toBeCloseTo(heights[6]!, 4);
    const w = model.layer("dense2")["w"]!.data;
    expect(model.layer("dense2")["b"]!.data[0]).toBe((-3 * w[0]!) / 2);
  });

  it("of one piece is a level", () => {
    for (const of of ["steps", "bumps"] as const) {
      expect(at(constructNetwork(() => 7, { of, pieces: 1 }).model, 0.5)).toBeCloseTo(7, 12);
    }
  });

  it.each([
    [() => constructNetwork((x) => 1 / (x - 0.5)), "the function is"],
    [() => constructNetwork(wave, { pieces: 0 }), "expected pieces"],
    [() => constructNetwork(wave, { heights: [1] }), "expected 5 heights, one a piece, received 1"],
    [() => constructNetwork(wave, { of: "towers", pieces: 50 }), "at most 40 pieces a side"],
    [() => constructNetwork(wave, { of: "tower" as never }), "expected of to be"],
    [() => constructNetwork("x" as never), "expected f to be a function"],
    [() => constructNetwork(wave, { range: [1, 0] }), "expected range to be [from, to]"],
  ])("refuses %s", (call, message) => {
    expect(call).toThrow(message);
  });
});

describe("averageDeviationOf", () => {
  it("is the mean distance, by both measures", () => {
    const { model } = constructNetwork(() => 0, { heights: [0, 0, 0, 0, 0] });
    const { atPoints, overRange } = averageDeviationOf(model, (x) => x);
    expect(atPoints).toBeCloseTo(0.495, 12);
    expect(overRange).toBeCloseTo(0.5, 12);
    expect(averageDeviationOf(model, (x) => x, [0, 2]).atPoints).toBeCloseTo(0.99, 12);
  });

  it("of two inputs goes over both", () => {
    const { model } = constructNetwork(() => 0, { of: "towers", pieces: 1, heights: [0] });
    expect(averageDeviationOf(model, (x, y) => x + y).overRange).toBeCloseTo(1, 12);
    expect(averageDeviationOf(model, (x, y) => x + y).atPoints).toBeCloseTo(0.98, 12);
  });

  it("falls as units grow: |slope| / 4 of the width of a piece", () => {
    const rows = deviationsByPieces((x) => x, [5, 10, 20]);
    expect(rows.map(({ units }) => units)).toEqual([10, 20, 40]);
    rows.forEach(({ overRange, pieces }) => {
      expect(overRange).toBeCloseTo(1 / (4 * pieces), 2);
    });
    const towers = deviationsByPieces((x, y) => x * y, [2, 4], { of: "towers" });
    expect(towers[1]!.overRange).toBeLessThan(0.6 * towers[0]!.overRange);
  });
});

describe("approximate", () => {
  it("trains from the construction, which beats it, and from scratch", async () => {
    const { built, trained, scratch, points, values, construction } = await approximate(wave, {
      pieces: 4,
      weight: 40,
      train: true,
      steps: 150,
    });
    expect([points.length, values.length, built.outputs.length]).toEqual([200, 200, 200]);
    expect(trained!.deviation.overRange).toBeLessThan(0.75 * built.deviation.overRange);
    expect(scratch!.deviation.overRange).toBeGreaterThan(trained!.deviation.overRange);
    // What was built stays as it was.
    expect(Array.from(construction.model.layer("dense1")["w"]!.data)).toEqual(Array(8).fill(40));
    expect(scratch!.model.layer("dense1")["w"]!.shape).toEqual([1, 8]);
  });

  it("trains nothing unless asked, and refuses what it does not know", async () => {
    expect(await approximate(wave)).toMatchObject({ trained: null, scratch: null });
    await expect(approximate(wave, { step: 3 } as never)).rejects.toThrow('Did you mean "steps"?');
    await expect(approximate((x) => Math.log(x), { range: [-1, 1] })).rejects.toThrow(
      "the function is NaN at (",
    );
  });
});
