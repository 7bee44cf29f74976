// A part of an explanation: sentences and tables, which print as text or as HTML.

import { escapeHtml } from "../report/escape.ts";
import { table } from "../terminal/table.ts";

export interface PartTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface Part {
  readonly title: string;
  readonly lead?: readonly string[];
  readonly tables: readonly PartTable[];
  readonly notes?: readonly string[];
}

/** Lines for the terminal, blank ones between. */
export function partText({ title, lead = [], tables, notes = [] }: Part): string[] {
  const blocks = [
    [title, ...lead],
    ...tables.map(({ head, rows }) => aligned(head, rows).map((line) => `  ${line}`)),
    notes.map((note) => `  ${note}`),
  ];
  return blocks
    .filter((block) => block.length > 0)
    .flatMap((block, i) => (i === 0 ? block : ["", ...block]));
}

/** Text to the left, numbers to the right. */
function aligned(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const isText = head.map((_, c) => rows.some((row) => !NUMERAL.test(row[c]!)));
  const padded = (cells: readonly string[]) =>
    cells.map((cell, c) => {
      const width = Math.max(head[c]!.length, ...rows.map((row) => row[c]!.length));
      return isText[c] ? cell.padEnd(width) : cell;
    });
  return table(padded(head), rows.map(padded));
}

const NUMERAL = /^(?:-?[\d.,]+(?:e[+-]?\d+)?|-?inf|NaN|)$/;

export function partHtml({ lead = [], tables, notes = [] }: Part): string {
  const cells = (tag: string, row: readonly string[]) =>
    row.map((cell) => `<${tag}>${escapeHtml(cell)}</${tag}>`).join("");
  const drawn = tables.map(
    ({ head, rows }) =>
      `<div class="wide"><table class="numbers"><thead><tr>${cells("th", head)}</tr></thead><tbody>` +
      `${rows.map((row) => `<tr>${cells("td", row)}</tr>`).join("\n")}</tbody></table></div>`,
  );
  const said = (lines: readonly string[]) => lines.map((line) => `<p>${escapeHtml(line)}</p>`);
  return [...said(lead), ...drawn, ...said(notes)].join("\n");
}
