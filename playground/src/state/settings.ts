// What the pages are about, as plain data: what is trained on what, and how it is looked at.

import type { RunSpec } from "neurite/spec";

export type Language = "en" | "zh";
export type Theme = "auto" | "light" | "dark";
/** Whose letters and indices: Nielsen's book, NNDL's, Mazur's example. */
export type Notation = "nielsen" | "nndl" | "mazur";

export const LANGUAGES: readonly Language[] = ["en", "zh"];
export const THEMES: readonly Theme[] = ["auto", "light", "dark"];
export const NOTATIONS: readonly Notation[] = ["nielsen", "nndl", "mazur"];

/** One point of one's own: inputs in order, then the class number or the value. */
export interface OwnPoint {
  readonly x: readonly number[];
  readonly y: number;
}

/** Where the examples come from. */
export type DataSource =
  /** The set that the run names: `run.data`. */
  | { readonly kind: "named" }
  /** Drawn, tapped, or out of a table; the last share of them is for testing. */
  | {
      readonly kind: "points";
      /** How many classes; null where targets are values. */
      readonly classes: number | null;
      readonly names: readonly string[];
      readonly points: readonly OwnPoint[];
    }
  /** Points of a square with the class or value that an expression in x1 and x2 gives. */
  | {
      readonly kind: "formula";
      readonly text: string;
      readonly classes: number | null;
      readonly samples: number;
      readonly noise: number;
      readonly seed: number;
    };

/** The examples, and what the network is given of them. */
export interface DataSpec {
  readonly source: DataSource;
  /** Expressions in x1, x2 and so on, one an input of the network. */
  readonly features: readonly string[];
  /** What part of one's own points, or of a formula's, is for testing, in [0, 1). */
  readonly testShare: number;
}

/** What undo and redo go over, and what a link holds. */
export interface Settings {
  readonly run: RunSpec;
  readonly data: DataSpec;
}

/** What is selected and shown; changes nothing that is computed. */
export interface ViewSpec {
  /** As in "dense1/0", or "x/0" for an input; null where nothing is. */
  readonly unit: string | null;
  /** The example that is looked at, by its number; null for none. */
  readonly example: number | null;
  readonly showTest: boolean;
  readonly logLoss: boolean;
  /** Significant digits of numbers. */
  readonly digits: 4 | 9;
  /** Choices of a page of its own, by name. */
  readonly own: Readonly<Record<string, string | number | boolean>>;
}

export const VIEW: ViewSpec = {
  unit: null,
  example: null,
  showTest: true,
  logLoss: false,
  digits: 4,
  own: {},
};

/** Parts of the network page that a class link can hide. */
export const CONTROLS = ["data", "layers", "training", "net", "curves", "shelf"] as const;
export type ControlName = (typeof CONTROLS)[number];

/** All that may stand in a class link's list of what is hidden. */
export const HIDEABLE: readonly string[] = [...CONTROLS, "seed"];

/** What a teacher's link settles. */
export interface TeacherSpec {
  /** Names of controls that are not shown. */
  readonly hide: readonly string[];
  readonly lockSeed: boolean;
  readonly goal: string | null;
}
