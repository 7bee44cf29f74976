// Nielsen, chapter 1: perceptrons as logic gates, by hand and by their learning rule; exclusive or is
// beyond one of them, and within reach of two layers.

import { atLeast } from "../../shared/bounds.ts";
import { type Claim, claim } from "../../shared/claim.ts";
import { counted, experimentPoint, type Parameters } from "../../shared/parameters.ts";
import {
  fire,
  GATES,
  type Perceptron,
  type PerceptronRun,
  trainPerceptron,
  twoLayerXor,
  XOR_CONTRADICTION,
} from "./perceptron.ts";

/** The gates by name; all but xor are one perceptron. */
export type Gate = "and" | "or" | "nand" | "not" | "xor";

type Bits = readonly number[];

const ONE_BIT: readonly Bits[] = [[0], [1]];
const TWO_BITS: readonly Bits[] = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
];

/** What each gate answers, for the inputs in binary order: 0, 1 or 00, 01, 10, 11. */
export const TRUTH: Readonly<Record<Gate, readonly number[]>> = {
  and: [0, 0, 0, 1],
  or: [0, 1, 1, 1],
  nand: [1, 1, 1, 0],
  not: [1, 0],
  xor: [0, 1, 1, 0],
};

/** The inputs of a gate in binary order. */
export function inputsOf(gate: Gate): readonly Bits[] {
  return gate === "not" ? ONE_BIT : TWO_BITS;
}

/** What a perceptron answers to all inputs of a gate. */
export function answers(gate: Gate, perceptron: Perceptron): number[] {
  return inputsOf(gate).map((x) => fire(perceptron, x));
}

/** Lets the perceptron rule learn a gate, from zero weights. */
export function learn(gate: Gate): PerceptronRun {
  return trainPerceptron(inputsOf(gate), TRUTH[gate]);
}

/** The most rows of the table of exclusive or that any of these perceptrons has right. */
export function bestOnXor(perceptrons: Iterable<Perceptron>): number {
  let best = 0;
  for (const perceptron of perceptrons) {
    const right = answers("xor", perceptron).filter((a, i) => a === TRUTH.xor[i]).length;
    best = Math.max(best, right);
  }
  return best;
}

/** Every perceptron of two inputs whose weights and bias are whole numbers of -reach to reach. */
export function* wholePerceptrons(reach: number): Generator<Perceptron> {
  for (let w1 = -reach; w1 <= reach; w1++) {
    for (let w2 = -reach; w2 <= reach; w2++) {
      for (let bias = -reach; bias <= reach; bias++) yield { weights: [w1, w2], bias };
    }
  }
}

const IMPOSSIBLE = `One perceptron cannot be XOR: ${XOR_CONTRADICTION.join("; ")}`;

/** What the experiment may be told instead. */
export interface GatesPoint {
  readonly reach: number;
}

/** The book's point of this experiment. */
export const PARAMETERS: Parameters<GatesPoint> = {
  reach: counted("the largest weight or bias of the perceptrons that are tried on XOR", 10),
};

/** The book's numbers of this experiment beside ours. */
export function claims(given: Partial<GatesPoint> = {}): Claim[] {
  const { reach } = experimentPoint("gates", PARAMETERS, given);
  const tried = ((2 * reach + 1) ** 3).toLocaleString("en-US");
  const byHand = (["and", "or", "nand", "not"] as const).map((gate) =>
    claim(`${gate} by hand`, TRUTH[gate].join(" "), answers(gate, GATES[gate]).join(" "), 0),
  );
  const byRule = (["and", "or", "nand", "not"] as const).flatMap((gate) => {
    const { perceptron, verdict } = learn(gate);
    return [
      claim(`${gate} by the rule`, TRUTH[gate].join(" "), answers(gate, perceptron).join(" "), 0),
      claim(`${gate}: the rule`, "converged", verdict, 0),
    ];
  });
  const run = learn("xor");
  const twoLayers = TWO_BITS.map((x) => twoLayerXor(x as [number, number]));
  return [
    ...byHand,
    ...byRule,
    claim("xor: the rule", "cycles", run.verdict, 0, IMPOSSIBLE),
    atLeast("xor: mistakes in its best epoch", 1, Math.min(...run.mistakes), { places: 0 }),
    claim(
      `xor: rows right, best of ${tried} perceptrons`,
      3,
      bestOnXor(wholePerceptrons(reach)),
      0,
    ),
    claim("xor by two layers", TRUTH.xor.join(" "), twoLayers.join(" "), 0),
  ];
}
