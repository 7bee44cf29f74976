// The networks of Nielsen's chapter 6 as he trained them: hours, kept epoch by epoch.

import type { Model } from "../../../train/model/model.ts";
import { around } from "../../shared/bounds.ts";
import type { Curves } from "../../shared/curves.ts";
import type { ExperimentFile } from "../../shared/experiment.ts";
import type { FullRun, Work } from "../../shared/full-run.ts";
import { counted, experimentPoint, natural, type Parameters } from "../../shared/parameters.ts";
import type { ExperimentRun, Sources } from "../../shared/run.ts";
import { NETWORK3_RUNS, type Network3Name, type Network3Run } from "./runs.ts";
import { claims, PARAMETERS, percentOfVote } from "./short-run.ts";
import {
  bestEpoch,
  type Network3Data,
  type Network3Epoch,
  network3Data,
  network3Model,
  trainNetwork3,
} from "./train.ts";

/** What a whole run may be told instead. */
interface FullPoint {
  readonly images: number;
  readonly epochs: number;
  readonly seed: number;
}

/** A point to either side is three times as far as chance takes 10,000 images at 99 % right. */
const RANGE = 0.3;

const OF_THREE =
  "The book's figure is the best of three runs whose seeds it does not tell; ours is one run, at the epoch of its " +
  "best validation accuracy.";
const OF_VOTE =
  "The book's figure is one vote of five networks whose seeds it does not tell; ours vote after their last epoch.";

/** One experiment: the network on few images, and the whole run. */
export function network3Experiment(name: Network3Name): ExperimentFile {
  return {
    PARAMETERS,
    claims: (point, { mnist }) => claims(name, mnist, point),
    full: network3FullRun(name),
  };
}

/** The whole run of a network, one of the chapter's unless another is given. */
export function network3FullRun(
  name: Network3Name,
  run: Network3Run = NETWORK3_RUNS[name],
): FullRun {
  const parameters: Parameters<FullPoint> = {
    images: counted("images to learn from, before they are expanded", 50_000),
    epochs: counted("epochs", run.epochs),
    seed: natural("what the weights of the first network are drawn by; of the next, the next", 1),
  };
  return {
    seconds: secondsOf(run),
    parameters,
    run: async (given, sources, work) =>
      carryOut(run, experimentPoint<FullPoint>(name, parameters, given), sources, work),
  };
}

async function carryOut(
  run: Network3Run,
  { images, epochs, seed }: FullPoint,
  { mnist }: Sources,
  { store, report }: Work,
): Promise<ExperimentRun> {
  const data = network3Data(await mnist(), run, images);
  const models: Model[] = [];
  const figures: Network3Epoch[][] = [];
  for (let voter = 0; voter < run.voters; voter++) {
    const model = network3Model(run, seed + voter);
    const key = `network-${voter + 1}`;
    const network = run.voters > 1 ? `network ${voter + 1}, ` : "";
    const checkpoint = await store.get<Uint8Array>(key);
    figures.push(
      await trainNetwork3(model, data, epochs, {
        checkpoint,
        onEpoch: async ({ epoch, validation, test }, bytes) => {
          await store.put(key, bytes());
          const right = `validation ${validation.toFixed(2)} %, test ${test.toFixed(2)} %`;
          report(`${network}epoch ${epoch + 1} of ${epochs}: ${right}`);
        },
      }),
    );
    models.push(model);
  }
  return { claims: [await figureOf(run, models, figures, data)], curves: [curvesOf(run, figures)] };
}

async function figureOf(
  { percent, voters }: Network3Run,
  models: readonly Model[],
  figures: readonly Network3Epoch[][],
  data: Network3Data,
) {
  const range = [percent - RANGE, Math.min(100, percent + RANGE)] as const;
  const ours = voters > 1 ? await percentOfVote(models, data) : bestEpoch(figures[0]!).test;
  return around("% of test images right", percent, range, ours, {
    places: 2,
    note: voters > 1 ? OF_VOTE : OF_THREE,
  });
}

function curvesOf(
  { percent, epochs, title }: Network3Run,
  figures: readonly Network3Epoch[][],
): Curves {
  const line = (of: "validation" | "test") =>
    figures.map((run, voter) => ({
      name: figures.length > 1 ? `${of}, network ${voter + 1}` : of,
      points: run.map((one) => [one.epoch + 1, one[of]] as const),
    }));
  return {
    title,
    x: { label: "epoch" },
    y: { label: "% right" },
    series: [
      ...line("validation"),
      ...line("test"),
      { name: "the book's test accuracy", points: [[epochs, percent]], book: true },
    ],
  };
}

/** Multiplications of a step decide; measured at about 10 billion a second. */
function secondsOf({ maps, hidden, expanded, epochs, voters }: Network3Run): number {
  let [side, channels, work] = [28, 1, 0];
  for (const filters of maps) {
    side -= 4;
    work += side ** 2 * filters * 25 * channels;
    side /= 2;
    channels = filters;
  }
  let inputs = side ** 2 * channels;
  for (const units of [...hidden, 10]) {
    work += inputs * units;
    inputs = units;
  }
  const images = (expanded ? 250_000 : 50_000) * epochs * voters;
  return Math.max(60, Math.round((images * (3 * work)) / 1e10));
}
