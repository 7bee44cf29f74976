// What is wrong with a run, by its cause, with what helps: all rules over one observation.

import {
  expectArgument,
  expectOptions,
  instance,
  type Kinds,
  listOf,
  object,
} from "../../checks/arguments.ts";
import type { Dataset } from "../../data/dataset.ts";
import { parseRunSpec, type RunSpec } from "../../spec/runspec.ts";
import type { EpochLogs } from "../../train/callbacks/index.ts";
import { Model } from "../../train/model/model.ts";
import { biasShift, exploding, vanishing } from "./depth.ts";
import type { Finding } from "./finding.ts";
import { observe, type RunFault } from "./observe.ts";
import { divergence, notFinite, oneClass, standstill } from "./outcome.ts";
import { REMEDIES } from "./remedies.ts";
import type { Diagnosis, HealthRule } from "./rules.ts";
import { deadRelu, saturatedOutput, saturation } from "./units.ts";

/** A run that is to be looked at. */
export interface HealthOptions {
  readonly spec: RunSpec;
  /** Its model as training left it. */
  readonly model: Model;
  /** In the shapes of the network, as `fitData()` gives it. */
  readonly data: Dataset;
  /** The epochs done, with their figures. */
  readonly epochs: readonly EpochLogs[];
  /** What ended it, where a NaN or an infinity did: of a NumberError, or of `firstFaultOf()`. */
  readonly fault?: RunFault | null;
}

/** What a run suffers from. */
export interface Health {
  /** The gravest first; none of a healthy run. */
  readonly findings: readonly Finding[];
  /** How many examples it was looked at with. */
  readonly examples: number;
  /** The mean loss of these examples, before training and after it. */
  readonly cost: { readonly start: number; readonly end: number };
}

const OPTIONS: Kinds<HealthOptions> = {
  spec: object,
  model: instance("a model", Model),
  data: object,
  epochs: listOf(object),
  fault: { says: "what ended the run, or null", fits: (x) => x === null || object.fits(x) },
};

/** In the order in which they explain each other: what made the numbers, then what the numbers are. */
const RULES: readonly HealthRule[] = [
  notFinite,
  divergence,
  deadRelu,
  exploding,
  vanishing,
  saturation,
  saturatedOutput,
  oneClass,
];
/** What makes a run slow where nothing else is wrong: the first that fits. */
const SLOW: readonly HealthRule[] = [standstill, biasShift];

/**
 * Searches a run for the illnesses that the books tell of: each with its cause and what helps. The net is
 * looked at before its first step, made again from the seed, and after its last one.
 * @throws ArgumentError or ShapeError for data that do not fit the model, or a model of several inputs or outputs
 */
export async function healthOf(run: HealthOptions): Promise<Health> {
  expectOptions("healthOf", run, OPTIONS, ["spec", "model", "data", "epochs"]);
  const { model, data, epochs, fault = null } = run;
  const spec = parseRunSpec(run.spec);
  expectArgument("healthOf", "data", data, DATA);
  const seen = await observe({ spec, model, data, epochs, fault });
  const ill = RULES.flatMap((rule) => rule(seen) ?? []);
  const found = ill.length > 0 ? ill : SLOW.flatMap((rule) => rule(seen) ?? []).slice(0, 1);
  const failures = found.filter(({ severity }) => severity === "failure");
  const warnings = found.filter(({ severity }) => severity === "warning");
  return {
    findings: [...failures, ...warnings].map(withWords),
    examples: seen.examples,
    cost: { start: seen.start.cost, end: seen.end.cost },
  };
}

const DATA = {
  says: "a data set, with examples { x, y } under train and test",
  fits: (value: unknown): boolean =>
    object.fits(value) &&
    object.fits((value as Dataset).train) &&
    object.fits((value as Dataset).test),
};

function withWords({ remedies, ...diagnosis }: Diagnosis): Finding {
  return { ...diagnosis, remedies: remedies.map((id) => ({ id, says: REMEDIES[id] })) };
}
