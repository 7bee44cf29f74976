/** What the training runs learn from; made under Node, so that every place gets the same numbers. */
import { circles, pickExamples } from "neurite/data";
import { loadMnist } from "../../lib/src/data/node/index.ts";
import type { Run } from "./training.ts";

type Examples = Pick<Run, "x" | "y">;

const DIGITS = 300;
const POINTS = 200;

/** Digits as bytes with one-hot targets, and points in the plane with targets 1 and -1. */
export async function drawExamples(): Promise<Record<Run["workload"], Examples>> {
  const rows = Array.from({ length: DIGITS }, (_, i) => i);
  const digits = pickExamples((await loadMnist()).train, rows);
  const oneHot = new Float32Array(DIGITS * 10);
  digits.y.data.forEach((digit, i) => {
    oneHot[10 * i + digit] = 1;
  });
  const points = circles({ samples: POINTS, noise: 0, seed: 1, testFraction: 0 }).train;
  const signs = Float32Array.from(points.y.data, (inside) => 2 * inside - 1);
  return {
    W1: { x: digits.x, y: { dtype: "float32", shape: [DIGITS, 10], data: oneHot } },
    W5: { x: points.x, y: { dtype: "float32", shape: [POINTS, 1], data: signs } },
  };
}
