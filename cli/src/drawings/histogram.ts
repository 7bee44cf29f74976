// A histogram: how many numbers fall between one edge and the next.

import type { Histogram } from "neurite/inspect";
import { escapeHtml } from "../report/escape.ts";
import { COLORS, drawPlot, Plot } from "../report/svg.ts";

export interface HistogramDrawing {
  readonly title: string;
  readonly histogram: Histogram;
  /** Beside the title. */
  readonly about?: string;
  /** Whether the numbers are milliseconds since 1970. */
  readonly isTime?: boolean;
}

/** A figure; where numbers are not finite it says how many, and leaves them out. */
export function histogramFigure(drawing: HistogramDrawing): string {
  const { title, histogram, about = "", isTime = false } = drawing;
  const { edges, counts, notFinite } = histogram;
  const note =
    notFinite === 0
      ? ""
      : `\n<p class="hint">${notFinite} numbers are not finite, and are left out.</p>`;
  const beside = about === "" ? "" : ` ${escapeHtml(about)}`;
  const caption = `<figcaption><strong>${escapeHtml(title)}</strong>${beside}</figcaption>`;
  if (counts.length === 0) {
    return `<figure>${caption}<p class="hint">There is no finite number to draw.</p>${note}</figure>`;
  }
  const at = (edge: number) => (isTime ? new Date(edge) : edge);
  const bars = counts.map((count, i) => ({ from: at(edges[i]!), to: at(edges[i + 1]!), count }));
  const svg = drawPlot(
    `${title}, from ${edges[0]!.toPrecision(3)} to ${edges.at(-1)!.toPrecision(3)}`,
    {
      width: 520,
      height: 190,
      marginLeft: 62,
      marginBottom: 34,
      x: { label: null, ...(isTime && { type: "utc" }) },
      y: { label: null, grid: true, tickFormat: "~s" },
      marks: [
        Plot.rectY(bars, {
          x1: "from",
          x2: "to",
          y: "count",
          fill: COLORS.first,
          insetLeft: 0.5,
          insetRight: 0.5,
        }),
        Plot.ruleY([0], { stroke: "currentColor", strokeOpacity: 0.4 }),
      ],
    },
  );
  return `<figure>${caption}\n${svg}${note}</figure>`;
}
