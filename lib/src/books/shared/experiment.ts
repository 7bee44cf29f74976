// What an experiment is: numbers of a book beside ours, at the book's point or at one's own.

import type { Claim } from "./claim.ts";
import type { Curves } from "./curves.ts";
import type { FullRun, Work } from "./full-run.ts";
import { type ExperimentPoint, isBooks, type Parameter } from "./parameters.ts";
import type { ExperimentRun, Sources } from "./run.ts";

/** An entry of the table: what an experiment is about, and where the book has it. */
export interface Experiment {
  readonly title: string;
  /** Book and place, as in "Nielsen, chapter 3". */
  readonly source: string;
  /** About how long it takes at the book's point, of one core. */
  readonly seconds: number;
  /** Fetches what computes it; nothing of it is loaded before. */
  readonly load: () => Promise<ExperimentProgram>;
}

/** An experiment that can be run. */
export interface ExperimentProgram {
  /** What may be told it, by name. */
  readonly parameters: Readonly<Record<string, Parameter>>;
  /**
   * The book's numbers beside ours, with `curves` the curves too. At a point that is not the book's they stand
   * side by side without a verdict: `holds` is null.
   * @throws ArgumentError for a parameter that it does not have, or of another kind
   */
  run(
    sources: Sources,
    point?: ExperimentPoint,
    wishes?: { readonly curves?: boolean },
  ): Promise<ExperimentRun>;
  /** The long version, where there is one; judged as `run` is. */
  readonly full?: FullProgram;
}

/** A full run that can be carried out. */
export interface FullProgram extends Omit<FullRun, "run"> {
  run(sources: Sources, point: ExperimentPoint, work: Work): Promise<ExperimentRun>;
}

/** What the file of an experiment exports; it is the namespace that `import()` gives. */
export interface ExperimentFile {
  readonly PARAMETERS?: ExperimentProgram["parameters"];
  /** Claims, or with them the curves of the same run. */
  readonly claims: (
    point: ExperimentPoint,
    sources: Sources,
  ) => readonly Claim[] | ExperimentRun | Promise<readonly Claim[] | ExperimentRun>;
  /** Curves that have a run of their own: they are computed only where a page is wished. */
  readonly curves?: (
    point: ExperimentPoint,
    sources: Sources,
  ) => readonly Curves[] | Promise<readonly Curves[]>;
  readonly full?: FullRun;
}

/** An entry as the table of a book writes it. */
export interface ExperimentEntry extends Omit<Experiment, "load"> {
  readonly load: () => Promise<ExperimentFile>;
}

/** The table of a book's experiments, each loaded when it is run. */
export function experimentTable<Name extends string>(
  entries: Readonly<Record<Name, ExperimentEntry>>,
): Readonly<Record<Name, Experiment>> {
  const listed = Object.entries<ExperimentEntry>(entries).map(([name, { load, ...about }]) => [
    name,
    { ...about, load: async () => programOf(await load()) },
  ]);
  return Object.fromEntries(listed) as Record<Name, Experiment>;
}

function programOf({ PARAMETERS = {}, claims, curves, full }: ExperimentFile): ExperimentProgram {
  return {
    parameters: PARAMETERS,
    async run(sources, point = {}, wishes = {}) {
      const found = asRun(await claims(point, sources));
      const drawn = wishes.curves ? await curves?.(point, sources) : undefined;
      const run = drawn ? { ...found, curves: [...(found.curves ?? []), ...drawn] } : found;
      return judged(run, isBooks(PARAMETERS, point));
    },
    ...(full && {
      full: {
        ...full,
        run: async (sources, point, work) =>
          judged(await full.run(point, sources, work), isBooks(full.parameters, point)),
      },
    }),
  };
}

function asRun(found: readonly Claim[] | ExperimentRun): ExperimentRun {
  return "claims" in found ? found : { claims: found };
}

/** Takes the verdict off claims that were computed at another point than the book's. */
function judged(run: ExperimentRun, atBooks: boolean): ExperimentRun {
  if (atBooks) return run;
  return { ...run, claims: run.claims.map((one) => ({ ...one, holds: null })) };
}
