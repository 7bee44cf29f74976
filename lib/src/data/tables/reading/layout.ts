// What the first lines of a table are: titles, the header, units; found from a sample of its records.

import { DateReader } from "../cells/dates.ts";
import { MISSING } from "../cells/missing.ts";
import { type DecimalSign, decimalEvidence, NumberReader } from "../cells/numbers.ts";
import { commonWidth, type SampleRecord } from "./dialect.ts";

/** Where the rows begin, and what their columns are called. */
export interface Layout {
  readonly names: readonly string[];
  /** The line of the header; undefined where there is none. */
  readonly headerLine: number | undefined;
  /** Columns, by place, that have no name of their own. */
  readonly unnamed: ReadonlySet<number>;
  /** Records to pass over, the header among them. */
  readonly skip: number;
  readonly notices: readonly string[];
}

/** What is known without looking. */
export interface LayoutOptions {
  readonly header: boolean | undefined;
  readonly units: boolean | undefined;
  readonly decimal: DecimalSign;
  readonly missing: readonly string[] | undefined;
}

const encoder = new TextEncoder();
/** Rows that are compared with the first ones. */
const COMPARED = 200;

/** Number, date, gap or text, by the look of a cell. */
function looks(
  cell: string,
  { decimal, missing }: LayoutOptions,
): "number" | "date" | "gap" | "text" {
  if (cell === "" || (missing ?? MISSING).includes(cell)) return "gap";
  const bytes = encoder.encode(cell);
  if (!Number.isNaN(new NumberReader(decimal).read(bytes, 0, bytes.length))) return "number";
  return Number.isNaN(new DateReader().read(bytes, 0, bytes.length)) ? "text" : "date";
}

/** @param records from the first of the file; at least one */
export function tableLayout(records: readonly SampleRecord[], options: LayoutOptions): Layout {
  const notices: string[] = [];
  const titles = options.header === false ? 0 : countTitles(records);
  if (titles > 0) {
    const last = records[titles - 1]!.line;
    notices.push(
      `${last === 1 ? "line 1 was" : `lines 1 to ${last} were`} taken for a title above the header`,
    );
  }
  const [first, ...rest] = records.slice(titles);
  const body = rest.slice(0, COMPARED);
  const hasHeader = options.header ?? isHeader(first!, body, options, notices);
  if (!hasHeader) {
    const names = first!.cells.map((_, i) => `column${i + 1}`);
    return { names, headerLine: undefined, unnamed: new Set(), skip: titles, notices };
  }
  const width = commonWidth(body);
  const isShort =
    body.length > 0 &&
    first!.cells.length === width - 1 &&
    body.every(({ cells }) => cells.length === width && cells.at(-1) !== "");
  if (isShort)
    notices.push(
      `the header has a name less than the rows have fields: the first column was taken for names of rows`,
    );
  const heads = [...(isShort ? [""] : []), ...first!.cells].map((cell) =>
    cell.replaceAll(/\s+/g, " "),
  );
  const names = uniqueNames(heads, notices);
  const unnamed = new Set(heads.flatMap((head, i) => (head === "" ? [i] : [])));
  const units = hasUnits(body, options) ? 1 : 0;
  if (units > 0) {
    const shown = body[0]!.cells.flatMap((unit, i) =>
      unit ? [`${names[i] ?? i + 1} in ${JSON.stringify(unit)}`] : [],
    );
    notices.push(`line ${body[0]!.line} was taken for units: ${few(shown)}`);
  }
  return { names, headerLine: first!.line, unnamed, skip: titles + 1 + units, notices };
}

/** Records at the beginning with one cell that says something, above records with more. */
function countTitles(records: readonly SampleRecord[]): number {
  const width = commonWidth(records);
  if (width < 2) return 0;
  const filled = records.map(({ cells }) => cells.filter((cell) => cell !== "").length);
  let titles = 0;
  while (
    titles < Math.min(20, records.length - 1) &&
    filled[titles]! <= 1 &&
    records[titles]!.cells.length <= width
  )
    titles++;
  return (filled[titles] ?? 0) > 1 ? titles : 0;
}

/** Whether the first record names the columns: it holds no number and no date where there are some below. */
function isHeader(
  first: SampleRecord,
  body: readonly SampleRecord[],
  options: LayoutOptions,
  notices: string[],
): boolean {
  const heads = first.cells.map((cell) => looks(cell, options));
  const isData = heads.some((head) => head === "number" || head === "date");
  if (!isData) {
    const isTold = body.some(({ cells }) =>
      cells.some((cell) => ["number", "date"].includes(looks(cell, options))),
    );
    if (!isTold && body.length > 0) {
      notices.push(
        `line ${first.line} was taken for the header, though nothing but texts follows (header: false reads it as a row)`,
      );
    }
    return true;
  }
  if (areYears(first.cells)) return true;
  // Names such as years stand above anything; then at least one name is a text above numbers.
  const isAbove = heads.some(
    (head, i) =>
      head === "text" &&
      body.length > 0 &&
      body.every(({ cells }) => ["number", "date", "gap"].includes(looks(cells[i] ?? "", options))),
  );
  if (!isAbove)
    notices.push(
      `line ${first.line} holds numbers or dates, so that there is no header: the columns are called column1, column2 and so on (header: true reads it as names)`,
    );
  return isAbove;
}

/** Anything in brackets, and units that people measure in. */
const UNIT =
  /^([([].*[)\]]|%|‰|[kMGmµucdn]?(g|m|s|l|L|W|J|V|A|N|Hz|Pa|bar|Wh|B)(\/[a-z]+|[²³23])?|t|lbs?|oz|in|ft|mi|mph|km\/h|min|hours?|h|d|days?|yrs?|years?|[°º]?[CF]|K|[°º]|deg|rad|ppm|dB|cal|kcal|mmHg|USD|EUR|GBP|JPY|CNY|[$€£¥]|mol|pH)$/;

/** Years one after the other behind a name, as in tables of time series. */
function areYears([name, ...years]: readonly string[]): boolean {
  if (years.length < 2 || !name || /^\d/.test(name)) return false;
  return years.every(
    (year, i) => /^[12]\d{3}$/.test(year) && (i === 0 || +year === +years[i - 1]! + 1),
  );
}

/** Whether the first row says what the numbers below are measured in. */
function hasUnits(body: readonly SampleRecord[], options: LayoutOptions): boolean {
  if (options.units !== undefined) return options.units;
  const [first, ...rest] = body;
  if (!first || rest.length < 2) return false;
  let units = 0;
  for (const [i, cell] of first.cells.entries()) {
    const kinds = rest.map(({ cells }) => looks(cells[i] ?? "", options));
    const isNumeric =
      kinds.includes("number") && kinds.every((kind) => kind === "number" || kind === "gap");
    const look = looks(cell, options);
    if (look === "number" || look === "date") return false;
    if (isNumeric && look === "text" && UNIT.test(cell)) units++;
    else if (isNumeric && look === "text" && cell.length > 16) return false;
    else if (!isNumeric && cell !== "" && !/^[([].*[)\]]$|^-$/.test(cell)) return false;
  }
  return units > 0;
}

/** Names that are all there and all different. */
function uniqueNames(heads: readonly string[], notices: string[]): string[] {
  const used = new Set<string>();
  const taken = new Set(heads);
  const changed: string[] = [];
  const names = heads.map((head, i) => {
    const wanted = head || `column${i + 1}`;
    let name = wanted;
    for (let n = 2; used.has(name) || (name !== head && taken.has(name)); n++)
      name = `${wanted}_${n}`;
    used.add(name);
    if (head !== "" && name !== head) changed.push(JSON.stringify(name));
    return name;
  });
  if (changed.length > 0)
    notices.push(`names that come twice in the header were made different: ${few(changed)}`);
  return names;
}

/** The decimal sign that most cells tell; undefined where none tells. */
export function foundDecimal(records: readonly SampleRecord[]): {
  sign: DecimalSign;
  isSure: boolean;
  example: string | undefined;
} {
  const counts = { ".": 0, ",": 0, either: 0 };
  let example: string | undefined;
  for (const { cells } of records) {
    for (const cell of cells) {
      const evidence = cell.length > 40 ? undefined : decimalEvidence(cell);
      if (!evidence) continue;
      counts[evidence]++;
      if (evidence === "either") example ??= cell;
    }
  }
  const isSure = counts["."] !== counts[","];
  return { sign: counts[","] > counts["."] ? "," : ".", isSure, example };
}

/** A list as long as anyone reads. */
export function few(list: readonly string[], limit = 5): string {
  const more = list.length - limit;
  return more > 0
    ? `${list.slice(0, limit).join(", ")} and ${more.toLocaleString("en")} more`
    : list.join(", ");
}
