// The target of a table on a page: how even its classes are, and how strongly columns go with it.

import type { TableDescription } from "neurite/inspect";
import { escapeHtml } from "../report/escape.ts";
import { COLORS, drawPlot, Plot } from "../report/svg.ts";
import { balanceTold, MEASURES } from "./target-text.ts";

const MOST = 40;

export function targetHtml({ target, columns }: TableDescription): string {
  const { name, associations } = target!;
  const column = columns.find((candidate) => candidate.name === name)!;
  const told = `<p>${escapeHtml(balanceTold(column))}.</p>`;
  const found = associations
    .filter(({ strength }) => !Number.isNaN(strength))
    .slice(0, MOST)
    .map(({ column: of, strength, measure }) => ({
      column: of,
      strength,
      measure: MEASURES[measure],
    }));
  if (found.length === 0) return `${told}<p class="hint">No column can be measured against it.</p>`;
  const isSigned = found.some(({ strength }) => strength < 0);
  const svg = drawPlot(
    `How strongly columns go with ${name}: ${found.map((one) => `${one.column} ${one.strength.toFixed(2)}`).join(", ")}`,
    {
      width: 620,
      height: 50 + 24 * found.length,
      marginLeft: 170,
      marginRight: 130,
      marginBottom: 34,
      x: { domain: [isSigned ? -1 : 0, 1], label: null, grid: true, ticks: 5 },
      y: { label: null, domain: found.map((one) => one.column) },
      marks: [
        Plot.barX(found, { x: "strength", y: "column", fill: COLORS.first }),
        Plot.text(found, {
          x: (one: { strength: number }) => Math.max(0, one.strength),
          y: "column",
          text: (one: (typeof found)[number]) => `${one.strength.toFixed(2)} ${one.measure}`,
          textAnchor: "start",
          dx: 6,
        }),
        Plot.ruleX([0], { stroke: "currentColor", strokeOpacity: 0.4 }),
      ],
    },
  );
  return `${told}<figure class="plane"><figcaption><strong>Each column by itself</strong></figcaption>
${svg}
</figure>
<p class="hint">0 is not at all, 1 or -1 wholly. Between numbers Pearson's r, which sees straight lines only; between categories
Cramér's V; between a category and numbers the correlation ratio; both less what chance alone would give. Two columns that
say nothing each may say much together.</p>`;
}
