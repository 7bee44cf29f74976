// What a section of `neurite inspect` is: one look at a run, told as lines, as plain data and as HTML.

import type { NamedDataset } from "neurite/data";
import type { Model } from "neurite/train";
import type { StoredRun } from "../runs/run-folder.ts";

/** What every section may look at. It changes nothing of it. */
export interface InspectContext {
  /** Specification, checkpoint with what callbacks have kept (`checkpoint.callbacks`), folder. */
  readonly run: StoredRun;
  /** With the run's weights. */
  readonly model: Model;
  /** In the shapes of the network. */
  readonly data: NamedDataset;
  /** Which of the test examples is looked at where one is. */
  readonly row: number;
  /** What is looked at more closely, as far as it was said. */
  readonly place: InspectPlace;
  /** Which part of the loss surface is looked at. */
  readonly surface: SurfaceFlags;
}

/** What the flags say of the section "surface". */
export interface SurfaceFlags {
  /** Two parameters, as in "dense1/w[0,2]"; without them two directions. */
  readonly parameters?: readonly [u: string, v: string];
  readonly directions: "random" | "path";
  /** Of random directions. */
  readonly seed: number;
  /** How far to each side. */
  readonly reach?: number;
  /** Whether to train again and draw the way. */
  readonly path: boolean;
}

/** A layer, a cell of its map, and a channel: those of --layer, --at and --channel. */
export interface InspectPlace {
  readonly layer?: string;
  readonly at?: readonly [row: number, column: number];
  readonly channel?: number;
}

/** Why a section has nothing to show of a run, as the end of "not here: ...". */
export class NotHere {
  readonly reason: string;

  constructor(reason: string) {
    this.reason = reason;
  }
}

type Maybe<T> = T | Promise<T>;

/** A section as the command sees it: it computes once for a context. */
export interface Inspection {
  /** The name on the command line. */
  readonly id: string;
  readonly title: string;
  /** Null where the section has something to show of this run. */
  missing(context: InspectContext): Promise<NotHere | null>;
  /** For the terminal, at most 100 columns wide. */
  text(context: InspectContext): Promise<readonly string[]>;
  /** Plain data: what JSON.stringify can write, arrays of numbers included. */
  json(context: InspectContext): Promise<unknown>;
  /** A part of a page, in the classes and colours of report/page.ts. */
  html(context: InspectContext): Promise<string>;
}

/** What one writes of a section: a look that computes plain data, and three ways to tell it. */
export interface SectionDefinition<T> {
  readonly id: string;
  readonly title: string;
  /** Computes everything; NotHere for a run that it does not fit. */
  look(context: InspectContext): Maybe<T | NotHere>;
  text(found: T, context: InspectContext): readonly string[];
  /** Without it: the found data themselves. */
  json?(found: T, context: InspectContext): unknown;
  html(found: T, context: InspectContext): Maybe<string>;
}

/** Makes a section of a look. */
export function inspection<T>({
  id,
  title,
  look,
  text,
  json,
  html,
}: SectionDefinition<T>): Inspection {
  const done = new WeakMap<InspectContext, Promise<T | NotHere>>();
  const found = (context: InspectContext) => {
    const known = done.get(context) ?? Promise.resolve().then(() => look(context));
    done.set(context, known);
    return known;
  };
  const shown = async (context: InspectContext): Promise<T> => {
    const data = await found(context);
    if (data instanceof NotHere) throw new Error(`${id}: asked of a run that it does not fit`);
    return data;
  };
  return {
    id,
    title,
    async missing(context) {
      const data = await found(context);
      return data instanceof NotHere ? data : null;
    },
    text: async (context) => text(await shown(context), context),
    json: async (context) => {
      const data = await shown(context);
      return json ? json(data, context) : data;
    },
    html: async (context) => await html(await shown(context), context),
  };
}
