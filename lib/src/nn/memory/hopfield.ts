// Hopfield's network (1982): patterns of -1 and 1 are the valleys of an energy, and a state rolls into one.

import { expectArgument, expectOptions, index, type Kinds, oneOf } from "../../checks/arguments.ts";
import { ArgumentError, ShapeError } from "../../checks/errors.ts";
import { showShape } from "../../ir/shape.ts";
import { tensorKind } from "../../runtime/values/kinds.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { fromData } from "../../tensor/create.ts";
import { foldIn, key as keyOf, permutation } from "../../tensor/random.ts";

/** Options of hopfieldMemory(). */
export interface HopfieldOptions {
  /**
   * How the weights are found. "hebb" (default): w = sum of x x^T / units over the patterns (Hebb 1949, Hopfield
   * 1982), which holds about 0.138 units of random patterns (Amit, Gutfreund and Sompolinsky 1985).
   * "pseudoInverse": the projection onto the patterns (Personnaz, Guyon and Dreyfus 1985), which holds any that
   * are linearly independent, however alike. No unit has a weight to itself.
   */
  readonly rule?: "hebb" | "pseudoInverse";
}

/** Options of recall(). */
export interface RecallOptions {
  /**
   * "async" (default): one unit after the other, in a random order in each sweep; the energy never rises, so that it
   * ends. "sync": all units at once, which may go to and fro between two states.
   */
  readonly mode?: "async" | "sync";
  /** How many sweeps over all units at most; 100 by default. */
  readonly sweeps?: number;
  /** Decides the orders of "async"; 0 by default. */
  readonly seed?: number;
}

/** What a memory settled in. */
export interface Recall {
  /** [units] of -1 and 1, float32. */
  readonly state: Tensor;
  /** True where the last sweep changed nothing. */
  readonly settled: boolean;
  /** The energy at first and after each sweep. */
  readonly energies: readonly number[];
}

/** Patterns stored in weights. */
export interface HopfieldMemory {
  readonly units: number;
  /** [units, units], symmetric, with zeros on its diagonal; float64. */
  readonly weights: Tensor;
  /** -1/2 s . w s of a state [units]. @throws ArgumentError and ShapeError for what is no such state */
  energy(state: Tensor): number;
  /**
   * Lets a state [units] settle: a unit becomes the sign of what it receives, w s, and stays as it is at 0.
   * @throws ArgumentError and ShapeError for what is no such state, and for unknown options
   */
  recall(state: Tensor, options?: RecallOptions): Recall;
}

const OPTIONS: Kinds<HopfieldOptions> = { rule: oneOf("hebb", "pseudoInverse") };
const RECALL: Kinds<RecallOptions> = {
  mode: oneOf("async", "sync"),
  sweeps: index,
  seed: index,
};

/**
 * A memory of patterns [count, units], each -1 or 1.
 * @throws ShapeError for patterns of another rank
 * @throws ArgumentError for other numbers, for no patterns or no units, and for unknown options
 */
export function hopfieldMemory(patterns: Tensor, options: HopfieldOptions = {}): HopfieldMemory {
  expectArgument("hopfieldMemory", "patterns", patterns, tensorKind);
  expectOptions("hopfieldMemory", options, OPTIONS);
  if (patterns.rank !== 2 || patterns.size === 0) {
    throw new ShapeError(
      `hopfieldMemory: expected patterns [count, units], one or more, received ${showShape(patterns.shape)}`,
    );
  }
  const units = patterns.type.shape[1]!;
  const data = signsOf("hopfieldMemory", patterns);
  const rows = Array.from({ length: patterns.type.shape[0]! }, (_, i) =>
    data.subarray(i * units, (i + 1) * units),
  );
  // Both are sums of v v^T: of the patterns, or of vectors of length 1 that span the same and are orthogonal.
  const spanning = options.rule === "pseudoInverse" ? orthonormal(rows) : rows;
  const scale = options.rule === "pseudoInverse" ? 1 : 1 / units;
  const weights = new Float64Array(units * units);
  for (const row of spanning) {
    for (let i = 0; i < units; i++) {
      for (let j = 0; j < i; j++) weights[i * units + j]! += row[i]! * row[j]! * scale;
    }
  }
  for (let i = 0; i < units; i++) {
    for (let j = 0; j < i; j++) weights[j * units + i] = weights[i * units + j]!;
  }
  const received = (s: Float64Array, unit: number): number => {
    let sum = 0;
    for (let j = 0; j < units; j++) sum += weights[unit * units + j]! * s[j]!;
    return sum;
  };
  const energyOf = (s: Float64Array): number => {
    let sum = 0;
    for (let i = 0; i < units; i++) sum += s[i]! * received(s, i);
    return -sum / 2 + 0; // no -0
  };
  return {
    units,
    weights: fromData(weights, [units, units]),
    energy: (state) => energyOf(stateOf("energy", state, units)),
    recall: (state, options = {}) => {
      expectOptions("recall", options, RECALL);
      const { mode = "async", sweeps = 100, seed = 0 } = options;
      const s = stateOf("recall", state, units).slice();
      const energies = [energyOf(s)];
      let settled = false;
      for (let sweep = 0; sweep < sweeps && !settled; sweep++) {
        const order = mode === "async" ? permutation(foldIn(keyOf(seed), sweep), units).data : null;
        const seen = mode === "async" ? s : s.slice();
        settled = true;
        for (let k = 0; k < units; k++) {
          const unit = order ? Number(order[k]) : k;
          const next = Math.sign(received(seen, unit)) || seen[unit]!;
          if (next !== s[unit]) settled = false;
          s[unit] = next;
        }
        energies.push(energyOf(s));
      }
      return { state: fromData(Float32Array.from(s), [units]), settled, energies };
    },
  };
}

/** Vectors of length 1 at right angles that span what the rows span (modified Gram-Schmidt, twice). */
function orthonormal(rows: readonly Float64Array[]): Float64Array[] {
  const found: Float64Array[] = [];
  for (const row of rows) {
    const rest = row.slice();
    for (const other of [...found, ...found]) {
      const along = dot(rest, other);
      for (let i = 0; i < rest.length; i++) rest[i]! -= along * other[i]!;
    }
    const length = Math.sqrt(dot(rest, rest));
    // What the others span already adds nothing.
    if (length > 1e-9 * Math.sqrt(rest.length)) found.push(rest.map((v) => v / length));
  }
  return found;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function stateOf(op: string, state: Tensor, units: number): Float64Array {
  expectArgument(op, "state", state, tensorKind);
  if (state.rank !== 1 || state.size !== units) {
    throw new ShapeError(`${op}: expected a state [${units}], received ${showShape(state.shape)}`);
  }
  return signsOf(op, state);
}

/** @throws ArgumentError for numbers other than -1 and 1 */
function signsOf(op: string, x: Tensor): Float64Array {
  const data = Float64Array.from(x.data, Number);
  const other = data.find((v) => v !== 1 && v !== -1);
  if (other === undefined) return data;
  throw new ArgumentError(`${op}: expected numbers of -1 and 1, received ${other}`);
}
