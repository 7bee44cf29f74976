// What neurite search says: as it begins, of each trial, and at the end as a table.

import { bestTrial, compareResults, lastResult, type Values } from "neurite/train/search";
import type { Io } from "../terminal/io.ts";
import { commandName, plural } from "../terminal/names.ts";
import { clock, figure, words } from "../terminal/progress.ts";
import { table } from "../terminal/table.ts";
import type { TrialEvent } from "./ledger.ts";
import type { ToldSearch } from "./search-folder.ts";
import { type ToldTrial, trialName } from "./told-trials.ts";

/** Rows of the table on the screen; the report has them all. */
const MOST_ROWS = 15;

/** "optimizer.learningRate" as "learningRate", where no other path ends so. */
export function shortPaths(search: ToldSearch): ReadonlyMap<string, string> {
  const paths = search.ready.plan.dimensions.map(({ path }) => path);
  const end = (path: string) => path.split(".").at(-1)!;
  return new Map(
    paths.map((path) => {
      if (paths.filter((other) => end(other) === end(path)).length === 1) return [path, end(path)];
      const inLayer = /^model\.layers\.(\d+)\.(\w+)$/.exec(path);
      return [path, inLayer ? `${inLayer[2]} (${inLayer[1]})` : path];
    }),
  );
}

export function valueText(value: unknown): string {
  if (typeof value === "number") return String(Number(value.toPrecision(4)));
  if (typeof value === "string") return value;
  return value === undefined ? "" : JSON.stringify(value);
}

function valuesText(search: ToldSearch, values: Values): string {
  const names = shortPaths(search);
  return Object.entries(values)
    .map(([path, value]) => `${names.get(path) ?? path} ${valueText(value)}`)
    .join("  ");
}

export function openingLines(
  { ready, header, folder, trials }: ToldSearch,
  jobs: number,
): string[] {
  const { spec, plan, monitor } = ready;
  const done = trials.filter(({ state }) => state !== "asked").length;
  const varied = plan.dimensions.map(({ path }) => path).join(", ");
  return [
    `${spec.data.name}: search by ${plan.search.strategy} over ${varied}`,
    `judged by ${words(monitor)}, ${judgedOn(ready.spec.training.validationSplit ?? 0)}; ` +
      `seed ${plan.search.seed}; ${plural(jobs, "process", "processes")} of ${plural(header.threads, "thread")}; in ${folder}`,
    ...(done > 0 ? [`Going on after ${plural(done, "trial")}.`] : []),
  ];
}

function judgedOn(split: number): string {
  if (split === 0) return "of the training examples: there are too few to keep some for validation";
  return `on ${Number((100 * split).toPrecision(3))} % of the training examples`;
}

/** A line for a trial that is done, or has failed; null for what is no news to people. */
export function eventLine(event: TrialEvent, search: ToldSearch): string | null {
  const { monitor, plan } = search.ready;
  const trial = search.trials[event.trial]!;
  const name = `trial ${trialName(event.trial)}`;
  if (event.event === "lost") return `${name}  ${event.reason}; it is started again`;
  if (event.event === "failed") return `${name}  failed: ${event.reason}`;
  if (event.event === "ask") return null;
  const best = bestTrial(search.trials, plan.mode);
  const isBest = best?.id === event.trial;
  const result = `${words(monitor)} ${figure(monitor, event.score)}`;
  const epochs = plural(event.epochs, "epoch").padEnd(10);
  return `${name}  ${epochs}  ${result}${isBest ? " *" : "  "}  ${valuesText(search, trial.values)}`;
}

/** Better first; those that failed last. */
export function rankedTrials({ trials, ready: { plan } }: ToldSearch): readonly ToldTrial[] {
  const compare = compareResults(plan.mode);
  const best = bestTrial(trials, plan.mode);
  const group = (trial: ToldTrial) => {
    if (trial === best) return 0;
    if (lastResult(trial) === null) return 3;
    return trial.train === undefined ? 1 : 2; // quick trials behind whole ones
  };
  return [...trials].sort((a, b) => {
    const [first, second] = [lastResult(a), lastResult(b)];
    const byGroup = group(a) - group(b);
    if (byGroup !== 0 || !first || !second) return byGroup || a.id - b.id;
    return compare(first, second) || a.id - b.id;
  });
}

/** Column titles and cells of the trials, best first. */
export function trialTable(search: ToldSearch): {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
} {
  const { monitor, plan } = search.ready;
  const names = shortPaths(search);
  const isQuick = search.trials.some(({ train }) => train !== undefined);
  const head = [
    "trial",
    words(monitor),
    "epochs",
    ...(isQuick ? ["examples"] : []),
    "time",
    ...plan.dimensions.map(({ path }) => names.get(path)!),
  ];
  const rows = rankedTrials(search).map((trial) => {
    const result = lastResult(trial);
    const without = trial.state === "failed" ? "failed" : "–";
    const score = result ? figure(monitor, result.score) : without;
    return [
      trialName(trial.id),
      score,
      String(trial.epochs),
      ...(isQuick ? [trial.train === undefined ? "all" : String(trial.train)] : []),
      trial.done ? clock(trial.seconds) : "–",
      ...plan.dimensions.map(({ path }) => valueText(trial.values[path])),
    ];
  });
  return { head, rows };
}

export function closingLines(search: ToldSearch, report: string | null): string[] {
  const { head, rows } = trialTable(search);
  const failed = search.trials.filter(({ state }) => state === "failed");
  const { best, folder, ready } = search;
  const kept = ready.spec.training.validationSplit ? ", and trained with all examples" : "";
  return [
    ...table(head, rows.slice(0, MOST_ROWS)),
    ...(rows.length > MOST_ROWS ? [`and ${rows.length - MOST_ROWS} more, in the report`] : []),
    ...(failed.length > 0
      ? [`${plural(failed.length, "trial")} failed; the first: ${failed[0]!.failed!.reason}`]
      : []),
    ...(best === null
      ? ["No trial gave a figure, so that there is no best one."]
      : [`best: trial ${trialName(best.trial)}${kept}: ${testText(best.test)}`]),
    ...(report === null ? [] : [`report: ${report}`]),
    ...(best === null
      ? []
      : [
          "Next, try:",
          `  ${commandName()} evaluate ${best.folder}`,
          `  ${commandName()} train ${folder}/best.json --epochs ${2 * ready.plan.epochs} --out runs/best`,
        ]),
  ];
}

/** The figures of the test set. */
export function testText(test: Readonly<Record<string, number>> | null): string {
  if (test === null) return "there are no test examples";
  const { loss, ...others } = test;
  const shown = Object.keys(others).length > 0 ? others : { loss: loss! };
  return Object.entries(shown)
    .map(([name, value]) => `test ${words(name)} ${figure(name, value)}`)
    .join("  ");
}

/** A line that is written over, where there is a terminal; lines that stay go above it. */
export interface StatusLine {
  show(text: string): void;
  line(text: string): void;
  clear(): void;
}

export function statusLine({ stderr }: Io, isQuiet: boolean): StatusLine {
  const isTerminal = stderr.isTTY === true && !isQuiet;
  let shown = "";
  const clear = () => {
    if (shown !== "") stderr.write("\r\u001b[K");
  };
  const draw = () => {
    if (isTerminal && shown !== "") stderr.write(shown.slice(0, (stderr.columns ?? 80) - 1));
  };
  return {
    show(text) {
      if (!isTerminal) return;
      clear();
      shown = text;
      draw();
    },
    line(text) {
      if (isQuiet) return;
      clear();
      stderr.write(`${text}\n`);
      draw();
    },
    clear() {
      clear();
      shown = "";
    },
  };
}
