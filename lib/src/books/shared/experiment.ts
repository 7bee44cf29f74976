// What an experiment is: numbers of a book beside ours, at the book's point or at one's own.

import type { Dataset } from "../../data/dataset.ts";
import type { Claim } from "./claim.ts";
import type { Mnist } from "./mnist.ts";
import { type ExperimentPoint, isBooks, type Parameter } from "./parameters.ts";

/** Where the data come from; an experiment calls for what it needs. */
export interface Sources {
  readonly mnist: () => Promise<Mnist>;
  readonly iris: () => Dataset;
}

/** An experiment: what it is about, where the book has it, and what it computes. */
export interface Experiment {
  readonly title: string;
  /** Book and place, as in "Nielsen, chapter 3". */
  readonly source: string;
  /** About how long it takes at the book's point, of one core. */
  readonly seconds: number;
  /** What may be told it, by name. */
  readonly parameters: Readonly<Record<string, Parameter>>;
  /**
   * The book's numbers beside ours. At a point that is not the book's they stand side by side without a
   * verdict: `holds` is null.
   * @throws ArgumentError for a parameter that it does not have, or of another kind
   */
  claims(sources: Sources, point?: ExperimentPoint): Promise<Claim[]>;
}

/** An experiment as its file tells it. */
export interface ExperimentParts extends Omit<Experiment, "claims" | "parameters"> {
  readonly parameters?: Experiment["parameters"];
  readonly claims: (point: ExperimentPoint, sources: Sources) => Claim[] | Promise<Claim[]>;
}

/** Takes the verdict off claims that were computed at another point than the book's. */
export function makeExperiment({ parameters = {}, claims, ...about }: ExperimentParts): Experiment {
  return {
    ...about,
    parameters,
    async claims(sources, point = {}) {
      const found = await claims(point, sources);
      if (isBooks(parameters, point)) return found;
      return found.map((one) => ({ ...one, holds: null }));
    },
  };
}
