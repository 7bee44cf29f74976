// What stands on a curve.

/** A point on a curve, with the slope of its tangent if that is to be drawn. */
export interface CurvePoint {
  readonly name: string;
  readonly y: number;
  readonly slope?: number | null | undefined;
  readonly look: string;
}

/** Something at a place of the x axis, told in words too. */
export interface CurveMark {
  readonly x: number;
  readonly y: number;
  readonly says: string;
}
