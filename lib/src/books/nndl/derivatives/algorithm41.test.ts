import { describe, expect, it } from "vitest";
import { Rng } from "../../../data/random.ts";
import { fromData } from "../../../tensor/create.ts";
import { algorithm41Update, randomNet } from "../../nielsen/chapter2/bp-equations.ts";
import type { LabelledPoints } from "../../shared/small-net.ts";
import { claims, errorOf, moonParts, run } from "./algorithm41.ts";

it.each(claims())("$name", (claim) => {
  expect(claim).toMatchObject({ holds: true });
});

describe("moonParts", () => {
  it("has 640, 160 and 200 points", () => {
    const { train, validation, test } = moonParts();
    const sizes = [train, validation, test].map(({ x, y }) => [x.shape[0], y.shape[0]]);
    expect(sizes).toEqual([
      [640, 640],
      [160, 160],
      [200, 200],
    ]);
  });
});

describe("run", () => {
  const few: LabelledPoints = {
    x: fromData(new Float64Array([0.5, -1, 2, 0.25, -0.75, 1]), [3, 2]),
    y: fromData(new Float64Array([1, 0, 1]), [3, 1]),
  };
  const start = randomNet([2, 3, 1], 4);
  it("is one update of algorithm 4.1 after the other, in shuffled order", () => {
    const options = { learningRate: 0.3, lambda: 0.01 };
    let net = start;
    for (const n of new Rng(9).shuffle([0, 1, 2])) {
      const x = fromData(few.x.data.slice(2 * n, 2 * n + 2), [2, 1]);
      net = algorithm41Update(net, x, fromData(few.y.data.slice(n, n + 1), [1, 1]), options);
    }
    const { net: ours, errors } = run(
      start,
      { train: few, validation: few },
      { ...options, seed: 9, epochs: 1 },
    );
    expect(errors).toHaveLength(2);
    const expected = errors[1]! < errors[0]! ? net : start;
    expected.weights.forEach((w, l) => {
      ours.weights[l]!.data.forEach((value: number, i: number) => {
        expect(value).toBeCloseTo(w.data[i]!, 14);
      });
    });
  });
  it("stops once the validation error has not fallen for as many epochs as it may wait", () => {
    const parts = moonParts();
    const options = { learningRate: 0.2, patience: 2, epochs: 30 };
    const { net, errors } = run(randomNet([2, 5, 1], 1), parts, options);
    const best = Math.min(...errors);
    expect(errors.length - 1 - errors.indexOf(best)).toBe(2);
    expect(errorOf(net, parts.validation)).toBe(best);
  });
});
