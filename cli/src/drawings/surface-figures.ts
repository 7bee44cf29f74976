// A surface as two figures side by side, from above and in three dimensions, with a caption.

import type { LossSurface } from "neurite/inspect";
import { escapeHtml } from "../report/svg.ts";
import { contourDrawing, heightLegend, PATH_COLORS, type SurfaceMarks } from "./contour.ts";
import { heightScale, leftOut } from "./heights.ts";
import { meshDrawing } from "./mesh.ts";

/** @param what is drawn, for those who cannot see it, as in "the loss around the model" */
export function surfaceFigures(
  what: string,
  surface: LossSurface,
  marks: SurfaceMarks = {},
): string {
  const { paths = [], critical = [], isHereShown = false } = marks;
  if (!Number.isFinite(surface.least)) {
    return `<p>No height of ${escapeHtml(what)} is finite: there is nothing to draw.</p>`;
  }
  const keys = [
    ...paths.map(({ name }, k) =>
      key("●", PATH_COLORS[k % PATH_COLORS.length]!, `${name}, from the dot on`),
    ),
    ...(isHereShown ? [key("●", "#ff3b30", "the model")] : []),
    ...[...new Set(critical.map(({ bend }) => bend))].map((bend) =>
      key(SIGNS[bend], "#ffffff", bend),
    ),
  ];
  const log = heightScale(surface).isLog ? "Heights go by powers of ten." : "";
  const caption = [log, leftOut(surface), ...keys].filter((text) => text !== "").join(" ");
  const captioned = caption === "" ? "" : `<figcaption>${caption}</figcaption>`;
  return `<div class="pair">
<figure>${contourDrawing(`From above: ${what}`, surface, marks)}
${heightLegend(surface)}
${captioned}</figure>
<figure>${meshDrawing(`In three dimensions: ${what}`, surface, paths)}</figure>
</div>`;
}

const SIGNS = { minimum: "○", maximum: "△", saddle: "×", flat: "◇" } as const;

/** On a ground that shows white too. */
function key(sign: string, color: string, text: string): string {
  return `<span class="said"><span style="background:#2a788e;color:${color};padding:0 .35em;border-radius:.2em">${sign}</span> ${escapeHtml(text)}</span>`;
}
