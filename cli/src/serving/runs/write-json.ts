// What is answered in JSON: a class with its probabilities, a value, or the outputs as they are.

import { elementCount } from "../../files/element-count.ts";
import { asLists, expectFinite } from "../json-body.ts";
import type { RunAnswer, RunForm } from "./form.ts";

/** @throws Refusal where an output is no number, which JSON cannot hold */
export function predictionsIn(form: RunForm, answer: RunAnswer): object[] {
  expectFinite(answer.outputs);
  return Array.from({ length: answer.count }, (_, row) => prediction(form, answer, row));
}

function prediction(form: RunForm, { count, outputs, shares }: RunAnswer, row: number): object {
  const { classes, scale } = form;
  if (classes && shares) {
    const own = shares[row]!;
    const best = own.indexOf(Math.max(...own));
    return {
      class: classes[best],
      probabilities: Object.fromEntries(classes.map((name, c) => [name, own[c]])),
    };
  }
  if (scale && form.outputs.length === 1 && outputs[0]!.data.length === count) {
    const { mean, deviation } = scale;
    return { value: Number((outputs[0]!.data[row]! * deviation + mean).toPrecision(7)) };
  }
  const given = form.outputs.map(({ name, shape }, i) => {
    const size = elementCount(shape);
    return [name, asLists((at) => outputs[i]!.data[at]!, row * size, shape)] as const;
  });
  return given.length === 1 ? { output: given[0]![1] } : { outputs: Object.fromEntries(given) };
}
