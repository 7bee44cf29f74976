// neurite reproduce: the books' numbers beside ours.

import type { Command } from "commander";
import {
  type Claim,
  EXPERIMENTS,
  type Experiment,
  type ExperimentName,
  experimentNames,
  type Sources,
  showClaims,
  unknownExperiment,
} from "neurite/books";
import { loadIris, loadMnist } from "neurite/data/node";
import { Unsuccessful, UsageError } from "../terminal/failures.ts";
import { type Io, printEvent, printLines } from "../terminal/io.ts";
import { addNetwork2 } from "./reproduce-network2.ts";

interface ClaimsOptions {
  readonly json?: boolean;
}

/** Adds `reproduce` with one subcommand for each experiment. */
export function reproduceCommand(program: Command, io: Io): void {
  const names = experimentNames();
  const reproduce = program
    .command("reproduce")
    .summary("set a book's numbers beside ours")
    .description("Runs an experiment of a book, and sets the book's numbers beside ours.")
    .argument("[experiment]")
    .allowExcessArguments()
    .allowUnknownOption()
    .action((name: string | undefined) => {
      const others = ["network2", "all"];
      if (name !== undefined) throw new UsageError(unknownExperiment(name, others).message);
      const known = [...names, ...others].join(", ");
      throw new UsageError(`reproduce: expected the name of an experiment: ${known}`);
    });
  addNetwork2(reproduce, io);
  for (const name of names) addClaims(reproduce, name, EXPERIMENTS[name].title, [name], io);
  addClaims(reproduce, "all", "every experiment but network2, one after the other", names, io);
}

function addClaims(
  reproduce: Command,
  command: string,
  description: string,
  names: readonly ExperimentName[],
  io: Io,
): void {
  reproduce
    .command(command)
    .description(description)
    .option("--json", "print one JSON object a claim")
    .action(async ({ json = false }: ClaimsOptions) => {
      const off = await runAll(names, json, io);
      if (off > 0) throw new Unsuccessful();
    });
}

/** Runs experiments in turn and prints their claims. @returns how many are off */
async function runAll(names: readonly ExperimentName[], json: boolean, io: Io): Promise<number> {
  let digits: ReturnType<typeof loadMnist> | undefined;
  const sources: Sources = {
    mnist: () => {
      digits ??= loadMnist();
      return digits;
    },
    iris: () => loadIris({ seed: 1 }),
  };
  let off = 0;
  let total = 0;
  for (const name of names) {
    const { title, claims: claimsOf }: Experiment = EXPERIMENTS[name];
    const claims = await claimsOf(sources);
    if (json) for (const claim of claims) printEvent(io, claimEvent(name, claim));
    else printLines(io, title, showClaims(claims), "");
    total += claims.length;
    off += claims.filter(({ holds }) => !holds).length;
  }
  if (!json) printLines(io, `${total - off} of ${total} claims hold.`);
  return off;
}

function claimEvent(experiment: ExperimentName, claim: Claim): object {
  const { name, expected, actual, tolerance, holds, note } = claim;
  return {
    event: "claim",
    experiment,
    name,
    book: expected,
    neurite: actual,
    tolerance,
    holds,
    ...(note === undefined ? {} : { note }),
  };
}
