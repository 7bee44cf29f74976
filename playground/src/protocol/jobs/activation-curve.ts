// The job `activationCurve`: an activation function and its slope over a range.

export interface ActivationCurveJob {
  readonly asks: {
    readonly activation: string;
    readonly from: number;
    readonly to: number;
    readonly points: number;
  };
  readonly gives: {
    readonly z: readonly number[];
    readonly a: readonly number[];
    readonly slope: readonly number[];
  };
}
