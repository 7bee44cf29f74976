// neurite search: trials of settings in parallel processes, the best of them trained anew.

import { join } from "node:path";
import { type Command, Option } from "commander";
import { STRATEGY_NAMES } from "neurite/train/search";
import { writeWhole } from "../files/output.ts";
import { flagsGiven } from "../flags/flags.ts";
import { addMachineOptions, addRunOptions } from "../flags/options.ts";
import { followed } from "../ranks/follower.ts";
import { joinRanks } from "../ranks/join.ts";
import { PATIENCE, rankPlace } from "../ranks/ranks.ts";
import { carryOutSearch, endSearch, type ShownFlags } from "../search/carry-out.ts";
import { beginSearch, type OpenSearch, readSearch, resumeSearch } from "../search/search-folder.ts";
import { nextAsk } from "../search/search-loop.ts";
import { planHeader, type SearchFlags } from "../search/search-source.ts";
import { eventLine } from "../search/search-text.ts";
import { trialName, withEvent } from "../search/told-trials.ts";
import { CliError, UsageError } from "../terminal/failures.ts";
import { type Io, printEvent, printLines } from "../terminal/io.ts";
import { commandName, plural } from "../terminal/names.ts";
import { parseAbove0, parseCount, parseWhole } from "../terminal/options.ts";

interface Flags extends SearchFlags, ShownFlags {
  readonly out?: string;
  readonly resume?: string;
  readonly merge?: readonly string[];
  readonly plan?: boolean;
  readonly slurm?: string;
  readonly trial?: number;
  readonly worker?: boolean;
}

export function searchCommand(program: Command, io: Io): void {
  const command = program
    .command("search")
    .description(
      "Searches for settings that train well. The source is a data set, a table of your own (people.csv, with " +
        "--target income), or a specification in a .json file, which " +
        'may hold its space: "search": { "space": { "optimizer.learningRate": { "log": [0.001, 0.1] }, ' +
        '"model.layers.1.units": [16, 32] } }. Trials are judged by examples kept for validation; the test set ' +
        "judges the best one alone, at the end.",
    )
    .argument("[source]", "data set, table or spec.json")
    .optionsGroup("The search:")
    .option(
      "--vary <path=values>",
      "what varies, as in learningRate=0.001..0.1 or batchSize=16,32; may be repeated",
      (text: string, before: readonly string[] = []) => [...before, text],
    )
    .option(
      "--space <json>",
      "the same as JSON, or a file of it: paths, each with a list or a range",
    )
    .addOption(
      new Option("--strategy <name>", "how the next trial is chosen (by default random)").choices(
        STRATEGY_NAMES,
      ),
    )
    .option(
      "--trials <n>",
      "the most trials (by default 20, of a grid all); with --resume more of them",
      parseCount,
    )
    .option("--judge <figure>", "what trials are judged by, as in valLoss")
    .option(
      "--eta <factor>",
      "of asha: how many times the epochs of a rung the next has",
      parseAbove0,
    )
    .option("--min-epochs <n>", "of asha: epochs of the lowest rung", parseCount)
    .option("--jobs <n>", "trials at once (by default one a processor)", parseCount);
  addRunOptions(command);
  addMachineOptions(command)
    .optionsGroup("What is kept and shown:")
    .option("--out <folder>", "where the search is kept (by default searches/NAME)")
    .option("--resume <folder>", "go on with a search, whatever ended it")
    .option("--merge <folders...>", "make one search of several, in --out, and train its best")
    .option("--plan", "start nothing: print a command for each trial, for a launcher of your own")
    .option("--slurm <file>", "as --plan, and write a script for sbatch that runs the trials")
    .option(
      "--trial <n>",
      "run one trial of the search in --out, as its ledger asks for it",
      parseWhole,
    )
    .addOption(new Option("--worker").hideHelp())
    .option("--json", "print one JSON object an event on standard output")
    .option("-q, --quiet", "show no progress")
    .action((source: string | undefined, flags: Flags) => search(io, source, flags));
}

async function search(io: Io, source: string | undefined, flags: Flags): Promise<void> {
  if (flags.worker || flags.trial !== undefined) return await takeTrials(io, source, flags);
  const ranks = await joinRanks(rankPlace(), undefined, { patience: PATIENCE });
  if (ranks && ranks.rank > 0) {
    const { serveSearch } = await import("../search/rank-launcher.ts");
    return await followed(ranks, () => serveSearch(ranks));
  }
  const open = await opened(source, flags);
  const started = performance.now();
  try {
    if (flags.plan || flags.slurm !== undefined) {
      await printPlan(io, open, flags);
      if (ranks) await (await import("../search/rank-launcher.ts")).tellNoSearch(ranks);
      return await ranks?.close();
    }
    const done = await carryOutSearch(io, open, flags, ranks);
    await ranks?.close(); // the best is trained by one
    await endSearch(io, { ...open, told: done }, flags, started);
  } finally {
    await open.ledger.close();
    open.lock.release();
  }
}

/** A new search, or one to go on with. */
async function opened(source: string | undefined, flags: Flags): Promise<OpenSearch> {
  const { resume, merge, out } = flags;
  if (merge !== undefined) {
    if (source !== undefined || resume !== undefined) {
      throw new UsageError(
        "--merge: it takes searches that are there; leave the source and --resume away",
      );
    }
    const { mergeSearches } = await import("../search/merge.ts");
    return await mergeSearches(merge, out);
  }
  if (resume !== undefined) {
    expectKept(flags);
    if (source !== undefined || (out !== undefined && out !== resume)) {
      throw new UsageError(
        "--resume goes on with the search as it was; leave the source and --out away",
      );
    }
    return await resumeSearch(resume, flags.trials);
  }
  if (source === undefined) {
    throw new UsageError(
      "search: expected a data set or a specification, as in: neurite search iris",
    );
  }
  const header = await planHeader(source, flags);
  const folder = out ?? join("searches", nameOf(source, flags));
  return await beginSearch(folder, header);
}

/** A search that is there keeps what it is; only the number of its trials may grow. */
function expectKept({ resume: _r, out: _o, trials: _t, ...flags }: Flags): void {
  const { jobs: _j, json: _n, quiet: _q, plan: _p, slurm: _s, ...changed } = flags;
  const names = flagsGiven(changed).join(", ");
  if (names === "") return;
  throw new UsageError(
    `${names}: --resume goes on with the search as it was; only --trials may change`,
  );
}

function nameOf(source: string, { preset, strategy }: Flags): string {
  const name = source
    .split(/[/\\]/)
    .at(-1)!
    .replace(/\.(json|csv|tsv|jsonl)$/i, "");
  return [name, preset, strategy].filter((part) => part !== undefined).join("-");
}

/** One trial, or those that a search sends. */
async function takeTrials(io: Io, source: string | undefined, flags: Flags): Promise<void> {
  const { out, trial, worker } = flags;
  if (out === undefined || source !== undefined) {
    throw new UsageError(
      "--trial: expected the folder of its search alone, as in: --trial 3 --out searches/iris",
    );
  }
  const { ready, header, trials } = await readSearch(out);
  const setting = { folder: out, ready, threads: header.threads };
  if (worker) {
    if (!process.connected) throw new UsageError("--worker: only a search starts workers");
    const { serveTrials } = await import("../search/worker.ts");
    return await serveTrials(setting);
  }
  const told = trials[trial!];
  if (!told) {
    const last = trials.length === 0 ? "none is" : `they go from 0 to ${trials.length - 1}`;
    throw new UsageError(`--trial: trial ${trial} has not been asked for; ${last}`);
  }
  const { runTrial } = await import("../search/trial-run.ts");
  const event = await runTrial(setting, told.ask);
  const now = withEvent(trials, event);
  printLines(io, eventLine(event, { folder: out, ready, header, trials: now, best: null })!);
  if (event.event === "failed") throw new CliError(`trial ${trialName(event.trial)} failed`);
}

/** All trials that can be asked for with nothing known yet, as command lines. */
async function printPlan(io: Io, open: OpenSearch, { json, slurm }: Flags): Promise<void> {
  let search = open.told;
  for (let ask = nextAsk(search); ask; ask = nextAsk(search)) {
    await open.ledger.add(ask);
    search = { ...search, trials: withEvent(search.trials, ask) };
  }
  if (slurm !== undefined) {
    const { slurmScript } = await import("../search/slurm.ts");
    await writeWhole(slurm, slurmScript(search));
    io.stderr.write(`${slurm}: start it with: sbatch ${slurm}\n`);
    return;
  }
  const waiting = search.trials.filter(({ state }) => state === "asked");
  for (const { ask } of waiting) {
    if (json) printEvent(io, ask);
    else printLines(io, ask.command);
  }
  io.stderr.write(
    `${plural(waiting.length, "trial")}; when they have run: ${commandName()} search --resume ${search.folder}\n`,
  );
}
