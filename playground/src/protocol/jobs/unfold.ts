// Jobs on computation graphs: an expression or a network unfolded, its matrices, its check, Mazur's two schemes.

import type {
  ChainPass,
  ComputationJacobian,
  ComputationOperation,
  ComputationOutput,
  NamedNumber,
} from "neurite/inspect/expression";

export type { ChainPass, ComputationOperation, ComputationOutput, NamedNumber };

/** Values by name. */
export type Point = Readonly<Record<string, number>>;

export interface WrittenSource {
  readonly kind: "written";
  readonly text: string;
  /** Inputs without a value are 1. */
  readonly at: Point;
}

/** Whose graph it is to be. */
export type UnfoldSource =
  | WrittenSource
  /** One of the library's, at its own point but for what `at` says. */
  | { readonly kind: "preset"; readonly name: string; readonly at: Point }
  /** The network that is loaded, its loss for one training example; `at` changes weights and inputs on paper alone. */
  | { readonly kind: "network"; readonly example: number; readonly at: Point };

/** An expression at a point with both modes, operation by operation. */
export interface Unfolded {
  readonly text: string;
  readonly inputs: readonly NamedNumber[];
  readonly operations: readonly ComputationOperation[];
  readonly outputs: readonly ComputationOutput[];
  /** A pass for each input, and one for each output. */
  readonly forward: readonly ChainPass[];
  readonly reverse: readonly ChainPass[];
  readonly jacobian: ComputationJacobian;
  /** Of the network that is loaded; null for an expression. */
  readonly network: UnfoldedNetwork | null;
}

export interface UnfoldedNetwork {
  /** How many examples it could be looked at with. */
  readonly examples: number;
  /** The training examples that the graph is of, from 0: a small minibatch where batch normalisation needs one. */
  readonly rows: readonly number[];
  /** Whether it is a chain of dense layers: then the library's record tells its error terms too. */
  readonly isChain: boolean;
}

export interface UnfoldJob {
  readonly asks: { readonly source: UnfoldSource };
  readonly gives: Unfolded;
}

/** The derivatives of some values by others. */
export interface Matrix {
  /** Names of rows and columns. */
  readonly of: readonly string[];
  readonly by: readonly string[];
  readonly values: readonly (readonly number[])[];
}

export interface MatricesJob {
  readonly asks: {
    readonly text: string;
    readonly at: Point;
    /** Which derivatives: of these names by those. */
    readonly wanted: readonly { readonly of: readonly string[]; readonly by: readonly string[] }[];
  };
  readonly gives: { readonly matrices: readonly Matrix[] };
}

/** A derivative by the chain rule beside a difference quotient. */
export interface CheckedSlope {
  readonly input: string;
  readonly output: string;
  readonly exact: number;
  /** (f(x + step) - f(x - step)) / 2 step. */
  readonly central: number;
  readonly error: number | null;
}

export interface SlopeCheckJob {
  readonly asks: { readonly text: string; readonly at: Point; readonly stepSize: number };
  readonly gives: { readonly rows: readonly CheckedSlope[] };
}

/** What the library's own record says of a network with one example, layer by layer. */
export interface EquationsJob {
  readonly asks: { readonly example: number };
  readonly gives: {
    readonly layers: readonly {
      readonly name: string;
      readonly activation: string;
      readonly z: readonly number[];
      readonly a: readonly number[];
      readonly slope: readonly number[] | null;
      readonly delta: readonly number[];
    }[];
  };
}

export type MazurScheme = "simultaneous" | "sequential";

export interface MazurJob {
  readonly asks: { readonly steps: number; readonly rate: number };
  readonly gives: {
    readonly [S in MazurScheme]: {
      readonly start: number;
      readonly afterOne: number;
      readonly afterAll: number;
      /** w1 to w8 after the first update. */
      readonly weights: readonly number[];
      readonly deltaH: readonly number[];
    };
  };
}

/** How many parameters a fully connected network has: as many passes would forward mode need. */
export interface PassCountJob {
  readonly asks: { readonly sizes: readonly number[] };
  readonly gives: { readonly forward: number; readonly reverse: number };
}
