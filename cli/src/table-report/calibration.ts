// Whether probabilities come true as often as they say, as a diagram of reliability.

import type { NamedDataset } from "neurite/data";
import { calibrationOf, type Predictions } from "neurite/inspect";
import { COLORS, drawPlot, Plot } from "../report/svg.ts";
import { percent } from "../terminal/names.ts";

export function calibrationHtml(data: NamedDataset, predictions: Predictions): string {
  const { bins, expectedError, brier } = calibrationOf(data.test, predictions);
  const most = Math.max(...bins.map(({ count }) => count));
  const dots = bins.map((bin) => ({ ...bin, r: 3 + 9 * Math.sqrt(bin.count / most) }));
  const of =
    predictions.outputs === 1 ? `of ${data.classNames[1] ?? "class 1"}` : "of what it says";
  const said = `Probabilities ${of} and how often they come true: ${bins
    .map(({ predicted, observed }) => `${percent(predicted, 0)} said, ${percent(observed, 0)} true`)
    .join("; ")}`;
  const svg = drawPlot(said, {
    width: 480,
    height: 380,
    marginLeft: 56,
    marginBottom: 42,
    x: { domain: [0, 1], label: `probability ${of}`, tickFormat: ".0%", ticks: 5 },
    y: { domain: [0, 1], label: "came true", tickFormat: ".0%", ticks: 5, grid: true },
    marks: [
      Plot.line(
        [
          [0, 0],
          [1, 1],
        ],
        { stroke: "currentColor", strokeOpacity: 0.5, strokeDasharray: "5 4" },
      ),
      Plot.line(dots, { x: "predicted", y: "observed", stroke: COLORS.first, strokeWidth: 1.5 }),
      Plot.dot(dots, {
        x: "predicted",
        y: "observed",
        r: "r",
        fill: COLORS.first,
        fillOpacity: 0.75,
      }),
    ],
    r: { type: "identity" },
  });
  return `<figure class="plane"><figcaption><strong>Said and come true</strong></figcaption>
${svg}
</figure>
<p class="hint">On the dashed line, probabilities come true as often as they say. The larger a dot, the more test rows are in it.
Mean distance from the line ${percent(expectedError, 1)}; Brier score ${brier.toFixed(4)} (0 is best).</p>`;
}
