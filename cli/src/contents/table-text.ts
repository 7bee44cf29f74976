// What is in a table, in the terminal.

import { percent, plural } from "../terminal/names.ts";
import { wrapLines } from "../terminal/wrap.ts";
import { columnLines, numberLines } from "./columns-text.ts";
import { targetLines } from "./target-text.ts";
import { type Described, partsTold } from "./told.ts";

const MOST_NOTICES = 12;

export function contentLines(described: Described): string[] {
  const { description } = described;
  const { columns, rows, notices } = description;
  const parts = [
    [
      headTold(described),
      ...notices.slice(0, MOST_NOTICES).flatMap((notice) => wrapLines(`note: ${notice}`)),
    ],
    columnLines(columns, rows),
    numberLines(columns),
    targetLines(description),
    ...partsTold(described).map(({ title, lines }) => [
      `${title}:`,
      ...lines.flatMap((line) => wrapLines(line, 96).map((text) => `  ${text}`)),
    ]),
  ];
  return parts
    .filter((lines) => lines.length > 0)
    .flatMap((lines, i) => (i === 0 ? lines : ["", ...lines]));
}

export function headTold({ description: { name, rows, columns } }: Described): string {
  const gaps = columns.reduce((sum, column) => sum + column.gaps, 0);
  const cells = rows * columns.length;
  const missing =
    gaps === 0 ? "no gaps" : `${plural(gaps, "gap")} (${percent(gaps / cells, 1)} of all cells)`;
  return `${name}: ${plural(rows, "row")}, ${plural(columns.length, "column")}, ${missing}`;
}
