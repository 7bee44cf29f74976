// What stands on a curve.

/** A point on a curve, with the slope of its tangent if that is to be drawn. */
export interface CurvePoint {
  readonly name: string;
  readonly y: number;
  readonly slope?: number | null | undefined;
  readonly look: string;
}

/** A stretch of the x axis of one line: a strip in its colour, and shaded where it is the only line. */
export interface CurveBand {
  readonly from: number;
  readonly to: number;
  readonly look: string;
  readonly isShaded: boolean;
}

/** Something at a place of the x axis, told in words too. */
export interface CurveMark {
  readonly x: number;
  readonly y: number;
  readonly says: string;
}
