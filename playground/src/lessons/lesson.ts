// A lesson as data: what is asked, what is run, what the page checks. Its words stand apart, by language.

import type { Settings, ViewSpec } from "../state/index.ts";

/** What a step wants to see reached, of the run of its settings. */
export interface LessonGoal {
  /** As in Metrics, or "weight dense1/w 0". */
  readonly measure: "trainLoss" | "testLoss" | "accuracy" | "testAccuracy" | "step";
  readonly is: "atMost" | "atLeast";
  readonly value: number;
  /** After which the run is over, reached or not. */
  readonly withinSteps: number;
}

/** A step is a complete state: going back to it puts everything as it was. */
export interface LessonStep {
  /** The key of its words in the lesson's text. */
  readonly say: string;
  /** What is lit, as in "unit dense1/0" or "formula". */
  readonly target?: string;
  readonly settings?: Settings;
  readonly view?: Partial<ViewSpec>;
  /** Keys of the answers to choose from, the right one among them; locked in before anything moves. */
  readonly predict?: { readonly choices: readonly string[]; readonly right: string };
  readonly goal?: LessonGoal;
  /** As in "NNDL 4.3". */
  readonly book?: string;
}

export interface Lesson {
  readonly id: string;
  /** Sections of the notes, as in "1:15". */
  readonly notes: readonly string[];
  readonly steps: readonly LessonStep[];
}

/** The words of a lesson in one language. */
export interface LessonText {
  readonly title: string;
  readonly question: string;
  /** By the keys of the steps. */
  readonly says: Readonly<Record<string, string>>;
  readonly choices?: Readonly<Record<string, string>>;
  /** Where the notes slip. */
  readonly remark?: string;
}
