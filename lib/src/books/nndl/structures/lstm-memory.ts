// A memory network: an LSTM that must keep a bit over a gap of noise, with its gates shown, beside a simple
// recurrent net of as many units.

import { Rng } from "../../../data/random.ts";
import { dense, lstm, simpleRnn } from "../../../nn/layers/index.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import { fromData, zeros } from "../../../tensor/create.ts";
import { add, mul, sigmoid, tanh } from "../../../tensor/elementwise.ts";
import { at } from "../../../tensor/indexing.ts";
import { split } from "../../../tensor/joining.ts";
import { matmul } from "../../../tensor/linear.ts";
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

/** Sequences [count, steps, 2] and their bits [count, 1]. */
export interface BitSequences {
  readonly x: Tensor;
  readonly y: Tensor;
}

/** Within how many steps the bit comes. */
const WINDOW = 10;

/**
 * Of the two features of a step the first is a bit, -1 or 1, and the second is 1 at one of the first ten steps and
 * 0 at all others: the bit of that step is asked for after the last one, `gap` steps after those ten.
 */
export function bitSequences(count: number, gap: number, seed: number): BitSequences {
  const rng = new Rng(seed);
  const steps = WINDOW + gap;
  const x = new Float32Array(count * steps * 2);
  const y = new Float32Array(count);
  for (let n = 0; n < count; n++) {
    const marked = Math.floor(rng.uniform(0, WINDOW));
    for (let t = 0; t < steps; t++) {
      const bit = Number(rng.uniform() < 0.5);
      const at = (n * steps + t) * 2;
      x[at] = 2 * bit - 1;
      if (t !== marked) continue;
      x[at + 1] = 1;
      y[n] = bit;
    }
  }
  return { x: fromData(x, [count, steps, 2]), y: fromData(y, [count, 1]) };
}

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

/** The gates of the unit that remembers, over the steps of one sequence. */
export interface Gates {
  readonly input: readonly number[];
  readonly forget: readonly number[];
  readonly output: readonly number[];
  readonly cell: readonly number[];
}

/** Carries an LSTM along one sequence [steps, 2], and looks at the unit whose cell is fullest at the end. */
export function gatesOf(model: Model, x: Tensor): Gates {
  const { w, wRecurrent, b } = model.layer("memory") as Record<string, Tensor>;
  const fromInput = add(matmul(x, w!), b!);
  const units = wRecurrent!.type.shape[0]!;
  let [h, c]: Tensor[] = [zeros([1, units]), zeros([1, units])];
  const steps = Array.from({ length: x.type.shape[0]! }, (_, t) => {
    const z = add(at(fromInput, `${t}:${t + 1}`), matmul(h!, wRecurrent!));
    const [zi, zf, zc, zo] = split(z, 4, -1) as [Tensor, Tensor, Tensor, Tensor];
    const [input, forget, output] = [sigmoid(zi), sigmoid(zf), sigmoid(zo)];
    c = add(mul(forget, c!), mul(input, tanh(zc)));
    h = mul(output, tanh(c));
    return { input, forget, output, cell: c };
  });
  const last = Array.from(c!.data, (value) => Math.abs(value));
  const unit = last.indexOf(Math.max(...last));
  const along = (part: keyof Gates) => steps.map((step) => step[part].data[unit]!);
  return {
    input: along("input"),
    forget: along("forget"),
    output: along("output"),
    cell: along("cell"),
  };
}

/** One unseen sequence with its marked step. */
function sample(gap: number, seed: number): { readonly x: Tensor; readonly marked: number } {
  const { x } = bitSequences(1, gap, seed);
  const steps = WINDOW + gap;
  const marked = Array.from({ length: steps }, (_, t) => x.data[2 * t + 1]).indexOf(1);
  return { x: at(x, 0), marked };
}

const WRITING =
  "A net of simple recurrent units can keep a bit that comes first, if its weights start orthogonal; what it does not " +
  "learn here is when to write. The LSTM multiplies: its input gate opens at the marked step, its forget gate stays " +
  "near 1 afterwards.";

/** What both nets remember, and what the gates do. */
export async function claims(given: Partial<LstmMemoryPoint> = {}): Promise<Claim[]> {
  const point = experimentPoint("lstm-memory", PARAMETERS, given);
  const [gated, simple] = [await train("lstm", point), await train("simpleRnn", point)];
  const { x, marked } = sample(point.gap, point.seed + 3);
  const { forget } = gatesOf(gated.model, x);
  const after = forget.slice(marked + 1);
  return [
    atLeast("LSTM: unseen bits told", 0.95, gated.right, { note: WRITING }),
    below("simple recurrent net of as many units", 0.75, simple.right),
    atLeast(
      "forget gate after the marked step, mean",
      0.7,
      after.reduce((a, f) => a + f, 0) / after.length,
    ),
  ];
}

/** The gates over one sequence, and how both nets learn. */
export async function curves(given: Partial<LstmMemoryPoint> = {}): Promise<Curves[]> {
  const point = experimentPoint("lstm-memory", PARAMETERS, given);
  const [gated, simple] = [await train("lstm", point), await train("simpleRnn", point)];
  const { x, marked } = sample(point.gap, point.seed + 3);
  const gates = gatesOf(gated.model, x);
  const line = (name: string, values: readonly number[]) => {
    return { name, points: values.map((value, i) => [i, value] as const) };
  };
  return [
    {
      title: `Gates of the unit that remembers; step ${marked} is marked`,
      x: { label: "step" },
      y: { label: "gate, and cell" },
      series: Object.entries(gates).map(([name, values]) => line(name, values)),
    },
    {
      title: "Learning",
      x: { label: "epoch" },
      y: { label: "training loss" },
      series: [line("LSTM", gated.losses), line("simple recurrent net", simple.losses)],
    },
  ];
}
