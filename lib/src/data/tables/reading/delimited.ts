// Reads fields that something delimits: finds how they are written, then all rows in one pass.

import { FileError } from "../../../checks/errors.ts";
import { type Dialect, RecordScanner } from "../bytes/scan.ts";
import type { Utf8Bytes } from "../bytes/utf8.ts";
import type { ColumnStart } from "../cells/column.ts";
import type { DateOrder } from "../cells/dates.ts";
import type { DecimalSign } from "../cells/numbers.ts";
import type { Table } from "../table.ts";
import {
  commonWidth,
  foundDelimiter,
  namedDelimiter,
  sampleRecords,
  wholeLines,
} from "./dialect.ts";
import { FieldRows } from "./field-rows.ts";
import { dateOrder, finish } from "./finish.ts";
import { few, foundDecimal, type Layout, tableLayout } from "./layout.ts";
import { expectTyped, type ReadTableOptions } from "./options.ts";
import { rulesOf } from "./rules.ts";

/** How the fields of a file are written. */
interface FieldFormat {
  readonly kind: "fields";
  readonly delimiter: string;
  readonly decimal: DecimalSign;
  readonly header: boolean;
  readonly dates?: DateOrder;
}

/** Delimiters that cannot be seen. */
const NAMED: Readonly<Record<string, string>> = { "\t": "tabs", " ": "blanks" };
/** Records that are looked at to find out how they are written. */
const LOOKED = 1000;

/** @throws FileError naming line and column of what is wrong */
export async function readDelimited(
  name: string,
  { head, isAll, rest }: Utf8Bytes,
  options: ReadTableOptions,
): Promise<{ table: Table; format: FieldFormat }> {
  const { quote = '"', types = {}, ragged = "refuse", maxCells = 50_000_000 } = options;
  const notices: string[] = [];
  const named = namedDelimiter(head);
  const line = named ? 2 : 1;
  const bytes = named ? head.subarray(named.skip) : head;
  const sample = wholeLines(bytes, isAll);
  const quoteByte = quote === null ? -1 : quote.charCodeAt(0);
  const delimiter =
    options.delimiter ?? named?.delimiter ?? foundDelimiter(sample, quoteByte) ?? ",";
  if (named) notices.push(`line 1 names the delimiter, ${JSON.stringify(named.delimiter)}`);
  else if (options.delimiter === undefined && delimiter !== ",") {
    notices.push(`fields are parted by ${NAMED[delimiter] ?? JSON.stringify(delimiter)}`);
  }
  const dialect: Dialect = { delimiter: delimiter.charCodeAt(0), quote: quoteByte };
  const records = sampleRecords(sample, dialect, LOOKED, line);
  const found = foundDecimal(records);
  const decimal = options.decimal ?? found.sign;
  if (options.decimal === undefined && found.sign === ",")
    notices.push("numbers have a decimal comma");
  // Without a whole record in sight the scanner says what is wrong.
  const seen = records.length > 0 ? records : [{ line, cells: [""] }];
  const layout = tableLayout(seen, {
    ...options,
    header: options.header,
    units: options.units,
    decimal,
    missing: options.missing,
  });
  refuseSpoilt(name, layout);
  notices.push(...layout.notices);
  expectTyped(name, types, layout.names);
  refuseNarrow(name, layout, records.length > 0 ? commonWidth(records) : 0, delimiter);

  const rules = rulesOf(name, options, decimal);
  const limits = { ragged, maxCells };
  const starts = layout.names.map((column): ColumnStart | undefined => {
    const wanted = Object.hasOwn(types, column) ? types[column] : undefined;
    return wanted === "ignore" ? undefined : { name: column, wanted };
  });
  // The sample is read twice: what its columns turn out to be, they are from the first row.
  const rehearsal = new FieldRows(rules, layout, starts, limits);
  const trial = new RecordScanner(name, dialect, rehearsal.add, line);
  trial.push(sample);
  if (isAll) trial.end();
  const known = starts.map((start, i): ColumnStart | undefined => {
    const tried = rehearsal.builders[i];
    return (
      start &&
      tried && {
        ...start,
        kind: tried.kind,
        dates: tried.dates.knownOrder,
      }
    );
  });
  const rows = new FieldRows(rules, layout, known, limits);
  const scanner = new RecordScanner(name, dialect, rows.add, line);
  scanner.push(bytes);
  for await (const piece of rest) scanner.push(piece);
  scanner.end();

  notices.push(...rowNotices(rows));
  const kept = rows.builders.filter(
    (builder, i) => builder && !(layout.unnamed.has(i) && builder.kind === "gaps"),
  );
  const dropped = rows.builders.filter((builder) => builder).length - kept.length;
  if (dropped > 0)
    notices.push(
      `${dropped === 1 ? "a column" : `${dropped} columns`} without name and values left out`,
    );
  const unnamed = [...layout.unnamed].filter((i) => kept.includes(rows.builders[i]));
  if (unnamed.length > 0)
    notices.push(`columns without a name are called ${few(unnamed.map((i) => layout.names[i]!))}`);
  const table = finish(
    kept.filter((builder) => builder !== undefined),
    {
      name,
      lines: rows.lines,
      notices,
      isDecimalSure: options.decimal !== undefined || found.isSure,
    },
  );
  return {
    table,
    format: {
      ...{ kind: "fields", delimiter, decimal, header: layout.headerLine !== undefined },
      ...dateOrder(kept),
    },
  };
}

/** @throws FileError for names in which bytes were no UTF-8 */
function refuseSpoilt(name: string, { names, headerLine }: Layout): void {
  const spoilt = names.find((column) => column.includes("\ufffd"));
  if (spoilt === undefined) return;
  throw new FileError(
    `${name}: line ${headerLine} holds bytes that are no UTF-8, in the name ${JSON.stringify(spoilt)}; expected one encoding in a file (or its name, as encoding: "windows-1252")`,
  );
}

/** A delimiter that was asked for and parts nothing is a mistake. */
function refuseNarrow(name: string, { names }: Layout, width: number, delimiter: string): void {
  if (names.length > 1 || width <= 1) return;
  throw new FileError(
    `${name}: the header has one field and the rows have ${width}; expected as many names as fields parted by ${JSON.stringify(delimiter)}`,
  );
}

function rowNotices({ blank, tooShort, tooLong }: FieldRows): string[] {
  const counted = (rows: number) => (rows === 1 ? "a row" : `${rows.toLocaleString("en")} rows`);
  return [
    ...(blank > 0 ? [`${counted(blank)} without any value left out`] : []),
    ...(tooShort > 0 ? [`${counted(tooShort)} had too few fields: the missing ones are gaps`] : []),
    ...(tooLong > 0
      ? [`${counted(tooLong)} had too many fields: those at the end were left out`]
      : []),
  ];
}
