import { expect, it } from "vitest";
import { nextRate } from "./rates.ts";

it("goes by thirds from wherever it is", () => {
  const up = [0.001];
  for (let i = 0; i < 6; i++) up.push(nextRate(up.at(-1)!, 1));
  expect(up).toEqual([0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1]);
  expect(up.toReversed().map((rate) => nextRate(rate, -1))).toEqual([
    ...up.toReversed().slice(1),
    0.0003,
  ]);
  expect(nextRate(0.5, 1)).toBe(1);
  expect(nextRate(0.5, -1)).toBe(0.3);
  expect(nextRate(0, 1)).toBe(1e-5);
  expect(nextRate(0, -1)).toBe(0);
});
