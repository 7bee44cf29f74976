// The job `lesson`: what the program of a lesson gives for the values of its controls.

import type { Interval, LandscapeSpec } from "./landscape.ts";

/** The values of controls by name: numbers, or options. */
export type Values = Readonly<Record<string, number | string>>;

/** All that a program gives. What a lesson does not show is left out. */
export interface Answer {
  readonly numbers: Readonly<Record<string, number>>;
  readonly curves?: Readonly<Record<string, AnswerCurve>>;
  /** Rows of numbers, or of names that the lesson's words have. */
  readonly tables?: Readonly<Record<string, readonly (readonly (number | string)[])[]>>;
  readonly net?: AnswerNet;
  readonly plane?: AnswerPlane;
  /** Expressions at a point, whose graphs the page unfolds. */
  readonly graphs?: Readonly<Record<string, AnswerGraph>>;
  readonly surface?: AnswerSurface;
}

export interface AnswerGraph {
  readonly text: string;
  readonly at: Readonly<Record<string, number>>;
}

/** A function of two numbers over a part of the plane, and a way over it. */
export interface AnswerSurface {
  readonly of: LandscapeSpec;
  readonly u: Interval;
  readonly v: Interval;
  readonly path?: {
    readonly u: readonly number[];
    readonly v: readonly number[];
    readonly height: readonly number[];
  };
}

export interface AnswerCurve {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** A network of dense layers at one example. */
export interface AnswerNet {
  /** From the inputs on. */
  readonly layers: readonly AnswerLayer[];
}

export interface AnswerLayer {
  /** What units give; of the inputs, the inputs. */
  readonly a: readonly number[];
  readonly z?: readonly number[];
  /** Error terms. */
  readonly delta?: readonly number[];
  readonly b?: readonly number[];
  /** Weights by unit, then by unit of the layer below. */
  readonly w?: readonly (readonly number[])[];
}

/** A map of the plane, from the top left, and the points on it. */
export interface AnswerPlane {
  readonly cells: number;
  readonly center: readonly [number, number];
  readonly reach: number;
  /** Probabilities of the class 1. */
  readonly values: readonly number[];
  readonly points: readonly { readonly x: readonly [number, number]; readonly y: number }[];
}

export interface LessonJob {
  readonly asks: { readonly id: string; readonly values: Values };
  readonly gives: Answer;
}
