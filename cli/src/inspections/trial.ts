// What `neurite inspect RUN --try` shows: the run trained anew, and beside it with each remedy of a finding.

import { loadData } from "neurite/data";
import { NODE_DATA } from "neurite/data/node";
import {
  applyRemedy,
  type Finding,
  type Remedy,
  type Trial,
  type TrialRun,
  tryRemedies,
} from "neurite/inspect";
import { unknownName } from "neurite/ir";
import { type Callback, type RunSpec, trainingRows } from "neurite/train";
import { linesFigure } from "../drawings/lines.ts";
import { escapeHtml } from "../report/escape.ts";
import { CliError, Interrupted, UsageError } from "../terminal/failures.ts";
import { Stop, watchSignals } from "../terminal/interrupt.ts";
import type { Io } from "../terminal/io.ts";
import {
  barProgress,
  figure,
  lineProgress,
  type Progress,
  SILENT,
  words,
} from "../terminal/progress.ts";
import { table } from "../terminal/table.ts";
import { wrapLines } from "../terminal/wrap.ts";
import { healthOfRun } from "./health.ts";
import { type InspectContext, type Inspection, inspection } from "./section.ts";

const VERDICTS = {
  helped: "helped",
  sooner: "helped: it is there sooner",
  alike: "made no difference",
  worse: "made it worse",
} as const;

/**
 * The section of a trial.
 * @param wanted the finding, or true for the gravest that has a remedy
 */
export function trialSection(io: Io, wanted: string | true, isQuiet: boolean): Inspection {
  return inspection<Trial>({
    id: "trial",
    title: "The remedy tried, beside the run as it was",
    look: async (context) => {
      const finding = await chosenFinding(context, wanted);
      return await tried(io, context, finding, isQuiet);
    },
    text: trialText,
    html: trialHtml,
  });
}

/** @throws CliError where nothing can be tried, UsageError for a finding that the run does not have */
async function chosenFinding(context: InspectContext, wanted: string | true): Promise<Finding> {
  const { findings } = await healthOfRun(context);
  const { folder, spec } = context.run;
  if (findings.length === 0) {
    throw new CliError(
      `${folder}: nothing is wrong with this run, so that there is nothing to try`,
    );
  }
  const isOpen = (finding: Finding) =>
    finding.remedies.some(({ id }) => applyRemedy(spec, finding, id) !== null);
  if (wanted === true) {
    const first = findings.find(isOpen);
    if (first) return first;
    const ids = findings.map(({ id }) => id).join(", ");
    throw new CliError(
      `${folder}: no remedy of ${ids} can be written into the run's specification`,
    );
  }
  const named = findings.find(({ id }) => id === wanted);
  if (!named) {
    const ids = findings.map(({ id }) => id);
    throw new UsageError(`--try: ${unknownName("finding of this run", wanted, ids).message}`);
  }
  if (isOpen(named)) return named;
  const says = named.remedies.map((remedy) => remedy.says).join("; ");
  throw new CliError(`${folder}: what helps against ${wanted} cannot be tried here: ${says}`);
}

async function tried(
  io: Io,
  { run }: InspectContext,
  finding: Finding,
  isQuiet: boolean,
): Promise<Trial> {
  const data = await loadData(run.spec.data, NODE_DATA);
  const signals = watchSignals();
  let progress: Progress = SILENT;
  const follow: Callback = {
    name: "progress",
    onEpochBegin: (...given) => progress.callback.onEpochBegin?.(...given),
    onProgress: (...given) => progress.callback.onProgress?.(...given),
  };
  const onRun = (name: string, spec: RunSpec) => {
    progress.stop();
    if (isQuiet) return;
    const { epochs, validationSplit = 0 } = spec.training;
    io.stderr.write(`${name}:\n`);
    const examples = trainingRows(data.train.x.shape[0]!, validationSplit);
    progress = (io.stderr.isTTY === true ? barProgress : lineProgress)({ io, epochs, examples });
  };
  try {
    return await tryRemedies(run.spec, data, finding, {
      onRun,
      onEpoch: (_, row) => progress.line(row),
      callbacks: [signals.callback, follow],
    });
  } catch (error) {
    if (error instanceof Stop)
      throw new Interrupted("interrupted; nothing was changed", error.exitCode);
    throw error;
  } finally {
    progress.stop();
    signals.dispose();
  }
}

/** The figures that runs are compared by, of the test set where there is one. */
function figuresOf({ original, tried }: Trial): string[] {
  const runs = [original, ...tried.map(({ run }) => run)];
  const has = (name: string) => runs.some(({ epochs }) => epochs.some((row) => name in row));
  const names = ["accuracy", "r2", "loss"].map(
    (name) => `test${name[0]!.toUpperCase()}${name.slice(1)}`,
  );
  return has("testLoss") ? names.filter(has) : ["accuracy", "loss"].filter(has);
}

const HEAD = ["run", "findings", "verdict"];

function rowsOf(trial: Trial): string[][] {
  const figures = figuresOf(trial);
  const cells = (name: string, run: TrialRun, verdict: string) => [
    name,
    ...figures.map((key) =>
      run.fault === null ? figure(key, run.epochs.at(-1)?.[key] ?? Number.NaN) : "not finite",
    ),
    run.health.findings.map(({ id }) => id).join(", ") || "none",
    verdict,
  ];
  return [
    cells("as it was", trial.original, ""),
    ...trial.tried.map(({ run, verdict }, i) => cells(namesOf(trial)[i]!, run, VERDICTS[verdict])),
  ];
}

/** A rate that was tried again has a number. */
function namesOf({ tried }: Trial): string[] {
  return tried.map(({ remedy: { id } }, i) => {
    const before = tried.slice(0, i).filter(({ remedy }) => remedy.id === id).length;
    return before === 0 ? id : `${id}, ${before + 1}`;
  });
}

function headOf(trial: Trial): string[] {
  const [run, ...others] = HEAD;
  return [run!, ...figuresOf(trial).map(words), ...others];
}

/** What a remedy does is told where it is met first. */
function saysOnce({ id, says }: Remedy, name: string): string {
  return name === id ? `: ${says}` : "";
}

/** The same change of several layers on one line: "model.layers.1, 2, 3.activation: sigmoid -> relu". */
function changesTold(changes: readonly string[]): string[] {
  const places = new Map<string, string[]>();
  for (const change of changes) {
    const [, head, place, rest] = /^(model\.\w+\.)(\d+)(.*)$/.exec(change) ?? [];
    const alike = head === undefined ? change : `${head}*${rest}`;
    places.set(alike, [...(places.get(alike) ?? []), place ?? ""]);
  }
  return [...places].map(([alike, list]) => alike.replace("*", list.join(", ")));
}

function trialText(trial: Trial): string[] {
  const { finding, original, tried } = trial;
  const names = namesOf(trial);
  return [
    ...wrapLines(`${finding.id}: ${finding.says}.`),
    "",
    ...table(headOf(trial), rowsOf(trial)),
    "",
    ...(original.fault === null ? [] : wrapLines(`As it was: ${original.fault}`)),
    ...tried.flatMap(({ remedy, changes, run, verdict }, i) => [
      ...wrapLines(`${names[i]} ${VERDICTS[verdict]}${saysOnce(remedy, names[i]!)}.`),
      ...changesTold(changes).map((change) => `  ${change}`),
      ...(run.fault === null ? [] : wrapLines(`  ${run.fault}`)),
    ]),
  ];
}

function trialHtml(trial: Trial): string {
  const { finding, original, tried } = trial;
  const names = namesOf(trial);
  const row = (cells: readonly string[], tag: string) =>
    `<tr>${cells.map((cell) => `<${tag}>${escapeHtml(cell)}</${tag}>`).join("")}</tr>`;
  const runs = [
    { name: "as it was", run: original },
    ...tried.map(({ run }, i) => ({ name: names[i]!, run })),
  ];
  const curves = figuresOf(trial).map((key) =>
    linesFigure({
      title: words(key)[0]!.toUpperCase() + words(key).slice(1),
      xLabel: "epoch",
      series: runs.map(({ name, run }) => ({
        name,
        points: run.epochs.map((logs) => [logs.epoch + 1, logs[key] ?? Number.NaN] as const),
      })),
      log: /loss/i.test(key),
      share: /accuracy/i.test(key),
    }),
  );
  const changes = tried.map(({ remedy, changes: list, verdict, run }, i) => {
    const fault = run.fault === null ? "" : `<br>${escapeHtml(run.fault)}`;
    const code = changesTold(list)
      .map((change) => `<br><code>${escapeHtml(change)}</code>`)
      .join("");
    return `<li><b>${escapeHtml(names[i]!)}</b> ${VERDICTS[verdict]}${escapeHtml(saysOnce(remedy, names[i]!))}.${code}${fault}</li>`;
  });
  const fault = original.fault === null ? "" : `<p>As it was: ${escapeHtml(original.fault)}</p>\n`;
  return `<p>${escapeHtml(finding.id)}: ${escapeHtml(finding.says)}. The cause: ${escapeHtml(finding.cause)}.</p>
<div class="wide"><table>
${row(headOf(trial), "th")}
${rowsOf(trial)
  .map((cells) => row(cells, "td"))
  .join("\n")}
</table></div>
${fault}<div class="pair">
${curves.join("\n")}
</div>
<ul>
${changes.join("\n")}
</ul>
<p class="hint">All were trained anew from the same seed; all else is as the run says.</p>`;
}
