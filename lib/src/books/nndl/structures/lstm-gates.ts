// What an LSTM keeps: sequences of bits of which one is marked, and the gates of the unit that remembers it.

import { Rng } from "../../../data/random.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import { fromData, zeros } from "../../../tensor/create.ts";
import { add, mul, sigmoid, tanh } from "../../../tensor/elementwise.ts";
import { at } from "../../../tensor/indexing.ts";
import { split } from "../../../tensor/joining.ts";
import { matmul } from "../../../tensor/linear.ts";
import type { Model } from "../../../train/model/model.ts";

/** Sequences [count, steps, 2] and their bits [count, 1]. */
export interface BitSequences {
  readonly x: Tensor;
  readonly y: Tensor;
}

/** Within how many steps the bit comes. */
export const WINDOW = 10;

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

/** Gates and cells of all units, step by step: tensors [sequences, units]. */
export interface Gates {
  readonly input: Tensor;
  readonly forget: Tensor;
  readonly output: Tensor;
  readonly cell: Tensor;
}

/** Carries an LSTM along sequences [count, steps, 2]. */
export function gatesOf(model: Model, x: Tensor): readonly Gates[] {
  const { w, wRecurrent, b } = model.layer("memory") as Record<string, Tensor>;
  const [count, length] = x.type.shape as [number, number];
  const units = wRecurrent!.type.shape[0]!;
  let [h, c]: Tensor[] = [zeros([count, units]), zeros([count, units])];
  return Array.from({ length }, (_, t) => {
    const fromInput = add(matmul(at(x, ":", t), w!), b!);
    const z = add(fromInput, matmul(h!, wRecurrent!));
    const [zi, zf, zc, zo] = split(z, 4, -1) as [Tensor, Tensor, Tensor, Tensor];
    const [input, forget, output] = [sigmoid(zi), sigmoid(zf), sigmoid(zo)];
    const cell = add(mul(forget, c!), mul(input, tanh(zc)));
    [h, c] = [mul(output, tanh(cell)), cell];
    return { input, forget, output, cell };
  });
}

/** The unit that keeps the bit, and how well its cell tells it. */
export interface Keeper {
  readonly unit: number;
  /** The correlation of bit and cell: five steps after the marked one, and the step before it. */
  readonly after: number;
  readonly before: number;
  /** The mean of its forget gate after the marked step. */
  readonly forget: number;
}

const LATER = 5;

/** Looks for the unit whose cell, five steps after the marked one, goes with the bit most closely. */
export function keeperOf(model: Model, { x, y }: BitSequences): Keeper {
  const steps = gatesOf(model, x);
  const [count, units] = steps[0]!.cell.type.shape as [number, number];
  const marked = Array.from({ length: count }, (_, n) => markedStep(x, n));
  const bits = Array.from(y.data, Number);
  const follows = (unit: number, by: number) => {
    // Before the first step there is nothing in the cell.
    const cells = marked.map((m, n) => steps[m + by]?.cell.data[n * units + unit] ?? 0);
    return correlation(cells, bits);
  };
  const strength = Array.from({ length: units }, (_, unit) => Math.abs(follows(unit, LATER)));
  const unit = strength.indexOf(Math.max(...strength));
  const kept = marked.flatMap((m, n) =>
    steps.slice(m + 1).map(({ forget }) => forget.data[n * units + unit]!),
  );
  return {
    unit,
    after: strength[unit]!,
    before: Math.abs(follows(unit, -1)),
    forget: kept.reduce((a, f) => a + f, 0) / kept.length,
  };
}

/** Which step of sequence n is marked. */
export function markedStep(x: Tensor, n: number): number {
  const steps = x.type.shape[1]!;
  const marks = Array.from({ length: steps }, (_, t) => x.data[(n * steps + t) * 2 + 1]);
  return marks.indexOf(1);
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((x, y) => x + y, 0) / values.length;
  const [ma, mb] = [mean(a), mean(b)];
  const product = (p: readonly number[], mp: number, q: readonly number[], mq: number) =>
    p.reduce((total, value, i) => total + (value - mp) * (q[i]! - mq), 0);
  const spread = Math.sqrt(product(a, ma, a, ma) * product(b, mb, b, mb));
  return spread > 0 ? product(a, ma, b, mb) / spread : 0;
}
