// What can be wrong, as codes with data. `text/*/problems.ts` words them.

import type { ExpressionFault } from "neurite/inspect/expression";

/** Each code with what its sentence needs. */
export interface ProblemData {
  /** A link or file that is no such thing, or too large. */
  linkBroken: { readonly reason: "encoding" | "size" | "document" | "version" };
  /** One field of a document, what stood there and what is used instead. */
  fieldReplaced: { readonly path: string; readonly found: string; readonly used: string };
  /** A formula of too many or no names, or of several results. */
  formulaShape: {
    readonly most: number;
    readonly names: readonly string[];
    readonly results: number;
  };
  /** An expression that does not parse, with the place in it. */
  expression: {
    readonly text: string;
    readonly at: number;
    /** The mistake, as a code. */
    readonly fault: ExpressionFault;
  };
  /** A network whose computation graph is not drawn: what of it is in the way, and its name. */
  noGraph: {
    readonly reason: "layer" | "kind" | "ends" | "activation" | "loss" | "size";
    readonly name: string;
  };
  /** An expression with a name that is none of the inputs. */
  unknownInput: {
    readonly text: string;
    readonly at: number;
    readonly name: string;
    readonly known: string;
  };
  /** A formula that gives no finite number for an example: its inputs by name, and what it gives. */
  notFinite: {
    readonly text: string;
    readonly place: readonly (readonly [name: string, value: number])[];
    readonly value: number;
  };
  /** A name in the settings that means nothing, of what kind, and the one that is near it. */
  unknownName: { readonly what: string; readonly name: string; readonly meant: string | null };
  /** Settings that cannot be trained, and why; what is used instead is what was before, or what a page begins with. */
  settingsRefused: { readonly why: Problem; readonly instead: "before" | "first" };
  /** A network that would stop the page, as in "2-1000000-1". */
  networkTooLarge: {
    readonly found: string;
    readonly used: string;
    readonly layers: number;
    readonly units: number;
    /** The largest of any other number of a layer. */
    readonly number: number;
  };
  /** What a run says of its validation, which a page keeps and does not act on. */
  notFollowed: { readonly fields: readonly string[] };
  /** Weights that belong to another network. */
  weightsMisfit: { readonly names: readonly string[] };
  /** Settings for which the library has no meaning; `detail` is its own sentence, in English. */
  refused: { readonly detail: string };
  /** A run that cannot be written as a program of another language; `detail` is the library's sentence. */
  notWritten: { readonly detail: string };
  /** A file that holds no run; null where it holds weights without saying of what. */
  fileRefused: { readonly detail: string | null };
  /** The worker's script could not be loaded. */
  notStarted: Record<string, never>;
  /** Something that only makes sense once a run is loaded. */
  notLoaded: Record<string, never>;
  unknown: { readonly detail: string };
}

export type ProblemCode = keyof ProblemData;

export type Problem = {
  [C in ProblemCode]: { readonly code: C; readonly data: ProblemData[C] };
}[ProblemCode];
