// What is told of a table: its columns and what is done with each, what was assumed of the file.

import { countExamples, type NamedDataset } from "neurite/data";
import type { ColumnPlan } from "neurite/data/tables";
import { type TablePart, tablePartOf } from "../sources/table.ts";
import { percent, plural } from "../terminal/names.ts";
import { table } from "../terminal/table.ts";
import { wrapLines } from "../terminal/wrap.ts";

/** A column a line; of very wide tables the first ones. */
const MOST_COLUMNS = 40;
const MOST_NOTICES = 12;

/** Columns of a new run, and notices of any. */
export function tableTold(data: NamedDataset): string[] {
  const part = tablePartOf(data);
  if (!part) return [];
  return [
    ...(part.plans ? [...columnsTold(part.plans), ...targetTold(data, part)] : []),
    ...noticesTold(part),
  ];
}

export function columnsTold(plans: readonly ColumnPlan[]): string[] {
  const rows = plans
    .slice(0, MOST_COLUMNS)
    .map(({ name, type, gaps, done }) => [name, type, gaps === 0 ? "" : String(gaps), done]);
  const more = plans.length - rows.length;
  return [
    ...table(["column", "type", "gaps", "what is done"], rows, ["left", "left", "right", "left"]),
    ...(more > 0 ? [`and ${plural(more, "more column")}`] : []),
  ];
}

function targetTold(data: NamedDataset, { target, scale }: TablePart): string[] {
  if (scale) {
    const shown = (x: number) => String(Number(x.toPrecision(4)));
    return [
      `${target} is learnt: values, mean ${shown(scale.mean)}, deviation ${shown(scale.deviation)}` +
        ` (for classes: --types ${target}=category)`,
    ];
  }
  const counts = new Array<number>(data.classNames.length).fill(0);
  for (const part of [data.train, data.test]) for (const label of part.y.data) counts[label]! += 1;
  const total = countExamples(data.train) + countExamples(data.test);
  const shares = data.classNames.map((name, i) => `${name} ${percent(counts[i]! / total, 1)}`);
  const more = shares.length > 10 ? `, and ${shares.length - 10} more` : "";
  return wrapLines(
    `${target} is learnt: ${plural(shares.length, "class", "classes")}, ${shares.slice(0, 10).join(", ")}${more}`,
  );
}

export function noticesTold({ notices }: Pick<TablePart, "notices">): string[] {
  const more = notices.length - MOST_NOTICES;
  return [
    ...notices.slice(0, MOST_NOTICES).flatMap((notice) => wrapLines(`note: ${notice}`)),
    ...(more > 0 ? [`and ${plural(more, "more note")}`] : []),
  ];
}

/** The same as data. */
export function tableEvent(data: NamedDataset): object {
  const { target, scale, plans, notices } = tablePartOf(data)!;
  const columns = plans?.map(({ name, type, gaps, done, column }) => ({
    ...{ name, type, gaps, done },
    isRead: column !== null,
  }));
  return {
    ...{ event: "table", table: data.name, target },
    ...(scale ? { scale } : { classes: data.classNames }),
    ...(columns && { columns }),
    notices,
  };
}
