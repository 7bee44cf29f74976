// The shape of an experiment's curves, as plain data: its page draws them, with the book's points marked.

/** An axis: what it says, and whether each tick is as many times the one before. */
export interface CurveAxis {
  readonly label: string;
  readonly log?: boolean;
}

/** A named line, or with `book` the points that the book prints. */
export interface CurveSeries {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
  /** True for the book's own points: they are drawn as marks, not as a line. */
  readonly book?: boolean;
}

/** One picture: several series over the same axes. */
export interface Curves {
  readonly title: string;
  readonly x: CurveAxis;
  readonly y: CurveAxis;
  readonly series: readonly CurveSeries[];
}
