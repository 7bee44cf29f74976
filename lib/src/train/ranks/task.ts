// What ranks must have alike before they begin: examples, options, arithmetic.

import type { Batches, ModelExamples } from "../batches/examples.ts";
import type { Instance } from "../step/instance.ts";
import { expectAlike, Fingerprint } from "./agreement.ts";
import type { Exchange } from "./exchange.ts";

/** Options of fit() that decide how many steps there are, and of what. */
interface Task {
  readonly epochs?: number;
  readonly shuffle?: boolean;
  readonly resume?: readonly unknown[];
}

/** @throws NeuriteError, on every rank, where one of them was asked for something else */
export async function expectSameTask(
  exchange: Exchange,
  { engine, seed, dtype }: Instance,
  batches: Batches,
  validation: ModelExamples | null,
  { epochs = 1, shuffle = true, resume = [] }: Task,
): Promise<void> {
  const { size, part, count } = batches;
  const asked = [epochs, shuffle, resume.length, size, part, count, seed, dtype];
  await expectAlike(exchange, "at the start", {
    options: new Fingerprint().text(JSON.stringify(asked)).value,
    examples: printOfExamples(batches),
    "examples to validate by": validation ? printOfExamples(validation) : 0,
    // Other last bits would add up to other weights.
    arithmetic: new Fingerprint().text(`${engine.name} ${engine.fusedMultiplyAdds}`).value,
  });
}

function printOfExamples({ x, y, w = [] }: ModelExamples): number {
  const print = new Fingerprint();
  for (const { dtype, shape, data } of [...x, ...y, ...w]) {
    print.text(`${dtype} ${shape}`).add(data);
  }
  return print.value;
}
