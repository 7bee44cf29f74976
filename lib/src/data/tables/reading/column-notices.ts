// What is worth saying about the columns of a table that was read, a sentence for each kind of remark.

import type { ColumnBuilder } from "../cells/column.ts";
import { few } from "./layout.ts";

const NUMBER = /^[-+]?[\d.,]*\d[\d.,]*%?$/;

/** Remarks by what they say; `{}` stands for the columns that they are about. */
type Remarks = Map<string, string[]>;

/** @param builders before their columns are taken */
export function columnNotices(
  builders: readonly ColumnBuilder[],
  isDecimalSure: boolean,
): string[] {
  const remarks: Remarks = new Map();
  const say = (what: string, about: string) => {
    const all = remarks.get(what);
    if (all) all.push(about);
    else remarks.set(what, [about]);
  };
  for (const builder of builders) remarkOn(builder, isDecimalSure, say);
  return [...remarks].map(([what, about]) => what.replace("{}", few(about)));
}

function remarkOn(
  builder: ColumnBuilder,
  isDecimalSure: boolean,
  say: (what: string, about: string) => void,
): void {
  const { name, numbers, dates, breaking } = builder;
  const shown = JSON.stringify(name);
  const isDate = builder.kind === "date";
  if (breaking) {
    say(
      "read as texts because of one cell, numbers and dates above it in their shortest form: {}",
      `${shown} (line ${breaking.line} holds ${JSON.stringify(breaking.text)})`,
    );
  }
  if (builder.kind === "gaps") say("without any value: {}", shown);
  if (builder.kind === "string" && !breaking) remarkOnTexts(builder, say);
  if (builder.kind === "number") {
    if (numbers.percents > 0)
      say("percent signs read as hundredths, 12% as 0.12: {}", `${shown} (${numbers.percents})`);
    if (numbers.currency) say("signs of a currency left out: {}", `${shown} (${numbers.currency})`);
    if (numbers.ambiguous && !isDecimalSure) {
      const other = numbers.decimal === "." ? "," : ".";
      say(
        `"${other}" read as a separator of thousands, though nothing tells (decimal: "${other}" reads it otherwise): {}`,
        `${shown} (${numbers.ambiguous})`,
      );
    }
  }
  if (isDate && dates.ambiguous && !dates.isSure) {
    const [read, other] =
      dates.order === "dayFirst" ? ["day", "monthFirst"] : ["month", "dayFirst"];
    say(
      `dates of which nothing tells whether day or month comes first, read with the ${read} first (dates: "${other}" reads them otherwise): {}`,
      `${shown} (${dates.ambiguous})`,
    );
  }
  if (isDate && dates.shortYear)
    say("years of two digits read as 1969 to 2068: {}", `${shown} (${dates.shortYear})`);
  const errors = builder.strings?.errors ?? builder.errors;
  if (errors > 0)
    say("errors of a spreadsheet and infinities read as gaps: {}", `${shown} (${errors})`);
}

function remarkOnTexts(
  { name, strings }: ColumnBuilder,
  say: (what: string, about: string) => void,
): void {
  const shown = JSON.stringify(name);
  const tally = strings!.tally();
  if (!tally) return;
  let [rows, numbers] = [0, 0];
  let other: { readonly text: string; readonly line: number } | undefined;
  let isCoded = false;
  for (const entry of tally) {
    rows += entry.rows;
    if (NUMBER.test(entry.text)) numbers += entry.rows;
    else other ??= entry;
    isCoded ||= /^0\d+$/.test(entry.text);
  }
  if (numbers === 0 || numbers < rows / 2) return;
  if (other) {
    say(
      "mostly numbers, read as texts because some cells are none (missing: [...] makes gaps of them): {}",
      `${shown} (${JSON.stringify(other.text.slice(0, 60))} on line ${other.line})`,
    );
  } else if (isCoded) say("numbers with leading zeros read as codes, not as numbers: {}", shown);
}

/** Formulas are known once the columns are taken. */
export function formulaNotices(builders: readonly ColumnBuilder[]): string[] {
  const about = builders.flatMap(({ name, strings }) =>
    strings && strings.formulas > 0
      ? [`${JSON.stringify(name)} (${strings.formulas}, the first on line ${strings.formulaLine})`]
      : [],
  );
  if (about.length === 0) return [];
  return [`formulas of a spreadsheet were kept as texts, not carried out: ${few(about)}`];
}
