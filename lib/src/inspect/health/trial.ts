// A remedy tried: the run as it was and the run as it would be, trained from the same seed, side by side.

import { expectArgument, expectOptions, func, type Kinds, object } from "../../checks/arguments.ts";
import { ArgumentError, NumberError } from "../../checks/errors.ts";
import { countExamples, type Dataset } from "../../data/dataset.ts";
import { parseRunSpec, type RunSpec } from "../../spec/runspec.ts";
import type { Callback, EpochLogs } from "../../train/callbacks/index.ts";
import type { Evaluation } from "../../train/loop/evaluate.ts";
import { fitData } from "../../train/run/fit-data.ts";
import { callbacksOf, modelOf, trainRun } from "../../train/run/run.ts";
import type { Finding, Remedy, RemedyId } from "./finding.ts";
import { type Health, healthOf } from "./health.ts";
import { faultOf } from "./observe.ts";
import { applyRemedy, changesOf } from "./remedies.ts";

/** A run that was trained to be compared. */
export interface TrialRun {
  readonly spec: RunSpec;
  /** With the figures of the test set, as "testLoss". */
  readonly epochs: readonly EpochLogs[];
  /** Of the test set at the end; null where that is empty, or where numbers ceased to be finite. */
  readonly test: Evaluation | null;
  /** The sentence that it ended by; null where it went through. */
  readonly fault: string | null;
  readonly health: Health;
}

/** Whether a remedy helped: at the end; sooner, where the end is alike; not; or made it worse. */
export type Verdict = "helped" | "sooner" | "alike" | "worse";

/** One remedy beside the original. */
export interface TriedRemedy {
  readonly remedy: Remedy;
  /** What is otherwise in its specification, as in "optimizer.learningRate: 0.3 -> 0.03". */
  readonly changes: readonly string[];
  readonly run: TrialRun;
  readonly verdict: Verdict;
  /** The figure that it was told by, as "testAccuracy", of both runs; null where one of them has none. */
  readonly told: {
    readonly figure: string;
    readonly before: number;
    readonly after: number;
  } | null;
}

/** What became of a finding's remedies. */
export interface Trial {
  readonly finding: Finding;
  readonly original: TrialRun;
  readonly tried: readonly TriedRemedy[];
}

/** Options of tryRemedies(). */
export interface TrialOptions {
  /** Called after every epoch with what is trained, "original" or the name of a remedy. */
  readonly onEpoch?: (run: string, row: EpochLogs) => void;
  /** Called before a run is trained; its epochs are then counted anew. */
  readonly onRun?: (run: string, spec: RunSpec) => void;
  /** More for fit(), as one that stops when a user wants it. */
  readonly callbacks?: readonly Callback[];
}

const OPTIONS: Kinds<TrialOptions> = {
  onEpoch: func,
  onRun: func,
  callbacks: { says: "a list of callbacks", fits: Array.isArray },
};

/**
 * Trains a run anew and beside it with each remedy of a finding that its specification can express.
 * @param data as loaded; it is fitted to each network
 * @throws ArgumentError where no remedy of the finding can be expressed
 */
export async function tryRemedies(
  input: RunSpec,
  data: Dataset,
  finding: Finding,
  options: TrialOptions = {},
): Promise<Trial> {
  const spec = parseRunSpec(input);
  expectArgument("tryRemedies", "data", data, object);
  expectArgument("tryRemedies", "finding", finding, object);
  expectOptions("tryRemedies", options, OPTIONS);
  const changes = finding.remedies.flatMap((remedy) => {
    const changed = applyRemedy(spec, finding, remedy.id);
    return changed ? [{ remedy, changed }] : [];
  });
  if (changes.length === 0) {
    throw new ArgumentError(
      `tryRemedies: none of the remedies of "${finding.id}" can be written into this specification`,
    );
  }
  const original = await trained("original", spec, data, options);
  const tried: TriedRemedy[] = [];
  for (const { remedy, changed } of changes) {
    let next: RunSpec | null = changed;
    for (let turn = 0; next && turn < (RATES.has(remedy.id) ? MOST_RATES : 1); turn++) {
      const run: TrialRun = await trained(remedy.id, next, data, options);
      tried.push({ remedy, changes: changesOf(spec, next), run, ...compare(original, run) });
      const isStill = run.health.findings.some(({ severity }) => severity === "failure");
      next = isStill ? applyRemedy(next, finding, remedy.id) : null;
    }
  }
  return { finding, original, tried };
}

/** Rates are looked for by orders of magnitude: while the run fails, the next one is tried. */
const RATES: ReadonlySet<string> = new Set<RemedyId>(["smaller-rate", "larger-rate"]);
const MOST_RATES = 3;

async function trained(
  name: string,
  spec: RunSpec,
  raw: Dataset,
  { onEpoch, onRun, callbacks = [] }: TrialOptions,
): Promise<TrialRun> {
  onRun?.(name, spec);
  const model = modelOf(spec);
  const data = fitData(raw, model.network, spec);
  const epochs: EpochLogs[] = [];
  const judge = async () =>
    countExamples(data.test) === 0 ? null : await model.evaluate(data.test.x, data.test.y);
  const keeper: Callback = {
    name: "trial",
    async onEpochEnd(logs) {
      const figures = Object.entries((await judge()) ?? {});
      const row = {
        ...logs,
        ...Object.fromEntries(
          figures.map(([figure, value]) => [
            `test${figure[0]!.toUpperCase()}${figure.slice(1)}`,
            value,
          ]),
        ),
      };
      epochs.push(row);
      onEpoch?.(name, row);
    },
  };
  let error: NumberError | null = null;
  try {
    await trainRun(spec, model, data, { callbacks: [...callbacksOf(spec), ...callbacks, keeper] });
  } catch (thrown) {
    if (!(thrown instanceof NumberError)) throw thrown;
    error = thrown;
  }
  const fault = error && faultOf(error);
  return {
    spec,
    epochs,
    test: error ? null : await judge(),
    fault: error?.message ?? null,
    health: await healthOf({ spec, model, data, epochs, fault }),
  };
}

/** Accuracy that differs by less is alike, and losses that differ by less of themselves. */
const ALIKE = { accuracy: 0.01, loss: 0.1 };

function compare(original: TrialRun, other: TrialRun): Pick<TriedRemedy, "verdict" | "told"> {
  const told = figureOf(original, other);
  if (isLost(original) || isLost(other)) {
    if (!isLost(original)) return { verdict: "worse", told };
    return { verdict: isLost(other) ? "alike" : "helped", told };
  }
  if (!told) return { verdict: "alike", told };
  const { figure } = told;
  const end = gain(figure, told.before, told.after);
  if (end !== 0) return { verdict: end > 0 ? "helped" : "worse", told };
  const mean = ({ epochs }: TrialRun) =>
    epochs.reduce((sum, row) => sum + (row[figure] ?? 0), 0) / epochs.length;
  return { verdict: gain(figure, mean(original), mean(other)) > 0 ? "sooner" : "alike", told };
}

/** Its numbers ceased to be finite, or are finite nonsense. */
function isLost({ fault, health }: TrialRun): boolean {
  return fault !== null || health.findings.some(({ id }) => id === "divergence");
}

/** 1 where a figure got clearly better, -1 where it got clearly worse. */
function gain(figure: string, before: number, after: number): number {
  if (/accuracy|r2/i.test(figure)) {
    const difference = after - before;
    return Math.abs(difference) < ALIKE.accuracy ? 0 : Math.sign(difference);
  }
  if (!(after <= before * (1 + ALIKE.loss))) return -1;
  return after < before * (1 - ALIKE.loss) ? 1 : 0;
}

/** Accuracy, or another share that can be compared whatever the loss; else the loss, where both have the same. */
function figureOf(original: TrialRun, other: TrialRun): TriedRemedy["told"] {
  const [a, b] = [original.epochs.at(-1), other.epochs.at(-1)];
  const isSameLoss = JSON.stringify(original.spec.loss) === JSON.stringify(other.spec.loss);
  const wanted = [
    "testAccuracy",
    "testR2",
    "accuracy",
    ...(isSameLoss ? ["testLoss", "loss"] : []),
  ];
  const figure = wanted.find((name) => a?.[name] !== undefined && b?.[name] !== undefined);
  if (figure === undefined) return null;
  const end = (run: TrialRun, row: EpochLogs) => {
    const short = figure.startsWith("test") ? figure[4]!.toLowerCase() + figure.slice(5) : figure;
    return (figure.startsWith("test") ? run.test?.[short] : undefined) ?? row[figure]!;
  };
  return { figure, before: end(original, a!), after: end(other, b!) };
}
