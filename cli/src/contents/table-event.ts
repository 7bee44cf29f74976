// What is in a table, as data: with lines of the file where the description counts rows.

import type { Table } from "neurite/data/tables";
import type { RepeatedRows } from "neurite/inspect";
import type { Described } from "./told.ts";

export function contentEvent({ table, description, beside }: Described): object {
  const { target, repeated, odd, name, ...rest } = description;
  return {
    table: name,
    ...rest,
    repeated: inLines(repeated, table, table),
    odd: {
      count: odd.count,
      some: odd.some.map(({ row, ...cell }) => ({ line: table.lines[row], ...cell })),
    },
    target: target && {
      ...target,
      contradictions: inLines(target.contradictions, table, table),
    },
    ...(beside && {
      beside: { table: beside.table.name, shared: inLines(beside.shared, beside.table, table) },
    }),
  };
}

function inLines({ count, some }: RepeatedRows, of: Table, first: Table): object {
  return {
    count,
    some: some.map((pair) => ({ line: of.lines[pair.row], first: first.lines[pair.first] })),
  };
}
