// The job `activationCurve`: the activation function of a dense layer, and its slope, over a range of z.

export interface ActivationCurveJob {
  readonly asks: {
    readonly layer: string;
    readonly from: number;
    readonly to: number;
    readonly points: number;
  };
  /** Null where it is no function of one number, as softmax, or the network no chain of dense layers. */
  readonly gives: {
    readonly curve: {
      readonly z: readonly number[];
      readonly a: readonly number[];
      readonly slope: readonly number[];
    } | null;
  };
}
