// Mazur's example with both orders of updating: all gradients first, or the output layer's weights first.

import { mazur } from "neurite/books";

export interface Values {
  readonly scheme: mazur.Scheme;
  readonly biases: "fixed" | "learnt";
  readonly updates: number;
}

export function run({ scheme, biases, updates }: Values) {
  const trainBiases = biases === "learnt";
  const at = (one: mazur.Scheme) => mazur.train({ scheme: one, trainBiases, steps: updates });
  const [together, inTurn] = [at("simultaneous"), at("sequential")];
  const chosen = scheme === "simultaneous" ? together : inTurn;
  const [a, b] = [together.afterAll.error, inTurn.afterAll.error];
  return {
    numbers: {
      error: chosen.afterAll.error,
      o1: chosen.afterAll.o[0]!,
      o2: chosen.afterAll.o[1]!,
      relative: Math.abs(a - b) / a,
    },
    tables: {
      schemes: [together, inTurn].map(({ afterOne, afterAll }) => [
        afterOne.error,
        afterAll.error,
        afterAll.o[0]!,
        afterAll.o[1]!,
      ]),
    },
  };
}
