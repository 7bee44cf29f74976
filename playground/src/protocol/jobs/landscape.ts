// The job `landscape`: a function of two numbers, its heights, its bend at a point, and ways down it.

export type LandscapeSpec =
  /** NNDL figure 4.9. */
  | { readonly kind: "figure49"; readonly loss: "squared" | "negativeLog" }
  /** A formula of at most two names. */
  | { readonly kind: "expression"; readonly text: string }
  /** Mazur's error over w5 and w6, the other weights as he begins. */
  | { readonly kind: "mazur" }
  /** The loss of a 2-2-1 network that has learnt exclusive or, over a plane through its weights. */
  | { readonly kind: "xor"; readonly plane: "way" | "directions" | "weights" };

export type Interval = readonly [from: number, to: number];

/** An optimizer as specifications write it, with how far it goes from where. */
export interface Descent {
  readonly optimizer: {
    readonly name: string;
    readonly [option: string]: string | number | boolean;
  };
  readonly start: readonly [u: number, v: number];
  readonly steps: number;
}

export interface SurfaceHeights {
  readonly u: Interval;
  readonly v: Interval;
  readonly count: number;
  /** [count, count]: row i belongs to u, column j to v. */
  readonly values: Float64Array;
  readonly least: number;
  readonly largest: number;
  readonly notFinite: number;
}

export interface SurfacePoint {
  readonly u: number;
  readonly v: number;
  readonly value: number;
  readonly gradient: readonly number[];
  readonly hessian: readonly (readonly number[])[];
  /** From the least to the largest, and their directions. */
  readonly eigenvalues: readonly number[];
  readonly directions: readonly (readonly number[])[];
  readonly bend: "minimum" | "maximum" | "saddle" | "flat";
  /** 2 / the largest eigenvalue: gradient descent along it grows beyond this rate. Null where nothing bends up. */
  readonly largestRate: number | null;
}

export interface Way {
  readonly u: Float64Array;
  readonly v: Float64Array;
  readonly height: Float64Array;
  /** The first step after which something is not finite; null where all are. */
  readonly lostAt: number | null;
}

export interface CriticalPlace {
  readonly u: number;
  readonly v: number;
  readonly value: number;
  readonly eigenvalues: readonly number[];
  readonly bend: SurfacePoint["bend"];
}

export interface LandscapeJob {
  readonly asks: {
    readonly of: LandscapeSpec;
    /** The part that is looked at; the landscape's own if left out. Nothing is computed that is not asked for. */
    readonly surface?: { readonly u?: Interval; readonly v?: Interval; readonly count: number };
    readonly at?: readonly [u: number, v: number];
    readonly descents?: readonly Descent[];
    /** Whether critical points are searched within this window. */
    readonly critical?: { readonly u: Interval; readonly v: Interval };
  };
  readonly gives: {
    readonly names: readonly [u: string, v: string];
    readonly surface: SurfaceHeights | null;
    /** Null too where something there is not finite. */
    readonly point: SurfacePoint | null;
    readonly ways: readonly Way[];
    readonly critical: {
      readonly points: readonly CriticalPlace[];
      readonly searches: number;
      readonly ranOff: number;
    } | null;
    /** Of a trained network: the way that its training went, fallen onto the plane. */
    readonly training: Way | null;
  };
}
