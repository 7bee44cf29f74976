import { expect, it } from "vitest";
import "../../../tensor/methods.ts";
import { tensor } from "../../../tensor/create.ts";
import { relu } from "../../../tensor/elementwise.ts";
import { experimentPoint } from "../../shared/parameters.ts";
import { afterOutlier, claims, deadlyRate, isDead, PARAMETERS } from "./dead-relu.ts";

const POINT = experimentPoint("test", PARAMETERS, {});

it.each(claims())("$name", (claim) => {
  expect(claim).toMatchObject({ holds: true });
});

it("is dead where no input from 0 to 1 comes above 0", () => {
  const unit = (w: number, b: number) => ({ w: tensor(w, "float64"), b: tensor(b, "float64") });
  expect([unit(-1, 0), unit(1, -1), unit(1, -0.99), unit(-1, 0.01)].map(isDead)).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

it("finds another rate for another outlier, and none for one that does no harm", () => {
  expect(deadlyRate({ ...POINT, outlier: 10 })).toBeCloseTo(1 / 110, 12);
  expect(deadlyRate({ ...POINT, target: 20 })).toBe(Number.POSITIVE_INFINITY);
  expect(afterOutlier(relu, { ...POINT, target: 20 }).w.item()).toBe(1);
});
