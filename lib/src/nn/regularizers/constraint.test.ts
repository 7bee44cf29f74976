// Constraints beside Keras, and what is none.

import { expect, it } from "vitest";
import "../../tensor/methods.ts";
import { tensor } from "../../tensor/create.ts";
import { KERAS, sampled } from "../../train/golden.testing.ts";
import { type Constraint, constrained, constraintOf } from "./constraint.ts";

it.each<[Constraint, string]>([
  [{ kind: "maxNorm", max: 1.5 }, "maxNorm"],
  [{ kind: "unitNorm" }, "unitNorm"],
  [{ kind: "nonNegative" }, "nonNeg"],
])("%j is that of Keras", (constraint, name) => {
  const { data } = constrained(constraintOf(constraint), sampled([4, 3], 5).mul(2));
  [...data].forEach((value, i) => {
    expect(value).toBeCloseTo(KERAS[name][i], 6);
  });
});

it("kernels of convolutions have a norm for each filter, and zeros stay zeros", () => {
  const kernel = tensor([[[[3, 0]], [[4, 0]]]]); // [1, 2, 1, 2]
  expect(
    [...constrained({ kind: "maxNorm", max: 1 }, kernel).data].map((x) => +x.toFixed(5)),
  ).toEqual([0.6, 0, 0.8, 0]);
});

it.each([
  [{ kind: "maxNorm" }, "constraint: expected max to be a number above 0, received nothing"],
  [{ kind: "maxNorm", max: 0 }, "above 0"],
  [{ kind: "unitNorm", max: 2 }, 'expected no max for "unitNorm", received 2'],
  [{ kind: "maxnorm" }, 'expected kind to be "maxNorm"'],
  [{}, "expected kind"],
])("%j is refused", (constraint, text) => {
  expect(() => constraintOf(constraint as Constraint)).toThrow(text);
});
