// How cells are read, out of the options.

import type { CellRules } from "../cells/column.ts";
import { Missing } from "../cells/missing.ts";
import type { DecimalSign } from "../cells/numbers.ts";
import type { ReadTableOptions } from "./options.ts";

export function rulesOf(table: string, options: ReadTableOptions, decimal: DecimalSign): CellRules {
  const { missing, dates } = options;
  return { table, decimal: options.decimal ?? decimal, dates, missing: new Missing(missing) };
}
