// Options of reading a table, and what each must be.

import {
  count,
  flag,
  type Kind,
  type Kinds,
  listOf,
  object,
  oneOf,
  text,
  worded,
} from "../../../checks/arguments.ts";
import { ArgumentError } from "../../../checks/errors.ts";
import { didYouMean } from "../../../checks/nearest.ts";
import type { DateOrder } from "../cells/dates.ts";
import type { DecimalSign } from "../cells/numbers.ts";
import type { Ragged } from "./field-rows.ts";
import type { WantedType } from "./object-rows.ts";

/** Options of readTable(). What is not given is found from the bytes, and said among the notices. */
export interface ReadTableOptions {
  /** As errors name the table: a file's name; "table" if not given. */
  readonly name?: string | undefined;
  /** One character of ASCII. */
  readonly delimiter?: string | undefined;
  /** What fields that hold delimiters stand in: `"` if not given; null where nothing quotes. */
  readonly quote?: string | null | undefined;
  /** As TextDecoder names it: "utf-8", "utf-16le", "windows-1252", "gb18030", "shift_jis" and others. */
  readonly encoding?: string | undefined;
  readonly decimal?: DecimalSign | undefined;
  /** Whether the first record names the columns. */
  readonly header?: boolean | undefined;
  /** Whether the record below the header holds units, and is left out. */
  readonly units?: boolean | undefined;
  /** What stands for a gap, in place of NA, N/A, n/a, null, NULL, NaN, nan, - and ?. An empty cell always does. */
  readonly missing?: readonly string[] | undefined;
  /** Which comes first in dates such as 03/04/2024. */
  readonly dates?: DateOrder | undefined;
  /** Types of columns by name. */
  readonly types?: Readonly<Record<string, WantedType>> | undefined;
  /** "refuse" if not given: a record with more or fewer fields than the header is an error. */
  readonly ragged?: Ragged | undefined;
  /** Of all columns together; 50 million if not given. */
  readonly maxCells?: number | undefined;
}

const character = (says: string): Kind<string> => ({
  says,
  fits: (value) => typeof value === "string" && /^[\t -~]$/.test(value),
});
const words: Kind<string> = { says: "a text", fits: (value) => typeof value === "string" };

const quoting: Kind<string | null> = {
  says: "one character of ASCII, or null",
  fits: (value) => value === null || character("").fits(value),
};

export const READ_TABLE_OPTIONS: Kinds<ReadTableOptions> = {
  name: text,
  delimiter: character('one character of ASCII, as "," or ";" or a tab'),
  quote: quoting as Kind<never>,
  encoding: text,
  decimal: oneOf(".", ","),
  header: flag,
  units: flag,
  missing: listOf(words),
  dates: oneOf("dayFirst", "monthFirst"),
  types: worded<never>("an object of types by the names of columns", object),
  ragged: oneOf("refuse", "fill"),
  maxCells: count,
};

const TYPES: readonly string[] = ["number", "category", "date", "text", "ignore"];

/** @throws ArgumentError for types that there are not */
export function expectTypes(where: string, types: Readonly<Record<string, WantedType>> = {}): void {
  for (const [name, type] of Object.entries(types)) {
    if (TYPES.includes(type)) continue;
    throw new ArgumentError(
      `${where}: types: column ${JSON.stringify(name)}: there is no type ${JSON.stringify(type)}.${didYouMean(String(type), TYPES)} Expected one of: ${TYPES.join(", ")}.`,
    );
  }
}

/** @throws ArgumentError for types of columns that there are not, with the nearest name */
export function expectTyped(
  table: string,
  types: Readonly<Record<string, WantedType>>,
  names: readonly string[],
): void {
  const known = new Set(names);
  for (const name of Object.keys(types)) {
    if (known.has(name)) continue;
    const shown = names.length > 30 ? `${names.slice(0, 30).join(", ")}, ...` : names.join(", ");
    throw new ArgumentError(
      `${table}: types: there is no column ${JSON.stringify(name)}.${didYouMean(name, names.slice(0, 1000))} The columns are ${shown}.`,
    );
  }
}
