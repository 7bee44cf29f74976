// What stands out in a table, in sentences: for the terminal and for a page.

import type { Table } from "neurite/data/tables";
import type {
  ColumnSummary,
  Leak,
  NumberSummary,
  OddCell,
  RepeatedRows,
  TableDescription,
} from "neurite/inspect";
import { percent, plural } from "../terminal/names.ts";

/** A table and what there is to say of it. */
export interface Described {
  /** What the number of a row is: where it stands in a file, or in a data set. */
  readonly unit: "line" | "example";
  readonly table: Table;
  readonly description: TableDescription;
  /** Rows of another table that stand in this one, if another was given. */
  readonly beside: { readonly table: Table; readonly shared: RepeatedRows } | null;
}

/** A heading and what stands under it, a sentence each. */
export interface ToldPart {
  readonly title: string;
  readonly lines: readonly string[];
}

/** As it stands in the file, where that is short. */
export const exact = (x: number): string =>
  Number.isInteger(x) || String(x).length < 9 ? String(x) : String(Number(x.toPrecision(6)));
export const shown = (x: number): string => String(Number(x.toPrecision(4)));

/** Rows that are named one by one. */
const MOST = 12;

/** What was found, a part each, and last what was looked for and not found. */
export function partsTold(described: Described): ToldPart[] {
  const { target } = described.description;
  const parts: readonly (ToldPart & { readonly without: string })[] = [
    {
      title: "What gives the target away",
      lines: (target?.leaks ?? []).map((leak) => leakTold(leak, target!.name)),
      without: target ? "columns that give the target away" : "",
    },
    {
      title: "Columns that say nothing",
      lines: sameTold(described),
      without: "columns that are the same in every row",
    },
    { title: "Rows that repeat others", lines: repeatedTold(described), without: "repeated rows" },
    {
      title: "Rows that contradict each other",
      lines: target ? contradictionsTold(described, target.contradictions, target.name) : [],
      without: target ? `rows alike but for ${target.name}` : "",
    },
    { title: "Rows of both tables", lines: besideTold(described), without: "" },
    {
      title: "Cells that look wrong",
      lines: oddTold(described),
      without: "numbers far out, text among numbers, misspelt values, broken characters",
    },
  ];
  const absent = parts.flatMap(({ lines, without }) =>
    lines.length === 0 && without !== "" ? [without] : [],
  );
  return [
    ...parts.filter(({ lines }) => lines.length > 0).map(({ title, lines }) => ({ title, lines })),
    ...(absent.length > 0
      ? [{ title: "Looked for and not found", lines: [absent.join(", ")] }]
      : []),
  ];
}

const LEAKS: Readonly<Record<Leak["kind"], (target: string) => string>> = {
  copy: (target) => `is ${target} by other names: each value stands for one of ${target}`,
  tells: (target) => `tells ${target}: rows with the same value have the same ${target}`,
  line: (target) => `is ${target} in other units: a number times it, plus a number`,
  parts: (target) =>
    `parts the classes of ${target} by limits between its numbers, as a number of rows does in a sorted file`,
};

function leakTold({ column, kind, rows }: Leak, target: string): string {
  return `${column} ${LEAKS[kind](target)} (all ${plural(rows, "row")} that have both). Is it known before ${target} is? If not: --types ${column}=ignore`;
}

function sameTold({ description }: Described): string[] {
  const { columns, constant, target } = description;
  const names = columns.flatMap((column) =>
    isName(column, description) && column.name !== target?.name ? [column.name] : [],
  );
  return [
    ...(constant.length > 0 ? [`the same in every row: ${constant.join(", ")}`] : []),
    ...(names.length > 0
      ? [`another value in every row, as names and numbers of rows have: ${names.join(", ")}`]
      : []),
  ];
}

/** Texts that never repeat, and whole numbers that count up. */
function isName(column: ColumnSummary, { rows }: TableDescription): boolean {
  if (column.distinct < rows || rows < 10) return false;
  if (column.type !== "number") return column.type !== "date";
  return Number.isInteger(column.min) && column.max - column.min === rows - 1;
}

function pairs({ some }: RepeatedRows, says: (row: number, first: number) => string): string {
  return some
    .slice(0, MOST)
    .map(({ row, first }) => says(row, first))
    .join(", ");
}

const more = ({ count }: { readonly count: number }) =>
  count > MOST ? `, and ${count - MOST} more` : "";

function repeatedTold({
  table: { lines, rows },
  description: { repeated },
  unit,
}: Described): string[] {
  if (repeated.count === 0) return [];
  const named = pairs(
    repeated,
    (row, first) => `${unit} ${lines[row]} repeats ${unit} ${lines[first]}`,
  );
  return [
    `${plural(repeated.count, "row")} (${percent(repeated.count / rows, 1)}): ${named}${more(repeated)}. ` +
      "In both parts of a split they are learnt and tested",
  ];
}

function contradictionsTold(
  { table: { lines }, unit }: Described,
  found: RepeatedRows,
  target: string,
): string[] {
  if (found.count === 0) return [];
  const named = pairs(found, (row, first) => `${unit} ${lines[row]} and ${unit} ${lines[first]}`);
  return [
    `${plural(found.count, "row")} with another ${target} than a row before that is alike in all else: ${named}${more(found)}`,
  ];
}

function besideTold({ table, beside, unit }: Described): string[] {
  if (!beside) return [];
  const { shared, table: other } = beside;
  if (shared.count === 0) return [`none of ${other.name} stands in ${table.name}`];
  const named = pairs(
    shared,
    (row, first) => `${unit} ${other.lines[row]} is ${unit} ${table.lines[first]}`,
  );
  return [
    `${plural(shared.count, "row")} of ${other.name} (${percent(shared.count / other.rows, 1)}) ${shared.count === 1 ? "stands" : "stand"} in ${table.name} too: ${named}${more(shared)}`,
  ];
}

function oddTold({ table, description, unit }: Described): string[] {
  const { odd, columns } = description;
  const byName = new Map(columns.map((column) => [column.name, column]));
  const told = odd.some
    .slice(0, 2 * MOST)
    .map((cell) => `${unit} ${table.lines[cell.row]}: ${cellTold(cell, byName.get(cell.column)!)}`);
  const left = odd.count - told.length;
  return left > 0 ? [...told, `and ${plural(left, "more cell")}`] : told;
}

function cellTold({ column, value, kind, meant }: OddCell, of: ColumnSummary): string {
  const given = JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
  if (kind === "misspelt") return `${column} is ${given}, likely ${JSON.stringify(meant)}`;
  if (kind === "misfit") return `${column} is ${given}, where others are numbers`;
  if (kind === "encoding") return `${column} is ${given}: characters of a wrong encoding`;
  const { lowerQuartile, upperQuartile } = of as NumberSummary;
  return `${column} is ${value}; half of them lie between ${shown(lowerQuartile)} and ${shown(upperQuartile)}`;
}
