// What is in a table, as a page: columns with their histograms, the target, what stands out.

import type { ColumnSummary, NumberSummary } from "neurite/inspect";
import { escapeHtml } from "../report/escape.ts";
import { page, type Section } from "../report/page.ts";
import { plural } from "../terminal/names.ts";
import { columnFigure } from "./column-figure.ts";
import { NUMBER_HEAD, numberCells } from "./columns-text.ts";
import { headTold } from "./table-text.ts";
import { targetHtml } from "./target-page.ts";
import { type Described, partsTold } from "./told.ts";

/** Of very wide tables the first ones. */
const MOST_COLUMNS = 100;

export function tablePage(described: Described): string {
  const { description } = described;
  const { name, notices } = description;
  const told = notices.map((notice) => `<li>${escapeHtml(notice)}</li>`).join("");
  return page({
    title: `What is in ${name}`,
    lead: `<p class="lead">${escapeHtml(headTold(described))}.</p>${told === "" ? "" : `<ul>${told}</ul>`}`,
    sections: tableParts(described),
  });
}

/** The sections of a table: what stands out goes first. */
export function tableParts(described: Described): Section[] {
  const { description } = described;
  const { columns, rows, target } = description;
  const numbers = columns.filter((column): column is NumberSummary => column.type === "number");
  return [
    ...partsTold(described).map(({ title, lines }) => ({
      title,
      html: `<ul>${lines.map((line) => `<li>${escapeHtml(line)}</li>`).join("\n")}</ul>`,
    })),
    ...(target ? [{ title: `What goes with ${target.name}`, html: targetHtml(description) }] : []),
    { title: "Columns", html: columnsHtml(columns, rows) },
    ...(numbers.length > 0 ? [{ title: "Numbers", html: numbersHtml(numbers) }] : []),
  ];
}

function columnsHtml(columns: readonly ColumnSummary[], rows: number): string {
  const figures = columns.slice(0, MOST_COLUMNS).map((column) => columnFigure(column, rows));
  const left = columns.length - figures.length;
  const hint = left > 0 ? `<p class="hint">And ${plural(left, "more column")}.</p>` : "";
  return `<div class="pair">\n${figures.join("\n")}\n</div>${hint}`;
}

function numbersHtml(columns: readonly NumberSummary[]): string {
  const head = NUMBER_HEAD.map((name) => `<th scope="col">${escapeHtml(name)}</th>`).join("");
  const body = columns.slice(0, MOST_COLUMNS).map((column) => {
    const cells = numberCells(column)
      .map((cell) => `<td>${escapeHtml(cell)}</td>`)
      .join("");
    return `<tr><th scope="row">${escapeHtml(column.name)}</th>${cells}</tr>`;
  });
  return `<div class="wide" tabindex="0" role="region" aria-label="Numbers"><table class="numbers">
<thead><tr>${head}</tr></thead>
<tbody>
${body.join("\n")}
</tbody></table></div>
<p class="hint">A quarter, half and three quarters of the numbers are below those in the middle. Outliers are further from the
middle half than three times its width.</p>`;
}
