import { describe, expect, it } from "vitest";
import { dense, inputLayer } from "../../nn/layers/index.ts";
import { tensor } from "../../tensor/create.ts";
import { sequential } from "../../train/model/sequential.ts";
import { decisionSurfaceOf, windowOf } from "./decision-surface.ts";

const points = (...data: number[]) => ({
  x: { dtype: "float32", shape: [data.length / 2, 2], data: Float32Array.from(data) } as const,
});

describe("windowOf", () => {
  it("is the square around all points, a tenth larger", () => {
    const { center, reach } = windowOf(points(-1, 0, 3, 1), points(0, 5));
    expect(center).toEqual([1, 2.5]);
    expect(reach).toBeCloseTo(1.1 * 2.5, 12);
  });
  it("has a size for one point, and for none", () => {
    expect(windowOf(points(4, 4))).toEqual({ center: [4, 4], reach: 1.1e-3 });
    expect(windowOf(points())).toEqual({ center: [0, 0], reach: 1.1e-3 });
  });
  it("refuses what are no points", () => {
    const x = { dtype: "float32", shape: [2, 3], data: new Float32Array(6) } as const;
    expect(() => windowOf({ x })).toThrow(
      "windowOf: expected points x [n, 2], received float32[2, 3]",
    );
    expect(() => windowOf(3 as never)).toThrow("windowOf: expected parts");
  });
});

describe("decisionSurfaceOf", () => {
  /** Gives x + 10 y. */
  function slope() {
    const model = sequential([inputLayer([2]), dense(1, { bias: false })]);
    model.layer("dense1")["w"]!.assign(tensor([[1], [10]]));
    return model.compile({ loss: "meanSquaredError", optimizer: "sgd" });
  }

  it("goes row by row from the top left, through the middle of cells", async () => {
    const window = { center: [4, 2], reach: 2 } as const;
    const { values, ...rest } = await decisionSurfaceOf(slope(), window, 2);
    expect(Array.from(values)).toEqual([3 + 30, 5 + 30, 3 + 10, 5 + 10]);
    expect(rest).toEqual({ count: 4, outputs: 1, window, cells: 2 });
  });

  it.each([
    [{ center: [0], reach: 1 }, 3, "expected window"],
    [{ center: [0, 0], reach: 0 }, 3, "expected window"],
    [{ center: [0, 0], reach: 1 }, 1.5, "expected cells"],
  ])("refuses %j of %s cells", async (window, cells, message) => {
    await expect(decisionSurfaceOf(slope(), window as never, cells)).rejects.toThrow(message);
  });

  it("refuses a model of other inputs", async () => {
    const model = sequential([inputLayer([3]), dense(1)]);
    const compiled = model.compile({ loss: "meanSquaredError", optimizer: "sgd" });
    await expect(decisionSurfaceOf(compiled, { center: [0, 0], reach: 1 }, 2)).rejects.toThrow();
  });
});
