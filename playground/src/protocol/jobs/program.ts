// Jobs on programs: an expression recorded as it runs and compiled once, both timed, and an `if` on a value.

import type { Point } from "./unfold.ts";

/** A stage of compilation: its text, and for each line the values of the graph that it is about. */
export interface ProgramStage {
  readonly name: string;
  readonly text: string;
  readonly values: readonly (readonly string[])[];
}

/** One node as it is recorded. */
export interface RecordedNode {
  readonly name: string;
  readonly op: string;
  readonly reads: readonly string[];
  readonly value: number;
}

export interface ProgramJob {
  readonly asks: { readonly text: string; readonly at: Point };
  readonly gives: {
    /** What a run at once records, in its order. */
    readonly recorded: readonly RecordedNode[];
    /** Of value and gradient, compiled. */
    readonly stages: readonly ProgramStage[];
    readonly nodes: number;
    readonly kernels: number;
    /** Whether value and gradients of both ways are the same to the bit. */
    readonly isSame: boolean;
  };
}

/** A step of gradient descent on matrices, compiled: more kernels than a formula of numbers has. */
export interface StepProgramJob {
  readonly asks: { readonly rows: number };
  readonly gives: {
    readonly stages: readonly ProgramStage[];
    readonly nodes: number;
    readonly kernels: number;
  };
}

export interface ProgramTimesJob {
  readonly asks: { readonly text: string; readonly at: Point };
  /** Microseconds a call, medians; and how many calls were timed of each. */
  readonly gives: {
    readonly recorded: number;
    readonly compiled: number;
    readonly compiling: number;
    readonly calls: number;
  };
}

export interface BranchJob {
  readonly asks: { readonly x: number };
  readonly gives: {
    /** Recorded as it runs: the branch that was taken, what was recorded, the value and its derivative. */
    readonly dynamic: {
      readonly isAbove: boolean;
      readonly ops: readonly string[];
      readonly value: number;
      readonly derivative: number;
    };
    /** What the library says where the same function is compiled. */
    readonly refused: string | null;
    /** With `cond`: one program with both branches. */
    readonly compiled: {
      readonly ops: readonly string[];
      readonly value: number;
      readonly derivative: number;
    };
  };
}
