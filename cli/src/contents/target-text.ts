// The target of a table in the terminal: its classes or values, and what goes with it.

import type { Association, ColumnSummary, TableDescription } from "neurite/inspect";
import { bars } from "../terminal/bars.ts";
import { plural } from "../terminal/names.ts";
import { table } from "../terminal/table.ts";
import { exact, shown } from "./told.ts";

const MOST = 20;

export const MEASURES: Readonly<Record<Association["measure"], string>> = {
  pearson: "Pearson's r",
  cramersV: "Cramér's V",
  correlationRatio: "correlation ratio",
};

export function targetLines({ target, columns, rows }: TableDescription): string[] {
  if (!target) return [];
  const column = columns.find(({ name }) => name === target.name)!;
  const found = target.associations
    .filter(({ strength }) => !Number.isNaN(strength))
    .slice(0, MOST);
  const cells = found.map(({ column: name, strength, measure }) => [
    name,
    strength.toFixed(2),
    "█".repeat(Math.round(Math.abs(strength) * 20)).padEnd(20),
    MEASURES[measure],
  ]);
  return [
    ...balanceLines(column, rows),
    ...(cells.length === 0
      ? []
      : [
          "",
          `How strongly columns go with ${target.name}, one by one (0 not at all, 1 or -1 wholly):`,
          ...table(["column", "", "", "measure"], cells, ["left", "right", "left", "left"]),
        ]),
  ];
}

/** What is learnt, and how even its classes are. */
export function balanceTold(column: ColumnSummary): string {
  const { name, distinct, gaps, frequent } = column;
  const without = gaps === 0 ? "" : `; ${plural(gaps, "row")} without it will be left out`;
  if (column.type === "number" && distinct > 2) {
    return `${name}: values from ${exact(column.min)} to ${exact(column.max)}, mean ${shown(column.mean)}${without}`;
  }
  if (distinct < 2)
    return `${name}: ${distinct === 0 ? "no value" : "one class"}, there is nothing to learn`;
  const [most, least] = [
    frequent[0]?.rows ?? 1,
    frequent.length < distinct ? 1 : frequent.at(-1)!.rows,
  ];
  return `${name}: ${plural(distinct, "class", "classes")}, the largest ${shown(most / least)} times the smallest${without}`;
}

function balanceLines(column: ColumnSummary, rows: number): string[] {
  const { distinct, gaps, frequent } = column;
  if (column.type === "number" && distinct > 2) return [balanceTold(column)];
  const given = Math.max(1, rows - gaps);
  const names = frequent.map(({ value }) => value);
  const left = distinct - names.length;
  return [
    balanceTold(column),
    ...(names.length === 0
      ? []
      : bars(
          names,
          frequent.map(({ rows: count }) => count / given),
        )),
    ...(left > 0 ? [`and ${plural(left, "more class", "more classes")}`] : []),
  ];
}
