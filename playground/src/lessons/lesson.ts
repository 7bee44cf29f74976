// A lesson as data: what is asked, what the reader may move, what is shown, what the page checks. Its words
// stand apart, by language; its program, which gives every number, in `program.ts` beside it.

import type { Answer, Values } from "../protocol/index.ts";

/** What an answer is to be: a number of the program, and what it is held against. */
export interface Condition {
  /** A name among `numbers` of the answer. */
  readonly of: string;
  /** "near" is within `within` of the value. */
  readonly is: "atLeast" | "atMost" | "above" | "below" | "near";
  readonly value: number;
  readonly within?: number;
}

/** What the reader may move. */
export type Control =
  | {
      readonly kind: "number";
      readonly name: string;
      readonly min: number;
      readonly max: number;
      /** What the buttons and the slider go by. */
      readonly step: number;
      readonly isWhole?: boolean;
    }
  | { readonly kind: "choice"; readonly name: string; readonly options: readonly string[] };

/** One picture of an answer. Each kind has a file in pages/lesson/views. */
export type View =
  | { readonly kind: "numbers"; readonly of: readonly string[]; readonly digits?: number }
  | {
      readonly kind: "curves";
      readonly of: readonly string[];
      /** Names of the axes in the lesson's words. */
      readonly x: string;
      readonly y: string;
      readonly xDomain?: readonly [number, number];
      readonly yDomain?: readonly [number | null, number | null];
      readonly xLog?: boolean;
      readonly yLog?: boolean;
      /** A number of the answer that is marked on the x axis. */
      readonly mark?: string;
    }
  | { readonly kind: "table"; readonly of: string; readonly digits?: number }
  | { readonly kind: "net"; readonly digits?: number }
  | { readonly kind: "plane" }
  /** A computation graph to be walked through. */
  | {
      readonly kind: "graph";
      readonly of: string;
      /** The pass that is shown first, as "forward w"; the first reverse pass if not given. */
      readonly pass?: string;
      /** Whether BP1 to BP4 are lit where they act. */
      readonly hasEquations?: boolean;
    }
  /** A function of two numbers; the pointer moves the controls of these names. */
  | { readonly kind: "surface"; readonly u: string; readonly v: string };

/** What the reader says first; locked in before anything moves. */
export type Prediction =
  /** The right answer is the one whose condition holds of the step's own answer. */
  | { readonly kind: "choice"; readonly choices: Readonly<Record<string, Condition>> }
  | { readonly kind: "number"; readonly of: string; readonly within: number }
  /** Drawn through places of the x axis; right where the mean distance is at most `within`. */
  | {
      readonly kind: "curve";
      readonly of: string;
      readonly at: readonly number[];
      readonly range: readonly [low: number, high: number];
      readonly within: number;
    };

/** A step is a complete state: going back to it puts everything as it was. */
export interface LessonStep {
  /** The key of its words in the lesson's text, and of what is remembered. */
  readonly say: string;
  /** Every control's value to begin with. */
  readonly set: Values;
  /** A name of a control or number that is lit. */
  readonly target?: string;
  readonly predict?: Prediction;
  /** All are to hold. */
  readonly goal?: readonly Condition[];
  /** Values that reach the goal: tests run them. */
  readonly solution?: Values;
  /** Those of the lesson if not given. */
  readonly controls?: readonly string[];
  readonly views?: readonly View[];
  /** As in "NNDL 4.3". */
  readonly book?: string;
}

export interface Lesson {
  readonly id: string;
  /** Places in the notes, note and line, as in "1:15". */
  readonly notes: readonly string[];
  readonly controls: readonly Control[];
  readonly views: readonly View[];
  readonly steps: readonly LessonStep[];
  /** Whether a run takes so long that it waits for a button. */
  readonly isSlow?: boolean;
}

/** The words of a table: the names of its columns, and of its rows where they have any. */
export interface TableText {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows?: readonly string[];
}

/** The words of a lesson in one language. */
export interface LessonText {
  readonly title: string;
  readonly question: string;
  /** By the keys of the steps. Paragraphs are parted by an empty line. */
  readonly says: Readonly<Record<string, string>>;
  /** Of controls and their options, numbers, curves, axes and units. */
  readonly names: Readonly<Record<string, string>>;
  readonly choices?: Readonly<Record<string, string>>;
  /** Goals by the keys of their steps. */
  readonly goals?: Readonly<Record<string, string>>;
  readonly tables?: Readonly<Record<string, TableText>>;
  /** Where the notes slip. */
  readonly remark?: string;
  /** The formula in words. */
  readonly spoken?: string;
}

/** What a program is: a function of the controls' values. */
export type Program = (values: never) => Answer | Promise<Answer>;
