import { describe, expect, it } from "vitest";
import {
  bestCheckpoint,
  csvHistory,
  type EpochLogs,
  earlyStopping,
  halveLearningRate,
  type TrainingControl,
  toCsv,
} from "./callbacks.ts";

const logs = (epoch: number, figures: Record<string, number>): EpochLogs => ({
  epoch,
  loss: 1,
  learningRate: 0.1,
  seconds: 1,
  ...figures,
});

function makeControl() {
  const stopped: string[] = [];
  const control: TrainingControl = {
    learningRate: 0.8,
    stop: (reason) => stopped.push(reason),
    snapshot: () => new Map(),
    restore: () => {},
  };
  return { control, stopped };
}

describe("what counts as better", () => {
  const saved = async (monitor: string, values: number[], options = {}) => {
    const epochs: number[] = [];
    const callback = bestCheckpoint(({ epoch }) => void epochs.push(epoch), {
      monitor,
      ...options,
    });
    for (const [epoch, value] of values.entries()) {
      await callback.onEpochEnd!(logs(epoch, { [monitor]: value }), makeControl().control);
    }
    return epochs;
  };

  it("is smaller for losses and larger for accuracies, by their names", async () => {
    expect(await saved("valLoss", [3, 2, 2, 1])).toEqual([0, 1, 3]);
    expect(await saved("valAccuracy", [0.1, 0.3, 0.2, 0.4])).toEqual([0, 1, 3]);
  });

  it("is what mode says, by at least minDelta", async () => {
    expect(await saved("valLoss", [1, 2, 3], { mode: "max" })).toEqual([0, 1, 2]);
    expect(await saved("valLoss", [3, 2.95, 2.5], { minDelta: 0.1 })).toEqual([0, 2]);
  });

  it("is never NaN", async () => {
    expect(await saved("valLoss", [2, Number.NaN, 1])).toEqual([0, 2]);
  });

  it("needs a figure that the run has", async () => {
    const callback = earlyStopping({ patience: 1, monitor: "valAcuracy" });
    await expect(async () =>
      callback.onEpochEnd!(logs(0, { valAccuracy: 1 }), makeControl().control),
    ).rejects.toThrow('earlyStopping: there is no figure "valAcuracy" to monitor');
  });
});

it("early stopping counts epochs without a new best, across save and load", () => {
  const { control, stopped } = makeControl();
  const first = earlyStopping({ patience: 2 });
  first.onEpochEnd!(logs(0, { valLoss: 1 }), control);
  first.onEpochEnd!(logs(1, { valLoss: 2 }), control);
  const resumed = earlyStopping({ patience: 2 });
  resumed.load!(JSON.parse(JSON.stringify(first.save!())));
  resumed.onEpochEnd!(logs(2, { valLoss: 2 }), control);
  expect(stopped).toEqual(["no improvement of valLoss in 2 epochs; the best was 1 in epoch 0"]);
});

it("halving goes on after save and load, and stops far enough down", () => {
  const { control, stopped } = makeControl();
  const options = { patience: 1, stopBelow: 0.3 };
  const first = halveLearningRate(options);
  first.onEpochEnd!(logs(0, { valLoss: 1 }), control);
  first.onEpochEnd!(logs(1, { valLoss: 1 }), control);
  expect(control.learningRate).toBe(0.4);
  const resumed = halveLearningRate(options);
  resumed.load!(JSON.parse(JSON.stringify(first.save!())));
  resumed.onEpochEnd!(logs(2, { valLoss: 1 }), control);
  expect(control.learningRate).toBe(0.2);
  expect(stopped).toEqual(["the learning rate fell below 0.3 of where it began"]);
});

it("CSV history holds every epoch, those before a resume too", async () => {
  const { control } = makeControl();
  let csv = "";
  const write = (text: string) => {
    csv = text;
  };
  const first = csvHistory(write);
  await first.onEpochEnd!(logs(0, {}), control);
  const resumed = csvHistory(write);
  resumed.load!(JSON.parse(JSON.stringify(first.save!())));
  await resumed.onEpochEnd!(logs(1, { valLoss: 0.5 }), control);
  expect(csv).toBe("epoch,loss,learningRate,seconds,valLoss\n0,1,0.1,1,\n1,1,0.1,1,0.5\n");
  expect(toCsv([])).toBe("\n");
});
