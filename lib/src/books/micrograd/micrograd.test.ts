import { expect, it } from "vitest";
import { claims, evaluate } from "./micrograd.ts";

it.each(claims())("the README's $name", (claim) => {
  expect(claim).toMatchObject({ holds: true });
  expect(claim.tolerance).toBeLessThan(1e-4);
});

it("has the derivatives of finite differences elsewhere too", () => {
  const [a, b, step] = [1.5, -0.7, 1e-6];
  const { dgda, dgdb } = evaluate({ a, b });
  const slope = (up: number, down: number) => (up - down) / (2 * step);
  const byA = slope(evaluate({ a: a + step, b }).g, evaluate({ a: a - step, b }).g);
  const byB = slope(evaluate({ a, b: b + step }).g, evaluate({ a, b: b - step }).g);
  expect(dgda / byA).toBeCloseTo(1, 7);
  expect(dgdb / byB).toBeCloseTo(1, 7);
});
