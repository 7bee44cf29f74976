// A memory network: an LSTM that must keep a bit over a gap of noise, with its gates shown, beside a simple
// recurrent net of as many units.

import { dense, lstm, simpleRnn } from "../../../nn/layers/index.ts";
import type { Model } from "../../../train/model/model.ts";
import { sequential } from "../../../train/model/sequential.ts";
import { atLeast, below } from "../../shared/bounds.ts";
import type { Claim } from "../../shared/claim.ts";
import type { Curves } from "../../shared/curves.ts";
import {
  counted,
  experimentPoint,
  natural,
  type Parameters,
  real,
} from "../../shared/parameters.ts";
import { bitSequences, type Gates, gatesOf, keeperOf, markedStep, WINDOW } from "./lstm-gates.ts";

/** What the experiment may be told instead. */
export interface LstmMemoryPoint {
  readonly gap: number;
  readonly units: number;
  readonly epochs: number;
  readonly rate: number;
  readonly seed: number;
}

/** The point of this experiment. */
export const PARAMETERS: Parameters<LstmMemoryPoint> = {
  gap: counted("steps between the first ten, in which the bit comes, and the question", 10),
  units: counted("units of the recurrent layer", 8),
  epochs: counted("epochs over 500 sequences", 20),
  rate: real("the learning rate of Adam", 0.02),
  seed: natural("what sequences and weights are drawn by", 1),
};

/** A net that has learnt as far as it could. */
export interface Learnt {
  readonly model: Model;
  /** The share of unseen sequences whose bit it tells. */
  readonly right: number;
  /** The training loss after each epoch. */
  readonly losses: readonly number[];
}

/** Trains one recurrent layer with a logistic unit behind its last state. */
export async function train(
  kind: "lstm" | "simpleRnn",
  given: Partial<LstmMemoryPoint> = {},
): Promise<Learnt> {
  const { gap, units, epochs, rate, seed } = experimentPoint("lstm-memory", PARAMETERS, given);
  const layer =
    kind === "lstm" ? lstm(units, { name: "memory" }) : simpleRnn(units, { name: "memory" });
  const model = sequential([WINDOW + gap, 2], layer, dense(1, { activation: "sigmoid" })).with({
    seed,
  });
  model.compile({
    loss: "binaryCrossentropy",
    optimizer: { name: "adam", learningRate: rate },
    metrics: ["accuracy"],
  });
  const [seen, unseen] = [bitSequences(500, gap, seed + 1), bitSequences(300, gap, seed + 2)];
  const history = await model.fit(seen.x, seen.y, { epochs, batchSize: 50, progress: false });
  const { accuracy } = await model.evaluate(unseen.x, unseen.y);
  return { model, right: accuracy!, losses: history.epochs.map(({ loss }) => loss!) };
}

const WRITING =
  "A net of simple recurrent units can keep a bit that comes first, if its weights start orthogonal; what it does not " +
  "learn here is when to write. An LSTM multiplies: from the marked step on the cell of one unit says the bit. " +
  "Over 20 steps instead of 10 it learns from some starts only, in as many epochs or three times as many.";
const GATES =
  "The forget gate is what keeps the cell. That the input gate opens at the marked step and is closed at others is a " +
  "tale for people: here the candidate does as much of it as the gate.";

/** What both nets remember, and what the gates do. */
export async function claims(given: Partial<LstmMemoryPoint> = {}): Promise<Claim[]> {
  const point = experimentPoint("lstm-memory", PARAMETERS, given);
  const [gated, simple] = [await train("lstm", point), await train("simpleRnn", point)];
  const keeper = keeperOf(gated.model, bitSequences(SHOWN, point.gap, point.seed + 3));
  return [
    atLeast("LSTM: unseen bits told", 0.95, gated.right, { note: WRITING }),
    below("simple recurrent net of as many units", 0.75, simple.right),
    atLeast("cell and bit, 5 steps after the marked one: correlation", 0.9, keeper.after),
    below("cell and bit, the step before: correlation", 0.3, keeper.before),
    atLeast("forget gate after the marked step, mean", 0.7, keeper.forget, { note: GATES }),
  ];
}

/** Sequences over which cells are compared with bits. */
const SHOWN = 200;

/** The gates over two sequences of either bit, and how both nets learn. */
export async function curves(given: Partial<LstmMemoryPoint> = {}): Promise<Curves[]> {
  const point = experimentPoint("lstm-memory", PARAMETERS, given);
  const [gated, simple] = [await train("lstm", point), await train("simpleRnn", point)];
  const sequences = bitSequences(SHOWN, point.gap, point.seed + 3);
  const { unit } = keeperOf(gated.model, sequences);
  const steps = gatesOf(gated.model, sequences.x);
  const line = (name: string, values: readonly number[]) => {
    return { name, points: values.map((value, i) => [i, value] as const) };
  };
  const shown = [0, 1].map((bit): Curves => {
    const n = Array.from(sequences.y.data, Number).indexOf(bit);
    const along = (part: keyof Gates) =>
      steps.map((step) => step[part].data[n * point.units + unit]!);
    return {
      title: `The unit that keeps the bit; it is ${bit}, at step ${markedStep(sequences.x, n)}`,
      x: { label: "step" },
      y: { label: "gate, and cell" },
      series: (["input", "forget", "output", "cell"] as const).map((part) =>
        line(part, along(part)),
      ),
    };
  });
  return [
    ...shown,
    {
      title: "Learning",
      x: { label: "epoch" },
      y: { label: "training loss" },
      series: [line("LSTM", gated.losses), line("simple recurrent net", simple.losses)],
    },
  ];
}
