// Predicted values against true ones, and how the differences are spread.

import { histogramOf, residualsOf } from "neurite/inspect";
import { histogramFigure } from "../drawings/histogram.ts";
import { escapeHtml } from "../report/escape.ts";
import { COLORS, drawPlot, Plot } from "../report/svg.ts";

/** Dots beyond these hide each other. */
const MOST_DOTS = 1500;

/** @param actual and @param said in the target's own units */
export function residualsHtml(target: string, actual: Float64Array, said: Float64Array): string {
  const { bias, meanAbsolute, medianAbsolute, rootMeanSquare, largest } = residualsOf(actual, said);
  const step = Math.max(1, Math.ceil(actual.length / MOST_DOTS));
  const dots = Array.from({ length: Math.floor(actual.length / step) }, (_, i) => ({
    actual: actual[i * step]!,
    said: said[i * step]!,
  }));
  const all = dots.flatMap((dot) => [dot.actual, dot.said]);
  const ends = [all.reduce((a, b) => Math.min(a, b)), all.reduce((a, b) => Math.max(a, b))];
  const svg = drawPlot(`${target}: predicted against true values of ${actual.length} test rows`, {
    width: 480,
    height: 400,
    marginLeft: 70,
    marginBottom: 42,
    x: { label: `true ${target}`, nice: true, ticks: 5, tickFormat: "~s" },
    y: { label: `predicted`, nice: true, grid: true, ticks: 5, tickFormat: "~s" },
    marks: [
      Plot.line(
        ends.map((end) => [end, end]),
        { stroke: "currentColor", strokeOpacity: 0.5, strokeDasharray: "5 4" },
      ),
      Plot.dot(dots, { x: "actual", y: "said", r: 3, fill: COLORS.first, fillOpacity: 0.5 }),
    ],
  });
  const residuals = actual.map((value, row) => value - said[row]!);
  const shown = (value: number) => String(Number(value.toPrecision(4)));
  return `<div class="pair"><figure><figcaption><strong>Predicted against true ${escapeHtml(target)}</strong></figcaption>
${svg}
</figure>
${histogramFigure({ title: "True less predicted", histogram: histogramOf(residuals) })}</div>
<p>In the units of ${escapeHtml(target)}: root mean square ${shown(rootMeanSquare)}, mean distance ${shown(meanAbsolute)}, half of
all rows are within ${shown(medianAbsolute)}, the worst is off by ${shown(largest)}. On average ${shown(Math.abs(bias))} too
${bias > 0 ? "little" : "much"} is predicted.</p>`;
}
