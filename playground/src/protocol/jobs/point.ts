// The job `point`: what every unit makes of one point of the plane.

export interface PointJob {
  readonly asks: { readonly x: readonly number[] };
  readonly gives: {
    /** By layer: the outputs of its units. */
    readonly layers: Readonly<Record<string, readonly number[]>>;
  };
}
