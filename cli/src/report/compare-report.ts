// The page of a comparison: notes, results, settings that differ, and curves of every figure.

import type { ComparedRow, Comparison } from "../comparison/compare-table.ts";
import { linesFigure } from "../drawings/lines.ts";
import { words } from "../terminal/progress.ts";
import { escapeHtml } from "./escape.ts";
import { page, type Section } from "./page.ts";

export function compareReport({ runs, results, settings, figures, notes }: Comparison): string {
  const names = runs.map(({ name }) => name);
  const told = notes.map((note) => `<p>${escapeHtml(note)}</p>`).join("\n");
  const curves: Section[] =
    figures.length === 0
      ? []
      : [{ title: "Curves", html: `<div class="pair">\n${figures.map(curve).join("\n")}\n</div>` }];
  return page({
    title: `${runs.length} runs compared`,
    lead: `${told}\n<p class="hint">Results are those of the last epoch, or of the best one where its weights were put back; a star marks the best where they can be ranked.</p>`,
    sections: [
      { title: "Results", html: comparedTable(names, results) },
      ...(settings.length === 0
        ? []
        : [{ title: "Settings that differ", html: comparedTable(names, settings) }]),
      ...curves,
    ],
  });

  function curve(name: string): string {
    const series = runs.map((run) => ({
      name: run.name,
      points: run.rows.flatMap((row): [number, number][] =>
        row[name] === undefined ? [] : [[row.epoch + 1, row[name]]],
      ),
    }));
    return linesFigure({ title: words(name), series, log: /loss/i.test(name) });
  }
}

function comparedTable(names: readonly string[], rows: readonly ComparedRow[]): string {
  const head = ["", ...names].map((name) => `<th scope="col">${escapeHtml(name)}</th>`).join("");
  const body = rows.map(({ title, cells }) => {
    const told = cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join("");
    return `<tr><th scope="row">${escapeHtml(title)}</th>${told}</tr>`;
  });
  return `<div class="wide" tabindex="0"><table class="numbers"><thead><tr>${head}</tr></thead>
<tbody>
${body.join("\n")}
</tbody></table></div>`;
}
