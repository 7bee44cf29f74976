// The test rows that were missed most, each with its line in the file and what stands in it.

import type { NamedDataset } from "neurite/data";
import { mistakesOf, type Predictions, residualsOf } from "neurite/inspect";
import { type ColumnSpec, columnPlaces } from "neurite/spec";
import { escapeHtml } from "../report/escape.ts";
import type { TablePart } from "../sources/table.ts";
import { percent } from "../terminal/names.ts";

const MOST_ROWS = 15;
const MOST_COLUMNS = 12;

export function missedClasses(
  data: NamedDataset,
  part: TablePart,
  predictions: Predictions,
): string {
  const mistakes = mistakesOf(data.test, predictions).slice(0, MOST_ROWS);
  if (mistakes.length === 0) return "<p>All test rows are right.</p>";
  const name = (label: number) => data.classNames[label] ?? String(label);
  const rows = mistakes.map(({ row, label, predicted, probability }) => ({
    row,
    cells: [name(label), `${name(predicted)} (${percent(probability, 0)})`],
  }));
  return missedTable(data, part, rows);
}

export function missedValues(
  data: NamedDataset,
  part: TablePart,
  actual: Float64Array,
  said: Float64Array,
): string {
  const shown = (value: number) => String(Number(value.toPrecision(5)));
  const { worst } = residualsOf(actual, said, { worst: MOST_ROWS });
  const rows = worst.map(({ row, target, predicted }) => ({
    row,
    cells: [shown(target), shown(predicted)],
  }));
  return missedTable(data, part, rows);
}

interface Missed {
  readonly row: number;
  /** True and predicted. */
  readonly cells: readonly string[];
}

function missedTable({ test }: NamedDataset, part: TablePart, rows: readonly Missed[]): string {
  const { columns, lines, target } = part;
  const shown = columns.slice(0, MOST_COLUMNS);
  const places = columnPlaces(shown);
  const width = test.x.data.length / Math.max(1, test.x.shape[0]!);
  const head = ["line", `true ${target}`, "predicted", ...shown.map(({ name }) => name)];
  const body = rows.map(({ row, cells }) => {
    const at = test.x.data.subarray(row * width, (row + 1) * width);
    const values = shown.map((column, i) =>
      cellText(column, Array.from(at.subarray(places[i]!.from, places[i]!.to))),
    );
    const all = [String(lines.test[row]), ...cells, ...values];
    return `<tr>${all.map((cell) => `<td>${escapeHtml(cell)}</td>`).join("")}</tr>`;
  });
  return `<div class="wide" tabindex="0" role="region" aria-label="Rows"><table class="numbers">
<thead><tr>${head.map((cell) => `<th scope="col">${escapeHtml(cell)}</th>`).join("")}</tr></thead>
<tbody>
${body.join("\n")}
</tbody></table></div>
<p class="hint">Lines count from 1 in the file.</p>`;
}

/** What stands in a column, out of the numbers that the model reads. */
function cellText(column: ColumnSpec, numbers: readonly number[]): string {
  if (column.type === "category") return column.values[numbers[0]!] ?? "";
  if (column.type === "text") {
    return column.words
      .filter((_, i) => numbers[i]! > 0)
      .slice(0, 6)
      .join(" ");
  }
  if (column.type === "number") {
    return Number.isNaN(numbers[0]) ? "" : String(Number(numbers[0]!.toPrecision(6)));
  }
  const time = numbers[column.parts.findIndex(({ part }) => part === "time")];
  if (time !== undefined && Number.isFinite(time)) {
    return new Date(time * 86_400_000).toISOString().slice(0, 10);
  }
  return column.parts.map(({ part }, i) => `${part} ${numbers[i]}`).join(" ");
}
