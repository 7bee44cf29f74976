// The section "flow": how gradients, updates and units went while the run trained, as `train` has measured it.

import { type FlowLayer, type FlowRow, flowRowsOf } from "neurite/inspect";
import { linesFigure } from "../drawings/lines.ts";
import { percent } from "../terminal/names.ts";
import { table } from "../terminal/table.ts";
import { inspection, NotHere } from "./section.ts";

type Quantity = (layer: FlowLayer) => number | null;

export const flow = inspection<readonly FlowRow[]>({
  id: "flow",
  title: "How gradients flowed while it trained",
  look: ({ run }) => {
    const rows = flowRowsOf(run.checkpoint.callbacks);
    if (rows === null || rows.length === 0) {
      return new NotHere(
        "it keeps no gradient flow, as it was trained with --flow 0 or by an older version",
      );
    }
    return rows;
  },
  text: (rows) => {
    const [first, last] = [rows[0]!, rows.at(-1)!];
    const cells = last.layers.map((layer, i) => {
      const start = first.layers[i]!;
      return [
        layer.name,
        `${shown(start.weightGradient)} -> ${shown(layer.weightGradient)}`,
        shown(layer.updateRatio),
        layer.updateAngle === null ? "" : `${shown(layer.updateAngle)}`,
        `${shown(start.zMean)} -> ${shown(layer.zMean)}`,
        layer.flat === null ? "" : percent(layer.flat, 1),
        layer.dead === null ? "" : percent(layer.dead, 1),
        percent(layer.zeros, 1),
      ];
    });
    return [
      `${rows.length} measurements, from step ${first.step} to step ${last.step} (first -> last, else the last).`,
      ...table(
        ["layer", "|dC/dw|", "|change|/|w|", "degrees", "mean of z", "flat", "dead", "zeros"],
        cells,
      ),
      "Of a step: its change of the weights, and the angle between weights before and after. Flat: slopes f'(z)",
      "below 2.7 % of the steepest; dead: units that are flat for every example; zeros: activations that are 0.",
    ];
  },
  json: (rows) => ({ rows }),
  html: (rows) => {
    const figure = (title: string, of: Quantity, axis: "log" | "plain" | "share") => {
      const names = rows[0]!.layers.map(({ name }) => name);
      const series = names.map((name, i) => ({
        name,
        points: rows.flatMap(({ epoch, layers }) => {
          const value = of(layers[i]!);
          return value === null ? [] : [[epoch, value] as const];
        }),
      }));
      const own = series.filter(({ points }) => points.length > 0);
      return own.length === 0
        ? ""
        : linesFigure({
            title,

            series: own,
            log: axis === "log",
            share: axis === "share",
          });
    };
    return `<p>Every layer, measured on the same few examples ${rows.length} times.
How large the gradient of its weights is says how fast it learns; where early layers lie far below late ones,
gradients vanish on their way back, and where they lie far above, they explode.</p>
<div class="pair">
${figure("Length of the gradient, |dC/dw|", (layer) => layer.weightGradient, "log")}
${figure("Update to weight, |change of w| / |w|, of one step", (layer) => layer.updateRatio, "log")}
${figure("Angle of a step, degrees", (layer) => layer.updateAngle, "log")}
${figure("Mean of the net inputs z", (layer) => layer.zMean, "plain")}
${figure("Deviation of the net inputs z", (layer) => layer.zDeviation, "log")}
${figure("Mean of the activations a", (layer) => layer.aMean, "plain")}
${figure("Share of flat slopes", (layer) => layer.flat, "share")}
${figure("Share of dead units", (layer) => layer.dead, "share")}
${figure("Share of activations that are 0", (layer) => layer.zeros, "share")}
</div>
<p class="hint">Flat is a slope f'(z) below 2.7 % of its function's steepest: of a sigmoid beyond |z| = 5. A unit is
dead that is flat for every example.</p>`;
  },
});

function shown(value: number | null): string {
  if (value === null) return "";
  return Number.isFinite(value) ? String(Number(value.toPrecision(3))) : String(value);
}
