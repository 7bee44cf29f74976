// What is answered in JSON: a class with its probabilities, a value, or the outputs as they are.

import { Refusal } from "./refusal.ts";
import type { Answer, FloatArray, ServedModel } from "./served-model.ts";

type Nested = number | readonly Nested[];

/** @throws Refusal where an output is no number, which JSON cannot hold */
export function predictionsIn(served: ServedModel, answer: Answer): object[] {
  const { count, outputs } = answer;
  const broken = outputs.some((data) => data.some((value) => !Number.isFinite(value)));
  if (broken) {
    throw new Refusal(
      422,
      "the outputs of the model are not finite: the numbers of an example are too large for it",
    );
  }
  return Array.from({ length: count }, (_, row) => prediction(served, answer, row));
}

function prediction(served: ServedModel, { count, outputs, shares }: Answer, row: number): object {
  const { classes, scale } = served;
  if (classes && shares) {
    const own = shares[row]!;
    const best = own.indexOf(Math.max(...own));
    return {
      class: classes[best],
      probabilities: Object.fromEntries(classes.map((name, c) => [name, own[c]])),
    };
  }
  if (scale && served.outputs.length === 1 && outputs[0]!.length === count) {
    const { mean, deviation } = scale;
    return { value: Number((outputs[0]![row]! * deviation + mean).toPrecision(7)) };
  }
  const given = served.outputs.map(({ name, shape }, i) => {
    const size = shape.reduce((a, b) => a * b, 1);
    return [name, nested(outputs[i]!, row * size, shape)] as const;
  });
  return given.length === 1 ? { output: given[0]![1] } : { outputs: Object.fromEntries(given) };
}

function nested(data: FloatArray, at: number, shape: readonly number[]): Nested {
  const [length, ...inner] = shape;
  if (length === undefined) return data[at]!;
  const size = inner.reduce((a, b) => a * b, 1);
  return Array.from({ length }, (_, i) => nested(data, at + i * size, inner));
}
