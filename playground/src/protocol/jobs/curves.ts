// The jobs of curves: activations, losses, softmax and difference quotients, by the library's own functions.

/** A function of the library by name, with its numbers as in { alpha: 0.1 }. */
export interface NamedFunction {
  readonly name: string;
  readonly options?: Readonly<Record<string, number>>;
}

/** So many places from one end to the other, or the places themselves. */
export type Places =
  | readonly number[]
  | { readonly from: number; readonly to: number; readonly count: number };

/** A place without a derivative: the slopes, or for a jump the values, on both sides. */
export interface Kink {
  readonly z: number;
  readonly kind: "corner" | "jump";
  readonly left: number;
  readonly right: number;
  /** The slope that the library takes there. */
  readonly taken: number;
}

export interface Marks {
  readonly kinks: readonly Kink[];
  /** Stretches up to an end of the places along which the slope is smaller than `flat`. */
  readonly saturated: readonly (readonly [from: number, to: number])[];
  readonly flat: number;
  /** The first whole z from which on, to the left or right, the slope is exactly 0 in float32. */
  readonly zeroLeft: number | null;
  readonly zeroRight: number | null;
}

export interface ActivationJob {
  readonly asks: {
    readonly of: NamedFunction;
    readonly z: Places;
    /** Whether corners, saturation and zeros in float32 are looked for. */
    readonly marks?: boolean;
  };
  readonly gives: {
    readonly z: readonly number[];
    readonly a: readonly number[];
    readonly slope: readonly number[];
    /** Of maxout: its lines, [piece][place]. */
    readonly pieces: readonly (readonly number[])[];
    readonly marks: Marks | null;
    /** The function in plain text, as the library writes it. */
    readonly formula: string;
  };
}

export interface LossJob {
  readonly asks: {
    readonly of: NamedFunction;
    readonly y: number;
    /** Predictions, or net inputs of a sigmoid before the loss. */
    readonly x: Places;
    readonly isNetInput?: boolean;
  };
  readonly gives: {
    readonly x: readonly number[];
    readonly loss: readonly number[];
    /** By x. */
    readonly slope: readonly number[];
    /** Of net inputs: the output of the sigmoid, the loss's slope by it, and its own by z. */
    readonly sigmoid: {
      readonly a: readonly number[];
      readonly byOutput: readonly number[];
      readonly ofSigmoid: readonly number[];
      /** Slopes by z in float32: by the net input as the library trains, and by way of the output. */
      readonly float32: { readonly direct: readonly number[]; readonly byWay: readonly number[] };
    } | null;
  };
}

export interface SoftmaxJob {
  readonly asks: { readonly z: readonly number[]; readonly target: number };
  readonly gives: {
    readonly exponentials: readonly number[];
    readonly a: readonly number[];
    readonly sum: number;
    readonly loss: number;
    /** Of the loss by z, by automatic differentiation. */
    readonly gradient: readonly number[];
    /** a by z, row by row. */
    readonly jacobian: readonly (readonly number[])[];
    /** The sigmoid of z1 - z2: softmax of the first two alone. */
    readonly sigmoidOfFirst: number;
  };
}

export interface DifferencesJob {
  readonly asks: { readonly text: string; readonly at: number };
  readonly gives: {
    readonly exact: number;
    readonly input: string;
    readonly rows: readonly {
      readonly stepSize: number;
      readonly forward: number;
      readonly central: number;
      readonly forwardError: number | null;
      readonly centralError: number | null;
    }[];
    readonly bestForward: number | null;
    readonly bestCentral: number | null;
  };
}
