// Runs experiments in turn: their claims are printed, and kept as logs where that is wished.

import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { join, resolve } from "node:path";
import {
  type Claim,
  EXPERIMENTS,
  type ExperimentName,
  type ExperimentPoint,
  type Sources,
  showClaims,
} from "neurite/books";
import { loadIris, loadKarateClub, loadMnist } from "neurite/data/node";
import { makeFolders, writeWhole } from "../files/output.ts";
import { CliError, reasonOf, UsageError } from "../terminal/failures.ts";
import { type Io, printEvent, printLines } from "../terminal/io.ts";
import { forFlag, plural } from "../terminal/names.ts";
import { carryOut } from "./full-run.ts";
import { type ExperimentLog, identityOf, logName, logOf, logText, programCommit } from "./log.ts";

/** How experiments are run. */
export interface Manner {
  readonly json: boolean;
  /** Long runs, each in a folder of its own. */
  readonly full?: { readonly folderOf: (name: string) => string };
  /** The folder where logs are kept. */
  readonly log?: string;
  /** True where curves are wished. */
  readonly curves?: boolean;
}

/** Runs experiments in turn and prints their claims. @returns their logs */
export async function runExperiments(
  names: readonly ExperimentName[],
  point: ExperimentPoint,
  manner: Manner,
  io: Io,
): Promise<ExperimentLog[]> {
  if (manner.log !== undefined) await expectLogFolder(manner.log);
  const sources = sourcesOfPackages();
  const logs: ExperimentLog[] = [];
  for (const name of names) {
    const { title, source } = EXPERIMENTS[name];
    const log = await forFlag(`reproduce ${name}`, () => runOne(name, point, manner, sources, io));
    if (manner.json) for (const claim of log.claims) printEvent(io, claimEvent(name, claim));
    else printLines(io, `${source}: ${title}`, showClaims(log.claims), "");
    if (manner.log !== undefined) {
      await writeWhole(join(manner.log, logName(log)), logText(log));
    }
    logs.push(log);
  }
  if (!manner.json) printLines(io, summaryOf(logs.flatMap(({ claims }) => claims)));
  return logs;
}

/** Makes the folder of logs before anything runs. @throws CliError where it cannot be */
async function expectLogFolder(folder: string): Promise<void> {
  try {
    await makeFolders(resolve(folder));
    await access(folder, constants.W_OK);
  } catch (error) {
    throw new CliError(
      `--log: expected a folder that can be written to: ${folder}: ${reasonOf(error)}`,
    );
  }
}

async function runOne(
  name: ExperimentName,
  point: ExperimentPoint,
  { full, curves = false }: Manner,
  sources: Sources,
  io: Io,
): Promise<ExperimentLog> {
  const program = await EXPERIMENTS[name].load();
  if (full) {
    if (!program.full) throw new UsageError("there is no full run of this experiment");
    return carryOut({
      name,
      program: program.full,
      point,
      folder: full.folderOf(name),
      sources,
      report: (text) => io.stderr.write(`${name}: ${text}\n`),
    });
  }
  await programCommit();
  const start = performance.now();
  const run = await program.run(sources, point, { curves });
  const identity = identityOf(name, false, program.parameters, point);
  return logOf(identity, run, (performance.now() - start) / 1000);
}

/** Data as the packages have them, each read once. */
function sourcesOfPackages(): Sources {
  let digits: ReturnType<typeof loadMnist> | undefined;
  return {
    mnist: () => {
      digits ??= loadMnist();
      return digits;
    },
    iris: () => loadIris({ seed: 1 }),
    karate: loadKarateClub,
  };
}

/** How many claims are judged, and off. */
export function countOff(claims: readonly Claim[]): { judged: number; off: number } {
  const judged = claims.filter(({ holds }) => holds !== null);
  return { judged: judged.length, off: judged.filter(({ holds }) => !holds).length };
}

/** "14 of 15 claims hold." */
export function summaryOf(claims: readonly Claim[]): string {
  const { judged, off } = countOff(claims);
  if (judged > 0) return `${judged - off} of ${judged} claims hold.`;
  return `${plural(claims.length, "number")} at your own point; the book's are for its own.`;
}

function claimEvent(experiment: ExperimentName, claim: Claim): object {
  const { name, expected, actual, tolerance, holds, isOurs, note } = claim;
  return {
    event: "claim",
    experiment,
    name,
    book: expected,
    neurite: actual,
    tolerance,
    holds,
    ...(isOurs && { isOurs }),
    ...(note === undefined ? {} : { note }),
  };
}
