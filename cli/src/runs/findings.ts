// What a training that is done, or has ended by a NaN, is told of its health.

import { NumberError } from "neurite";
import type { Finding } from "neurite/inspect";
import type { TableFigures } from "../tables/figures.ts";
import { commandName } from "../terminal/names.ts";
import { wrapLines } from "../terminal/wrap.ts";
import type { Outcome, Prepared } from "./training.ts";

/** A training that is done, and what was found wrong with it. */
export interface JudgedOutcome extends Outcome {
  readonly findings: readonly Finding[];
  /** Of a table: the target in its own units, and what is easily had. */
  readonly table?: TableFigures | undefined;
}

/** What is wrong with a training that is done. */
export async function findingsOf({
  spec,
  model,
  data,
  rows,
}: Outcome): Promise<readonly Finding[]> {
  const { healthOf } = await import("neurite/inspect");
  return (await healthOf({ spec, model, data, epochs: rows })).findings;
}

/** A line or two for each, and where to look. */
export function findingsTold(findings: readonly Finding[], folder: string | null): string[] {
  if (findings.length === 0) return [];
  const where =
    folder === null
      ? `What helps: ${commandName()} inspect RUN --try, for a run saved with --out`
      : `What helps: ${commandName()} inspect ${folder} --try`;
  return [...findings.flatMap(({ id, says }) => wrapLines(`${id}: ${says}.`)), where];
}

/** Adds to the sentence that ended a training what else helps, and where to look. */
export async function addRemedy(error: unknown, run: Prepared): Promise<void> {
  if (!(error instanceof NumberError) || error.isGiven) return;
  const { faultOf, healthOf } = await import("neurite/inspect");
  const { spec, model, data, folder } = run;
  const { findings } = await healthOf({ spec, model, data, epochs: [], fault: faultOf(error) });
  const [first] = findings[0]?.remedies ?? [];
  const remedy = !first || first.id === "smaller-rate" ? "" : ` What helps more: ${first.says}.`;
  const next = folder === null ? "" : ` Try it: ${commandName()} inspect ${folder} --try`;
  error.message += remedy + next;
}
