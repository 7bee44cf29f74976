// Columns of a table as a model reads them, fitted to data: what the layer `tableFeatures` writes down.

/** How far a number lies from the mean of those that the column was fitted to, in standard deviations. */
export interface Scale {
  readonly mean: number;
  /** Above 0; 1 where all numbers were alike. */
  readonly deviation: number;
}

/**
 * A number. In: one value, NaN for a gap. Out: (value - mean) / deviation, of `missing` for a gap;
 * with `indicator` a second value, 1 for a gap and 0 else.
 */
export interface NumberColumnSpec extends Scale {
  readonly name: string;
  readonly type: "number";
  /** What stands for a gap, before it is scaled. */
  readonly missing: number;
  readonly indicator: boolean;
}

/**
 * One of several values. In: its place among `values`, -1 for a gap and for what is not among them. Out:
 * "oneHot", a one at its place, all zeros for -1; "ordinal", its place, scaled as if all values were equally
 * frequent, and 0 for -1.
 */
export interface CategoryColumnSpec {
  readonly name: string;
  readonly type: "category";
  readonly values: readonly string[];
  readonly encoding: "oneHot" | "ordinal";
}

/** What of a date is a number. Days of a week count from Monday, 0; days of a year and months from 1. */
export type DatePart = "year" | "month" | "day" | "weekday" | "dayOfYear" | "hour" | "time";

/** A date. In: a value for each part, NaN for a gap ("time" in days since 1970). Out: each part scaled; its mean for a gap. */
export interface DateColumnSpec {
  readonly name: string;
  readonly type: "date";
  readonly parts: readonly (Scale & { readonly part: DatePart })[];
}

/** Text as counts of words. In: how often each word of `words` stands in it. Out: the logarithm of 1 + count. */
export interface TextColumnSpec {
  readonly name: string;
  readonly type: "text";
  readonly words: readonly string[];
}

/** A column of any type. Columns that a model does not read have none. */
export type ColumnSpec = NumberColumnSpec | CategoryColumnSpec | DateColumnSpec | TextColumnSpec;
