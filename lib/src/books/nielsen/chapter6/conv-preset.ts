// What `neurite train mnist --preset conv` reaches: chapter 6's two convolutions with rectified linear units, at least
// 99 % of the test digits.

import { parseRunSpec, type RunSpec } from "../../../spec/runspec.ts";
import type { EpochLogs } from "../../../train/callbacks/callback.ts";
import { fitData } from "../../../train/run/fit-data.ts";
import { PRESET_RUNS } from "../../../train/run/presets.ts";
import { modelOf, trainRun } from "../../../train/run/run.ts";
import { atLeast, below } from "../../shared/bounds.ts";
import type { Claim } from "../../shared/claim.ts";
import { type EpochByEpoch, trainEpochByEpoch } from "../../shared/epoch-by-epoch.ts";
import type { FullRun } from "../../shared/full-run.ts";
import { firstExamples, type Mnist } from "../../shared/mnist.ts";
import { counted, experimentPoint, natural, type Parameters } from "../../shared/parameters.ts";

/** What the experiment may be told instead. */
export interface ConvPresetPoint {
  readonly images: number;
  readonly test: number;
  readonly epochs: number;
  readonly seed: number;
}

const parameters = (images: number, test: number, epochs: number): Parameters<ConvPresetPoint> => ({
  images: counted("training images, counted from the first", images),
  test: counted("test images", test),
  epochs: counted("epochs", epochs),
  seed: natural("the run's seed", 0),
});

/** The same net on few images. */
export const PARAMETERS: Parameters<ConvPresetPoint> = parameters(500, 200, 2);

/** The preset as a specification. */
function specOf({ epochs, seed }: Pick<ConvPresetPoint, "epochs" | "seed">): RunSpec {
  const preset = PRESET_RUNS["mnist"]!["conv"]!;
  return parseRunSpec({ ...preset, seed, training: { ...preset.training, epochs } });
}

/** Percent of the test images right after each epoch, and the loss of each. */
async function trainPreset(
  mnist: Mnist,
  point: ConvPresetPoint,
  progress: Pick<EpochByEpoch, "checkpoint" | "onEpoch"> = {},
): Promise<readonly EpochLogs[]> {
  const spec = specOf(point);
  const model = modelOf(spec);
  const parts = {
    name: "mnist",
    classes: 10,
    train: firstExamples(mnist.train, point.images),
    test: firstExamples(mnist.test, point.test),
  };
  const data = fitData(parts, model.network, spec);
  return await trainEpochByEpoch(model, point.epochs, {
    ...progress,
    fit: (_, until, resume) =>
      trainRun({ ...spec, training: { ...spec.training, epochs: until } }, model, data, { resume }),
    judge: async () => {
      const { accuracy } = await model.evaluate(data.test.x, data.test.y);
      return { test: 100 * accuracy! };
    },
  });
}

/** On few images: that it learns. */
export async function claims(
  mnist: () => Promise<Mnist>,
  given: Partial<ConvPresetPoint> = {},
): Promise<Claim[]> {
  const point = experimentPoint("conv-preset", PARAMETERS, given);
  const logs = await trainPreset(await mnist(), point);
  return [
    below("cost of the last epoch / of the first", 1, logs.at(-1)!.loss / logs[0]!.loss),
    {
      name: "% of test images right, 6 epochs of 60,000 images",
      expected: ">= 99",
      actual: logs.at(-1)!["test"]!,
      tolerance: 0.005,
      holds: null,
      note:
        `Ours: ${point.epochs} epochs of ${point.images} images. The whole run: neurite reproduce conv-preset ` +
        "--full.",
    },
  ];
}

const WHOLE = parameters(60_000, 10_000, 6);

/** All images, kept epoch by epoch. */
export const full: FullRun = {
  seconds: 150,
  parameters: WHOLE,
  async run(given, { mnist }, { store, report }) {
    const point = experimentPoint<ConvPresetPoint>("conv-preset", WHOLE, given);
    const logs = await trainPreset(await mnist(), point, {
      checkpoint: await store.get<Uint8Array>("net"),
      onEpoch: async ({ epoch, test }, bytes) => {
        await store.put("net", bytes());
        report(`epoch ${epoch + 1} of ${point.epochs}: test ${test!.toFixed(2)} %`);
      },
    });
    const points = logs.map(({ epoch, test }) => [epoch + 1, test!] as const);
    return {
      claims: [
        atLeast("% of test images right, after the last epoch", 99, points.at(-1)![1], {
          places: 2,
        }),
      ],
      curves: [
        {
          title: "Test digits that the preset conv reads",
          x: { label: "epoch" },
          y: { label: "% right" },
          series: [
            { name: "test images", points },
            { name: "the book's, 99.23 %", points: [[point.epochs, 99.23]], book: true },
          ],
        },
      ],
    };
  },
};
