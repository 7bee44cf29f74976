// What the table of ops holds: one row an op, and how it treats operands that are no plain tensors.

import type { Tensor } from "../../../runtime/values/tensor.ts";
import type { Call, Results } from "./call.ts";

export interface Row {
  readonly run: (call: Call) => Results;
  /** Operands that are read as numbers: initializers there are constants, not weights. */
  readonly reads: readonly number[];
  /** Operands that are no weights though they are floats: running averages, scales. */
  readonly keeps: readonly number[];
  /**
   * Takes the short integers too, which int32 holds. "moves" gives its results the type of its first operand.
   */
  readonly short: "refuses" | "takes" | "moves";
  /**
   * Whether int64 may leave 32 bits in it, as sums and products do: "wide" where the same in float64 tells what
   * it should be, or a function that tells it.
   */
  readonly grows: "no" | "wide" | ((call: Call) => Tensor | undefined);
  /** Gives the right bits for uint32 too, whose bits int32 holds. */
  readonly bits: boolean;
  /** Holds graphs, which see values around the node: these may be traced where its operands are known. */
  readonly holdsGraphs: boolean;
  /** Reads the types of its operands alone, which are known always. */
  readonly typesOnly: boolean;
}

/** OpRows by the name of the op. */
export type OpRows = Readonly<Record<string, Row>>;

type Run = Row["run"];

/** An op that computes. */
export function computing(run: Run, more: Partial<Omit<Row, "run">> = {}): Row {
  return {
    run,
    reads: [],
    keeps: [],
    short: "refuses",
    typesOnly: false,
    holdsGraphs: false,
    grows: "no",
    bits: false,
    ...more,
  };
}

/** An op that reads some operands as numbers. */
export const reading = (reads: readonly number[], run: Run, more: Partial<Row> = {}): Row =>
  computing(run, { reads, ...more });

/** An op that only moves elements, whatever they are. */
export const moving = (run: Run, reads: readonly number[] = []): Row =>
  computing(run, { reads, short: "moves", bits: true });
