// A run that is under way: examples, a model, and a timeline over all its steps.

import type { RunSpec } from "neurite/spec";
import { fetchRun, loadNetwork, loadTimeline, type Timeline } from "neurite/timeline";
import type { LayerInfo, LoadedInfo, Weights } from "../../protocol/index.ts";
import { effectBetween } from "../../state/effect.ts";
import type { Settings } from "../../state/index.ts";
import { dataInfo, type Prepared, prepareData, windowOfData } from "../data.ts";

/** Everything that one set of settings trains. */
export interface LiveRun {
  readonly settings: Settings;
  readonly data: Prepared;
  readonly timeline: Timeline;
  /** Steps of the run that were done before the timeline began. */
  readonly base: number;
  /** What is wrong with the weights that it was to begin with: those were left aside, all of them. */
  readonly misfits?: readonly string[];
  /** The same in epochs, which may have had other numbers of steps. */
  readonly baseEpoch: number;
}

/** Epochs of the run that are done, as a fraction. */
export function epochOf({ baseEpoch, timeline }: LiveRun): number {
  return baseEpoch + timeline.step / timeline.stepsPerEpoch;
}

/** @param done how far the weights were trained before */
export async function startRun(
  settings: Settings,
  weights?: Weights,
  done = { step: 0, epoch: 0 },
): Promise<LiveRun> {
  const { run, data: spec } = settings;
  const [network] = await Promise.all([loadNetwork(run.model, run.dtype), fetchRun(run)]);
  const data = await prepareData(spec, run, network);
  const timeline = await timelineOf(run, data);
  const { variables } = timeline.model.instance.params;
  const misfits = weights ? (await import("./misfits.ts")).misfitsOf(weights, variables) : [];
  if (weights && misfits.length === 0) {
    timeline.change(() => {
      for (const [name, variable] of variables) writeNumbers(variable, weights[name]!);
    });
  }
  return { settings, data, timeline, base: done.step, baseEpoch: done.epoch, misfits };
}

/** `halving` follows what validation gives, which steps alone cannot repeat: here nothing is halved. */
async function timelineOf({ halving: _, ...run }: RunSpec, data: Prepared): Promise<Timeline> {
  return await loadTimeline(run, data.fitted);
}

type Stored = {
  readonly storage: { read(): ArrayLike<number>; write(data: never): void };
  changed(): void;
};

/** Numbers in the array that a variable holds them in. */
export function writeNumbers(variable: Stored, numbers: ArrayLike<number>): void {
  const data = variable.storage.read() as Float32Array;
  data.set(numbers);
  variable.storage.write(data as never);
  variable.changed();
}

/**
 * The run under other settings: what they change decides what is kept. A new rate is set on the spot;
 * what asks for another step takes over the weights, and the timeline begins there.
 */
export async function changedRun(live: LiveRun, settings: Settings): Promise<LiveRun> {
  const effect = effectBetween(live.settings, settings);
  if (effect === null) return live;
  if (effect === "restarts") return await startRun(settings);
  if (effect === "live" && !settings.run.schedule) return withRate({ ...live, settings });
  const timeline = await timelineOf(settings.run, live.data);
  const before = live.timeline.model.instance.params.variables;
  timeline.change(() => {
    for (const [name, variable] of timeline.model.instance.params.variables) {
      writeNumbers(variable, before.get(name)!.storage.read());
    }
  });
  return {
    settings,
    data: live.data,
    timeline,
    base: live.base + live.timeline.step,
    baseEpoch: epochOf(live),
  };
}

/**
 * Trains on with the rate that the settings say. Going back puts the rate as it was then; what comes after
 * is another training if that is not the one that is asked for now.
 */
export function withRate(live: LiveRun): LiveRun {
  const { run } = live.settings;
  const rate = run.schedule ? null : rateOf(run);
  const { learningRate } = live.timeline.model.training;
  if (rate !== null && learningRate.item() !== rate) {
    live.timeline.change(() => writeNumbers(learningRate, [rate]));
  }
  return live;
}

function rateOf({ optimizer }: RunSpec): number | null {
  const rate = typeof optimizer === "object" ? optimizer["learningRate"] : undefined;
  return typeof rate === "number" ? rate : null;
}

/** What the page is told of a run once it is loaded. */
export function infoOf(live: LiveRun): LoadedInfo {
  const { timeline, data } = live;
  const { model } = timeline;
  const { params } = model.instance;
  return {
    parameters: [...params.variables].map(([name, { type }]) => [name, type.shape] as const),
    layers: layersOf(live),
    input: model.network.placed.find(({ kind }) => kind === "input")?.name ?? "",
    stepsPerEpoch: timeline.stepsPerEpoch,
    window: windowOfData(data),
    data: dataInfo(data),
  };
}

function layersOf({ timeline: { model }, settings: { run } }: LiveRun): LayerInfo[] {
  const specs = "layers" in run.model ? run.model.layers : run.model.nodes;
  const written = specs.filter(({ kind }) => kind !== "input");
  const placed = model.network.placed.filter(({ kind }) => kind !== "input");
  return placed.map(({ name, kind, outputShape }, i) => {
    const activation = kind === "dense" ? (written[i]?.["activation"] ?? "linear") : null;
    const units = outputShape.reduce((product, extent) => product * extent, 1);
    return { name, kind, units, activation: nameIn(activation) };
  });
}

/** "leakyRelu" of { name: "leakyRelu", slope: 0.1 } too. */
function nameIn(activation: unknown): string | null {
  if (typeof activation === "string") return activation;
  if (typeof activation !== "object" || activation === null) return null;
  const { name } = activation as { readonly name?: unknown };
  return typeof name === "string" ? name : null;
}
