// A memory network: Hopfield's, which recalls patterns up to its capacity of about 0.138 a unit, and no further.

import { hopfieldMemory } from "../../../nn/memory/index.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import { cast, mul, sub } from "../../../tensor/elementwise.ts";
import { at } from "../../../tensor/indexing.ts";
import { bernoulli, foldIn, key } from "../../../tensor/random.ts";
import { mean } from "../../../tensor/reduce.ts";
import { atLeast, below } from "../../shared/bounds.ts";
import { type Claim, claim } from "../../shared/claim.ts";
import type { Curves } from "../../shared/curves.ts";
import {
  counted,
  experimentPoint,
  natural,
  type Parameters,
  real,
} from "../../shared/parameters.ts";

/** What the experiment may be told instead. */
export interface RecallPoint {
  readonly units: number;
  readonly turned: number;
  readonly seed: number;
}

/** The point of this experiment. */
export const PARAMETERS: Parameters<RecallPoint> = {
  units: counted("units of the network", 100),
  turned: real("the share of a pattern's units that are turned before it is shown", 0.05),
  seed: natural("what the patterns are drawn by", 1),
};

/** What a unit holds, by statistical mechanics (Amit, Gutfreund and Sompolinsky 1985). */
const CAPACITY = 0.138;

/** Random patterns stored in a net, each shown with some units turned. */
export interface RecallOf {
  /** The mean agreement of what is recalled with what was stored: 1 for all units, 0 for chance. */
  readonly overlap: number;
  /** The share of the patterns that come back with at most a unit in twenty wrong. */
  readonly recalled: number;
}

/** Stores so many patterns of -1 and 1, and shows one after the other. */
export function recallOf(
  patterns: number,
  given: Partial<RecallPoint> = {},
  rule: "hebb" | "pseudoInverse" = "hebb",
): RecallOf {
  const { units, turned, seed } = experimentPoint("hopfield-recall", PARAMETERS, given);
  const signs = (share: number, place: number, shape: readonly number[]) =>
    sub(1, mul(cast(bernoulli(foldIn(key(seed), place), share, shape), "float32"), 2));
  const stored = signs(0.5, patterns, [patterns, units]);
  const memory = hopfieldMemory(stored, { rule });
  const overlaps = Array.from({ length: patterns }, (_, i) => {
    const pattern: Tensor = at(stored, i);
    const { state } = memory.recall(mul(pattern, signs(turned, 1000 + i, [units])));
    return mean(mul(state, pattern)).item();
  });
  return {
    overlap: overlaps.reduce((a, b) => a + b, 0) / patterns,
    recalled: overlaps.filter((overlap) => overlap >= 0.9).length / patterns,
  };
}

const CROSSTALK =
  "Up to about 0.138 patterns a unit a pattern comes back with a percent or so of its units wrong; beyond, patterns " +
  "push each other out and none is kept. The number is a limit for many units: of 100 the fall is smeared out.";
const PROJECTION =
  "The projection onto the patterns (the pseudo-inverse) holds what Hebb's rule cannot.";

/** How many of the patterns come back below, at and far above the capacity. */
export function claims(given: Partial<RecallPoint> = {}): Claim[] {
  const point = experimentPoint("hopfield-recall", PARAMETERS, given);
  const capacity = Math.floor(CAPACITY * point.units);
  const far = Math.round(0.3 * point.units);
  const few = Math.max(1, Math.round(0.05 * point.units));
  const at = recallOf(capacity, point);
  return [
    claim(`patterns that ${point.units} units hold: 0.138 of them`, 13, capacity, 0, CROSSTALK),
    claim(`${few} patterns: agreement`, 1, recallOf(few, point).overlap, 1e-2),
    atLeast(`${capacity} patterns: agreement`, 0.95, at.overlap),
    atLeast(`${capacity} patterns: share that comes back`, 0.85, at.recalled),
    below(`${far} patterns: share that comes back`, 0.25, recallOf(far, point).recalled),
    claim(
      `${far} patterns by projection: share that comes back`,
      1,
      recallOf(far, point, "pseudoInverse").recalled,
      0,
      PROJECTION,
    ),
  ];
}

/** Agreement over patterns a unit. */
export function curves(given: Partial<RecallPoint> = {}): Curves[] {
  const point = experimentPoint("hopfield-recall", PARAMETERS, given);
  const shares = [0.02, 0.05, 0.08, 0.11, 0.138, 0.17, 0.2, 0.25, 0.3];
  const points = shares.map((share) => {
    const patterns = Math.max(1, Math.round(share * point.units));
    return [patterns / point.units, recallOf(patterns, point).overlap] as const;
  });
  return [
    {
      title: "Recall over load",
      x: { label: "patterns a unit" },
      y: { label: "agreement with the stored pattern" },
      series: [
        { name: `${point.units} units`, points },
        { name: "capacity, 0.138", points: [[CAPACITY, 0.97]], book: true },
      ],
    },
  ];
}
