import { describe, expect, it } from "vitest";
import {
  bestCheckpoint,
  csvHistory,
  divideByTen,
  type EpochLogs,
  earlyStopping,
  halveLearningRate,
  reduceOnPlateau,
  type TrainingControl,
  toCsv,
} from "./index.ts";

const logs = (epoch: number, figures: Record<string, number>): EpochLogs => ({
  epoch,
  loss: 1,
  learningRate: 0.1,
  seconds: 1,
  ...figures,
});

const FIGURES = new Map<string, "min" | "max" | null>([
  ["loss", "min"],
  ["valLoss", "min"],
  ["valAccuracy", "max"],
  ["own", null],
]);

function makeControl(given: Partial<TrainingControl> = {}) {
  const stopped: string[] = [];
  const control: TrainingControl = {
    learningRate: 0.8,
    isScheduled: false,
    isResumed: false,
    figures: FIGURES,
    ...given,
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

  it("is what the figure says of itself", async () => {
    expect(await saved("valLoss", [3, 2, 2, 1])).toEqual([0, 1, 3]);
    expect(await saved("valAccuracy", [0.1, 0.3, 0.2, 0.4])).toEqual([0, 1, 3]);
  });

  it("is what mode says, by at least minDelta", async () => {
    expect(await saved("valLoss", [1, 2, 3], { mode: "max" })).toEqual([0, 1, 2]);
    expect(await saved("valLoss", [3, 2.95, 2.5], { minDelta: 0.1 })).toEqual([0, 2]);
  });

  it("is never NaN or infinite, at the start neither", async () => {
    expect(await saved("valLoss", [2, Number.NaN, 1])).toEqual([0, 2]);
    expect(await saved("valLoss", [Number.NaN, Infinity, 3, -Infinity, 2])).toEqual([2, 4]);
    expect(await saved("valAccuracy", [Number.NaN, 0, Infinity, 0.1])).toEqual([1, 3]);
  });

  it("has to be said for a figure that does not say it", async () => {
    expect(await saved("own", [1, 2, 1], { mode: "max" })).toEqual([0, 1]);
    const text = /expected mode to be "min" or "max", since "own" does not say/;
    await expect(saved("own", [1])).rejects.toThrow(text);
    const { control } = makeControl();
    for (const callback of [
      earlyStopping({ monitor: "own", patience: 1 }),
      halveLearningRate({ monitor: "own", patience: 1 }),
      bestCheckpoint(() => {}, { monitor: "own" }),
    ]) {
      expect(() => callback.onTrainBegin!(control)).toThrow(text);
    }
  });

  it("needs a figure that the run has", async () => {
    const callback = earlyStopping({ patience: 1, monitor: "valAcuracy" });
    const { control } = makeControl();
    const text =
      'earlyStopping: there is no figure "valAcuracy" to monitor. Did you mean "valAccuracy"?';
    expect(() => callback.onTrainBegin!(control)).toThrow(text);
    expect(() => callback.onEpochEnd!(logs(0, { valAccuracy: 1 }), control)).toThrow(text);
    const { control: alone } = makeControl({ figures: new Map([["loss", "min"]]) });
    expect(() => earlyStopping({ patience: 1 }).onTrainBegin!(alone)).toThrow(
      'no figure "valLoss" to monitor. Give fit() a validationSplit or validationData.',
    );
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
  expect(stopped).toEqual(["no improvement of valLoss in 2 epochs; the best was 1 in epoch 1"]);
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

describe("a callback that is used again", () => {
  const { control } = makeControl();
  const { control: resumed } = makeControl({ isResumed: true });

  it("stops by the epochs of the new run alone, and goes back to its weights", () => {
    const { control: first, stopped } = makeControl();
    const callback = earlyStopping({ patience: 1, restoreBest: true });
    callback.onTrainBegin!(first);
    callback.onEpochEnd!(logs(0, { valLoss: 1 }), first);
    callback.onEpochEnd!(logs(1, { valLoss: 2 }), first);
    expect(stopped.length).toBe(1);
    const restored: unknown[] = [];
    const [kept, again] = [new Map(), makeControl({ isResumed: false })];
    const second = {
      ...again.control,
      snapshot: () => kept,
      restore: (best: unknown) => restored.push(best),
    };
    callback.onTrainBegin!(second);
    expect(callback.saveTensors!()).toBe(null);
    callback.onTrainEnd!(second);
    expect(restored).toEqual([]);
    callback.onEpochEnd!(logs(0, { valLoss: 9 }), second);
    callback.onEpochEnd!(logs(1, { valLoss: 8 }), second);
    callback.onTrainEnd!(second);
    expect(again.stopped).toEqual([]);
    expect(restored).toEqual([kept]);
  });

  it("goes on in a run that goes on, and stays stopped there", () => {
    const callback = earlyStopping({ patience: 2 });
    callback.onTrainBegin!(control);
    callback.onEpochEnd!(logs(0, { valLoss: 1 }), control);
    callback.onEpochEnd!(logs(1, { valLoss: 2 }), control);
    callback.onTrainBegin!(resumed);
    const { control: last, stopped } = makeControl({ isResumed: true });
    callback.onEpochEnd!(logs(2, { valLoss: 2 }), last);
    callback.onTrainBegin!(last);
    const reason = "no improvement of valLoss in 2 epochs; the best was 1 in epoch 1";
    expect(stopped).toEqual([reason, reason]);
    const { control: fresh, stopped: none } = makeControl();
    callback.onTrainBegin!(fresh);
    expect(none).toEqual([]);
  });

  it("halves from the first rate of the new run", () => {
    const callback = halveLearningRate({ patience: 1, stopBelow: 0.3 });
    callback.onTrainBegin!(control);
    for (const epoch of [0, 1, 2]) callback.onEpochEnd!(logs(epoch, { valLoss: 1 }), control);
    const { control: second, stopped } = makeControl({ learningRate: 0.1 });
    callback.onTrainBegin!(second);
    for (const epoch of [0, 1]) callback.onEpochEnd!(logs(epoch, { valLoss: 5 }), second);
    expect(second.learningRate).toBe(0.05);
    expect(stopped).toEqual([]);
  });

  it("saves its best and writes its rows anew", async () => {
    const [epochs, texts]: [number[], string[]] = [[], []];
    const best = bestCheckpoint(({ epoch }) => void epochs.push(epoch));
    const csv = csvHistory((text) => void texts.push(text));
    for (const valLoss of [1, 2]) {
      for (const callback of [best, csv]) {
        callback.onTrainBegin!(control);
        await callback.onEpochEnd!(logs(0, { valLoss }), control);
      }
    }
    expect(epochs).toEqual([0, 0]);
    expect(texts.map((text) => text.split("\n").length)).toEqual([3, 3]);
    csv.onTrainBegin!(resumed);
    await csv.onEpochEnd!(logs(1, {}), control);
    expect(texts.at(-1)!.split("\n").length).toBe(4);
  });

  it("keeps what was loaded for one run only", () => {
    const callback = earlyStopping({ patience: 1 });
    callback.load!({ watch: { best: 1, bestEpoch: 0, waited: 1 }, stopped: "no better" });
    const { control: first, stopped } = makeControl();
    callback.onTrainBegin!(first);
    callback.onTrainBegin!(first);
    expect(stopped).toEqual(["no better"]);
  });
});

it("refuses options and saved states that mean nothing", () => {
  const early = (options: object) => () => earlyStopping(options as { patience: number });
  expect(early({ patience: "2" })).toThrow(
    'expected patience to be a whole number above 0, received "2"',
  );
  expect(early({ patience: -1 })).toThrow("received -1");
  expect(early({ monitor: "loss" })).toThrow("expected patience, a whole number above 0");
  expect(early({ patience: 1, mode: "maximum" })).toThrow('mode to be "min" or "max"');
  expect(early({ patience: 1, restore_best_weights: true })).toThrow("no option");
  expect(() => earlyStopping(undefined as never)).toThrow("expected an object of options");
  expect(() => halveLearningRate({ patience: 1, factor: 2 })).toThrow(
    "halveLearningRate: expected factor to be a number above 0 and below 1, received 2",
  );
  expect(() => halveLearningRate({ patience: 1, minDelta: Number.NaN })).toThrow("minDelta");
  expect(() => bestCheckpoint("best" as never)).toThrow("expected save to be a function");
  expect(() => csvHistory(undefined as never)).toThrow("expected write to be a function");
  for (const saved of [null, {}, { watch: null, stopped: null }, { watch: {}, stopped: null }]) {
    expect(() => earlyStopping({ patience: 1 }).load!(saved)).toThrow(
      /^what was saved of earlyStopping: expected/,
    );
  }
  expect(() => csvHistory(() => {}).load!({})).toThrow("what was saved of it");
  const { control } = makeControl({ isScheduled: true });
  expect(() => halveLearningRate({ patience: 1 }).onTrainBegin!(control)).toThrow("no schedule");
});

it("halving waits as long again after each time", () => {
  const { control } = makeControl();
  const callback = halveLearningRate({ patience: 2, factor: 0.1 });
  const rates = [0, 1, 2, 3, 4].map((epoch) => {
    callback.onEpochEnd!(logs(epoch, { valLoss: 1 }), control);
    return Math.round(control.learningRate * 1000) / 1000;
  });
  expect(rates).toEqual([0.8, 0.8, 0.08, 0.08, 0.008]);
});

describe("a rate that falls on a plateau", () => {
  const fallen = (callback: ReturnType<typeof divideByTen>, losses: readonly number[]) => {
    const { control, stopped } = makeControl();
    control.learningRate = 1;
    const rates = losses.map((valLoss, epoch) => {
      callback.onEpochEnd!(logs(epoch, { valLoss }), control);
      return Number(control.learningRate.toPrecision(12));
    });
    return { rates, stopped };
  };
  const flat = (epochs: number) => Array.from({ length: epochs }, () => 1);

  it("is divided by ten until a thousandth is left", () => {
    const { rates, stopped } = fallen(divideByTen({ patience: 2 }), flat(7));
    expect(rates).toEqual([1, 1, 0.1, 0.1, 0.01, 0.01, 0.001]);
    expect(stopped).toEqual(["the learning rate fell below 0.002 of where it began"]);
    expect(fallen(divideByTen(), flat(11)).rates.slice(-2)).toEqual([1, 0.1]);
  });

  it("falls no lower than it may, and cools down", () => {
    const plain = fallen(reduceOnPlateau({ patience: 1, minRate: 0.05 }), flat(5));
    expect(plain).toEqual({ rates: [1, 0.1, 0.05, 0.05, 0.05], stopped: [] });
    const cool = reduceOnPlateau({ patience: 1, factor: 0.5, cooldown: 2 });
    expect(fallen(cool, flat(8)).rates).toEqual([1, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.125]);
    // A rate below the lowest is not raised to it.
    const { control } = makeControl();
    control.learningRate = 0.01;
    const low = reduceOnPlateau({ patience: 1, minRate: 0.05 });
    low.onEpochEnd!(logs(0, { valLoss: 1 }), control);
    low.onEpochEnd!(logs(1, { valLoss: 1 }), control);
    expect(control.learningRate).toBe(0.01);
  });

  it("remembers how long it has cooled", () => {
    const made = () => reduceOnPlateau({ patience: 1, factor: 0.5, cooldown: 2 });
    const [first, resumed] = [made(), made()];
    fallen(first, flat(3));
    resumed.load!(JSON.parse(JSON.stringify(first.save!())));
    const { control } = makeControl();
    const rates = [3, 4, 5].map((epoch) => {
      resumed.onEpochEnd!(logs(epoch, { valLoss: 1 }), control);
      return control.learningRate;
    });
    expect(rates).toEqual([0.8, 0.4, 0.4]);
  });

  it("refuses what means nothing under its own name", () => {
    expect(() => divideByTen({ patience: 0 })).toThrow("divideByTen: expected patience");
    expect(() => reduceOnPlateau({ minrate: 1 } as object)).toThrow('Did you mean "minRate"?');
    expect(() => reduceOnPlateau({ cooldown: 1.5 })).toThrow("cooldown to be a whole number");
  });
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
  expect(csv).toBe("epoch,loss,learningRate,seconds,valLoss\n1,1,0.1,1,\n2,1,0.1,1,0.5\n");
  expect(toCsv([])).toBe("\n");
});
