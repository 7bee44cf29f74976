// Which class was taken for which: a table whose shades are its numbers.

import type { ClassReport } from "neurite/inspect";
import { escapeHtml } from "./svg.ts";

/** A mistake in this part of a class is dark red whatever the others are. */
const PALE = 0.05;

export function confusionTable({ counts, scores }: ClassReport, names: readonly string[]): string {
  const head = names.map((name) => `<th scope="col">${escapeHtml(name)}</th>`).join("");
  const most = Math.max(1, ...counts.flatMap((row, r) => row.filter((_, c) => c !== r)));
  const rows = counts.map((row, r) => {
    const cells = row.map((count, c) =>
      cell(
        count,
        r === c,
        r === c ? scores[r]!.recall : count / Math.max(most, PALE * scores[r]!.support),
      ),
    );
    const name = escapeHtml(names[r] ?? String(r));
    return `<tr><th scope="row">${name}</th>${cells.join("")}<td class="score">${inPercent(scores[r]!.recall)}</td></tr>`;
  });
  const precision = scores
    .map((score) => `<td class="score">${inPercent(score.precision)}</td>`)
    .join("");
  return `<p class="hint">Rows: what it is. Columns: what the network takes it for.</p>
<div class="wide" tabindex="0" role="region" aria-label="Confusion matrix"><table class="confusion">
<thead><tr><td></td>${head}<th scope="col">recall %</th></tr></thead>
<tbody>
${rows.join("\n")}
<tr><th scope="row">precision %</th>${precision}<td></td></tr>
</tbody></table></div>`;
}

function cell(count: number, isRight: boolean, strength: number): string {
  const share = Math.round(100 * (isRight ? 0.25 + 0.5 * strength : 0.75 * Math.sqrt(strength)));
  if (count === 0) return '<td class="none">0</td>';
  return `<td class="${isRight ? "right" : "wrong"}" style="--share:${share}%">${count}</td>`;
}

/** Without the sign, which stands in the heading: the table has to fit on a phone. */
function inPercent(share: number): string {
  return (100 * share).toFixed(1);
}
