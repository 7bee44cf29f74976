// A perceptron as a logic gate, and a half adder wired of five of them.

import { gates, perceptron } from "neurite/books";

export interface Values {
  readonly gate: "and" | "or" | "nand";
  readonly w1: number;
  readonly w2: number;
  readonly b: number;
}

const ROWS = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
] as const;

export function run({ gate, w1, w2, b }: Values) {
  // Fires where w . x + b > 0.
  const fire = (p: number, q: number) => perceptron.fire({ weights: [w1, w2], bias: b }, [p, q]);
  const answers = ROWS.map(([p, q]) => fire(p, q));
  const wanted = gates.TRUTH[gate];

  // The half adder of the book, with this perceptron in the place of each NAND.
  const added = ROWS.map(([p, q]) => {
    const both = fire(p, q);
    const sum = fire(fire(p, both), fire(q, both));
    return [sum, fire(both, both)] as const;
  });
  const isAdded = ROWS.map(([p, q], i) => 2 * added[i]![1] + added[i]![0] === p + q);

  const learnable = (["and", "or", "nand", "not"] as const).filter(
    (name) => gates.learn(name).verdict === "converged",
  );
  return {
    numbers: {
      right: answers.filter((a, i) => a === wanted[i]).length,
      added: isAdded.filter(Boolean).length,
      possible: learnable.length,
    },
    tables: {
      truth: ROWS.map(([p, q], i) => [p, q, wanted[i]!, answers[i]!]),
      adder: ROWS.map(([p, q], i) => [p, q, added[i]![0], added[i]![1], isAdded[i] ? "yes" : "no"]),
    },
    plane: planeOf(fire, wanted),
  };
}

/** What is answered on the square from -0.5 to 1.5, row by row from the top. */
function planeOf(fire: (p: number, q: number) => number, wanted: readonly number[]) {
  // A power of two: places are exact, so that cells on the line itself are all alike.
  const cells = 64;
  const at = (i: number) => -0.5 + (2 * (i + 0.5)) / cells;
  const values = Array.from({ length: cells * cells }, (_, i) =>
    fire(at(i % cells), at(cells - 1 - Math.floor(i / cells))),
  );
  const points = ROWS.map((x, i) => ({ x, y: wanted[i]! }));
  return { cells, center: [0.5, 0.5] as const, reach: 1, values, points };
}
