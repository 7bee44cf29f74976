// What `neurite inspect RUN --try` shows: the run trained anew, and beside it with each remedy of a finding.

import { applyRemedy, type Finding, type Trial, tryRemedies } from "neurite/inspect";
import { unknownName } from "neurite/ir";
import { type Callback, type RunSpec, trainingRows } from "neurite/train";
import { loadSource } from "../sources/load.ts";
import { CliError, Interrupted, UsageError } from "../terminal/failures.ts";
import { Stop, watchSignals } from "../terminal/interrupt.ts";
import type { Io } from "../terminal/io.ts";
import { barProgress, lineProgress, type Progress, SILENT } from "../terminal/progress.ts";
import { healthOfRun } from "./health.ts";
import { type InspectContext, type Inspection, inspection } from "./section.ts";
import { trialHtml, trialText } from "./trial-told.ts";

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
  const data = await loadSource(run.spec.data, run.spec);
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
