// Accuracy as parts of a network are taken away: every draw, their mean, and the worst.

import type { Damage } from "neurite/inspect";
import { COLORS, drawPlot, Plot } from "../report/svg.ts";

/** An SVG: dots for draws, a line for the mean, a dashed one for the worst. */
export function drawDamageCurve(damage: Damage): string {
  const { of, parts, whole, amounts } = damage;
  const share = (amount: number) => 100 * (of === "units" ? amount / parts : amount);
  const start = { gone: 0, mean: 100 * whole, worst: 100 * whole };
  const rows = amounts.map(({ amount, mean, worst }) => ({
    gone: share(amount),
    mean: 100 * mean,
    worst: 100 * worst,
  }));
  const draws = amounts.flatMap(({ amount, accuracies }) =>
    accuracies.map((accuracy) => ({ gone: share(amount), accuracy: 100 * accuracy })),
  );
  const line = [start, ...rows];
  const said = `Accuracy as ${of} of ${damage.layer} are taken away, from ${(100 * whole).toFixed(1)} % with none`;
  return drawPlot(said, {
    width: 520,
    height: 300,
    marginLeft: 44,
    marginBottom: 38,
    x: { label: `% of ${of} gone`, domain: [0, Math.max(...rows.map(({ gone }) => gone), 1)] },
    y: { label: "% right", domain: [0, 100], grid: true },
    marks: [
      Plot.dot(draws, { x: "gone", y: "accuracy", r: 2.5, fill: "currentColor", fillOpacity: 0.5 }),
      Plot.lineY(line, { x: "gone", y: "mean", stroke: COLORS.first, strokeWidth: 2.5 }),
      Plot.lineY(line, {
        x: "gone",
        y: "worst",
        stroke: COLORS.second,
        strokeWidth: 2,
        strokeDasharray: "6 4",
      }),
    ],
  });
}
