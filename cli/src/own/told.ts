// What is told of data of one's own: of a table its columns, of others what they are; and what was left out.

import type { NamedDataset } from "neurite/data";
import { ownPartOf } from "../sources/own.ts";
import { tablePartOf } from "../sources/table.ts";
import { noticesTold, tableEvent, tableTold } from "../tables/text.ts";

/** Lines for a new run, and notices of any; none of sets by name. */
export function sourceTold(data: NamedDataset): string[] {
  const part = ownPartOf(data);
  return part ? [...part.told, ...noticesTold(part)] : tableTold(data);
}

/** The same as data, null of sets by name. */
export function sourceEvent(data: NamedDataset): object | null {
  const part = ownPartOf(data);
  if (!part) return tablePartOf(data) ? tableEvent(data) : null;
  const { kind, notices, shown } = part;
  return {
    ...{ event: kind, source: data.name },
    ...(data.classes !== null && { classes: data.classNames }),
    ...(shown && { shape: [shown.height, shown.width, shown.channels] }),
    notices,
  };
}
