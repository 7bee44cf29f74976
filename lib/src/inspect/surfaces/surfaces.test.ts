import { describe, expect, it } from "vitest";
import { onPoints } from "../../books/nndl/networks/surface49.ts";
import { dense, dropout, rescaling } from "../../nn/layers/index.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { tensor } from "../../tensor/create.ts";
import { log, mul, square, sub } from "../../tensor/elementwise.ts";
import { at } from "../../tensor/indexing.ts";
import { sum } from "../../tensor/reduce.ts";
import { sequential } from "../../train/model/sequential.ts";
import {
  curvatureAt,
  descentOn,
  lossSurfaceOf,
  objectiveOf,
  parameterVectorOf,
  pathOn,
  planeOfDirections,
  planeOfParameters,
  planeOfPath,
  planeOfTwo,
  restrictedTo,
} from "../index.ts";

const X = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
];
const Y = [[0], [1], [1], [0]];

function small(seed = 3) {
  return sequential([2], dense(3, { activation: "tanh" }), dense(1, { activation: "sigmoid" }))
    .with({ seed })
    .compile({
      loss: "binaryCrossentropy",
      optimizer: { name: "sgd", learningRate: 0.5 },
      regularizer: { kind: "l2", lambda: 3, convention: "keras" },
    });
}

describe("objectiveOf", () => {
  it("is the loss that evaluate tells, without penalty, in either type", async () => {
    const model = small();
    const { loss } = await model.evaluate(X, Y);
    const objective = objectiveOf(model, X, Y);
    const { values, slices } = parameterVectorOf(model);
    expect([...slices].map(([path, { from }]) => [path, from])).toEqual([
      ["dense1/w", 0],
      ["dense1/b", 6],
      ["dense2/w", 9],
      ["dense2/b", 12],
    ]);
    expect(values).toHaveLength(13);
    expect(objective(tensor([...values], "float64")).item()).toBeCloseTo(loss, 6);
    expect(objective(tensor([...values], "float32")).item()).toBeCloseTo(loss, 6);
    expect(objective(tensor([...values], "float64")).dtype).toBe("float64");
  });

  it("drops nothing", async () => {
    const model = sequential([2], dense(2), dropout(0.5), dense(1)).compile({
      loss: "meanSquaredError",
      optimizer: "sgd",
    });

    const { loss } = await model.evaluate(X, Y);
    const point = tensor([...parameterVectorOf(model).values], "float64");
    expect(objectiveOf(model, X, Y)(point).item()).toBeCloseTo(loss, 5);
  });

  it("takes whole numbers that a layer rescales, in either type", async () => {
    const model = sequential([2], rescaling(0.5), dense(1)).compile({
      loss: "meanSquaredError",
      optimizer: "sgd",
    });
    const pixels = { dtype: "uint8", shape: [4, 2], data: Uint8Array.from(X.flat()) } as const;
    const { loss } = await model.evaluate(pixels, Y);
    const values = [...parameterVectorOf(model).values];
    for (const dtype of ["float32", "float64"] as const) {
      expect(objectiveOf(model, pixels, Y)(tensor(values, dtype)).item()).toBeCloseTo(loss, 6);
    }
  });

  it("refuses what does not fit", () => {
    expect(() => objectiveOf({} as never, X, Y)).toThrow("objectiveOf: expected model");
    expect(() => objectiveOf(small(), [[1, 2, 3]], [[0]])).toThrow("objectiveOf: ");
    expect(() => objectiveOf(small(), X, [[0], [1], [2], [0]])).toThrow("objectiveOf: ");
  });
});

describe("planes", () => {
  it("along two parameters: u and v are their values", () => {
    const model = small();
    const w = model.layer("dense1")["w"]!;
    const plane = planeOfParameters(model, "dense1/w[1,2]", "dense2/b[0]");
    expect(plane.here).toEqual([w.data[5], 0]);
    expect([...plane.directions[0]].indexOf(1)).toBe(5);
    expect([...plane.directions[1]].indexOf(1)).toBe(12);
    expect(plane.origin[5]).toBe(0);
    expect(plane.origin[4]).toBe(w.data[4]);
  });

  it.each([
    ["dense1/v[0,0]", 'Unknown parameter "dense1/v". Did you mean "dense1/w"?'],
    ["dense1/w", 'within "dense1/w", which has the shape [2, 3], as in "dense1/w[0,0]"'],
    ["dense1/w[2,0]", 'received "dense1/w[2,0]"'],
    ["dense1/w[0]", 'received "dense1/w[0]"'],
    ["dense1/w[0,-1]", 'received "dense1/w[0,-1]"'],
    ["dense2/b[0]", 'expected two parameters, received "dense2/b[0]" twice'],
  ])("refuse %s", (name, message) => {
    expect(() => planeOfParameters(small(), name, "dense2/b[0]")).toThrow(message);
  });

  it("along random directions: what leads into a unit is as long as in the model, biases stand still", () => {
    const model = small();
    const { values } = parameterVectorOf(model);
    const { directions, origin, here } = planeOfDirections(model, { seed: 4 });
    const length = (from: ArrayLike<number>, unit: number) =>
      Math.hypot(from[unit]!, from[3 + unit]!);
    for (const direction of directions) {
      for (const unit of [0, 1, 2]) {
        expect(length(direction, unit)).toBeCloseTo(length(values, unit), 12);
      }
      expect(Math.hypot(...direction.subarray(9, 12))).toBeCloseTo(
        Math.hypot(...values.subarray(9, 12)),
        12,
      );
      expect([...direction.subarray(6, 9), direction[12]]).toEqual([0, 0, 0, 0]);
    }
    expect(directions[0]).not.toEqual(directions[1]);
    expect(planeOfDirections(model, { seed: 4 }).directions).toEqual(directions);
    expect(planeOfDirections(model).directions).not.toEqual(directions);
    expect([origin, here]).toEqual([values, [0, 0]]);
  });
});

/** -ln y of figure 4.9. */
const negativeLog = (p: Tensor) => at(p, 1).mul(at(p, 0).sigmoid()).sigmoid().log().neg();

describe("lossSurfaceOf", () => {
  it("has the corners of NNDL's figure 4.9, row by u and column by v", () => {
    const range = [-5, 5] as const;
    const surface = lossSurfaceOf(negativeLog, planeOfTwo(), { u: range, v: range, count: 3 });
    expect(surface.u).toEqual([-5, 0, 5]);
    const rounded = surface.values.map((row) => row.map((x) => Number(x.toFixed(5))));
    expect([rounded[2]![2], rounded[2]![0], rounded[0]![2], rounded[0]![0]]).toEqual([
      0.00694, 4.97348, 0.67656, 0.71002,
    ]);
    expect(surface.values[1]![1]).toBeCloseTo(Math.LN2, 15);
    expect(surface).toMatchObject({ least: surface.values[2]![2], notFinite: 0, here: [0, 0] });
    expect(surface.largest).toBe(surface.values[2]![0]);
    expect(surface.values[2]![0]).toBe(onPoints([[5, -5]]).negativeLog[0]);
  });

  it("counts what is not finite, and leaves it out of the bounds", () => {
    const surface = lossSurfaceOf((p) => log(at(p, 0)).add(at(p, 1)), planeOfTwo(), { count: 3 });
    expect(surface.notFinite).toBe(6);
    expect([surface.least, surface.largest]).toEqual([-1, 1]);
    expect(surface.values[0]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    const none = lossSurfaceOf((p) => log(sub(at(p, 0), 9)), planeOfTwo(), { count: 2 });
    expect([none.least, none.largest, none.notFinite]).toEqual([Number.NaN, Number.NaN, 4]);
  });

  it("is the loss of the model with two parameters moved, float32 or float64", async () => {
    const model = small();
    const plane = planeOfParameters(model, "dense1/w[0,1]", "dense2/w[2,0]");
    const options = { u: [-2, 2], v: [-4, 4], count: 3 } as const;
    const double = lossSurfaceOf(objectiveOf(model, X, Y), plane, options);
    const single = lossSurfaceOf(objectiveOf(model, X, Y), plane, { ...options, dtype: "float32" });
    const w = Array.from(model.layer("dense1")["w"]!.data);
    w[1] = -2;
    const out = Array.from(model.layer("dense2")["w"]!.data);
    out[2] = 4;
    model.layer("dense1")["w"]!.assign(tensor([w.slice(0, 3), w.slice(3)]));
    model.layer("dense2")["w"]!.assign(tensor(out.map((x) => [x])));
    const { loss } = await model.evaluate(X, Y);
    expect(double.values[0]![2]).toBeCloseTo(loss, 6);
    expect(single.values[0]![2]).toBeCloseTo(loss, 5);
  });

  it.each([
    [{ count: 1 }, "expected count"],
    [{ u: [1, 1] }, "expected u to be [from, to]"],
    [{ width: 3 }, 'no option "width"'],
  ])("refuses %j", (options, message) => {
    expect(() => lossSurfaceOf(negativeLog, planeOfTwo(), options as never)).toThrow(message);
  });
});

/** u^2 + 10 v^2 */
const bowl = (p: Tensor) => sum(mul(square(p), tensor([1, 10], "float64")));

describe("descentOn", () => {
  it("takes the steps of gradient descent", () => {
    const optimizer = { name: "sgd", learningRate: 0.04 } as const;
    const path = descentOn(bowl, planeOfTwo(), { optimizer, start: [1, -1], steps: 5 });
    expect(path.name).toBe("sgd");
    path.points.forEach(({ u, v, height }, k) => {
      expect(u).toBeCloseTo(0.92 ** k, 12);
      expect(v).toBeCloseTo(-(0.2 ** k), 12);
      expect(height).toBeCloseTo(u * u + 10 * v * v, 12);
    });
    expect(path.points).toHaveLength(6);
  });

  it("takes those of optimizers that remember, and shows one that flies off", () => {
    const adam = descentOn(bowl, planeOfTwo(), {
      optimizer: { name: "adam", learningRate: 0.1 },
      start: [1, -1],
      steps: 2,
    });
    // The first step of Adam is its rate, whatever the slope.
    expect(adam.points[1]!.u).toBeCloseTo(0.9, 6);
    expect(adam.points[1]!.v).toBeCloseTo(-0.9, 6);
    const wild = descentOn(bowl, planeOfTwo(), {
      optimizer: { name: "sgd", learningRate: 1 },
      start: [1, 1],
      steps: 400,
    });
    expect(Number.isFinite(wild.points.at(-1)!.height)).toBe(false);
  });

  it("starts where the model is, and moves the two parameters only", () => {
    const model = small();
    const plane = planeOfParameters(model, "dense1/w[0,1]", "dense2/w[2,0]");
    const objective = objectiveOf(model, X, Y);
    const { points } = descentOn(objective, plane, { optimizer: "sgd", steps: 20 });
    expect([points[0]!.u, points[0]!.v]).toEqual(plane.here);
    expect(points.at(-1)!.height).toBeLessThan(points[0]!.height);
  });

  it("refuses what it does not know", () => {
    expect(() => descentOn(bowl, planeOfTwo(), { optimizer: "sdg" as never })).toThrow(
      'Did you mean "sgd"?',
    );
    expect(() => descentOn(bowl, planeOfTwo(), {} as never)).toThrow("expected optimizer");
    expect(() => descentOn(bowl, planeOfTwo(), { optimizer: "sgd", start: [1] as never })).toThrow(
      "expected start to be a start [u, v]",
    );
  });
});

describe("pathOn", () => {
  it("finds the nearest points of a plane whose directions are not at right angles", () => {
    const plane = {
      names: ["u", "v"],
      origin: Float64Array.of(1, 1, 1),
      directions: [Float64Array.of(2, 0, 0), Float64Array.of(1, 1, 0)],
      here: [0, 0],
    } as const;
    const { points } = pathOn((p) => sum(p), plane, [
      Float64Array.of(1, 1, 1),
      // origin + 3 (2, 0, 0) - 2 (1, 1, 0), and 5 above the plane
      Float64Array.of(5, -1, 6),
    ]);
    expect(points[0]).toEqual({ u: 0, v: 0, height: 3, away: 0 });
    expect(points[1]!.u).toBeCloseTo(3, 12);
    expect(points[1]!.v).toBeCloseTo(-2, 12);
    expect(points[1]!.away).toBeCloseTo(5, 12);
    expect(points[1]!.height).toBeCloseTo(5 - 1 + 1, 12);
    expect(() => pathOn((p) => sum(p), plane, [Float64Array.of(1)])).toThrow(
      "expected vectors of 3 parameters, received one of 1",
    );
  });
});

describe("planeOfPath", () => {
  it("finds the two directions in which a way went, the longer first", () => {
    // A way in the plane of axes 3 and 1, seen from its end.
    const way = [
      Float64Array.of(9, 1, 7, 4),
      Float64Array.of(9, -1, 7, 3),
      Float64Array.of(9, 1, 7, 2),
      Float64Array.of(9, -1, 7, 1),
      Float64Array.of(9, 0, 7, 0),
    ];
    const plane = planeOfPath(way);
    const [first, second] = plane.directions;
    expect(Math.abs(first[3]!)).toBeCloseTo(1, 1);
    expect([first[0], first[2], second[0], second[2]]).toEqual([0, 0, 0, 0]);
    expect(first[1]! * second[1]! + first[3]! * second[3]!).toBeCloseTo(0, 12);
    expect(plane.shares[0] + plane.shares[1]).toBeCloseTo(1, 12);
    expect(plane.shares[0]).toBeGreaterThan(0.85);
    const { points } = pathOn((p) => sum(p), plane, way);
    for (const { away } of points) expect(away).toBeLessThan(1e-6);
    expect(points.at(-1)).toMatchObject({ u: 0, v: 0, height: 16 });
    expect(() => planeOfPath(way.slice(0, 2))).toThrow("three or more");
  });
});

describe("restrictedTo", () => {
  it("is the function on the plane, with a curvature of its own", () => {
    const model = small();
    const objective = objectiveOf(model, X, Y);
    const plane = planeOfParameters(model, "dense1/w[0,1]", "dense2/w[2,0]");
    const all = curvatureAt(objective, [...parameterVectorOf(model).values]);
    const cut = curvatureAt(restrictedTo(plane, objective), [...plane.here]);
    expect(cut.value).toBeCloseTo(all.value, 14);
    expect(cut.gradient).toHaveLength(2);
    expect(cut.gradient[0]).toBeCloseTo(all.gradient[1]!, 14);
    expect(cut.gradient[1]).toBeCloseTo(all.gradient[11]!, 14);
    expect(cut.hessian[0]![1]).toBeCloseTo(all.hessian[1]![11]!, 14);
  });
});
