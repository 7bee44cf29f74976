// The contract between graphs and what runs them.

import type { DataArray } from "../ir/dtype.ts";
import type { Graph } from "../ir/graph.ts";
import type { OpName, OpParams } from "../ir/op-table.ts";
import type { TensorType } from "../ir/type.ts";
import type { NdArray } from "../ops/define.ts";

/** Memory of an engine that holds one variable and changes in place. */
export interface Storage {
  readonly type: TensorType;
  /** A copy of what it holds. */
  read(): DataArray;
  write(data: DataArray): void;
}

/**
 * How a program's state is wired. The graph's inputs are [arguments…, one for each storage in `reads`…],
 * its outputs [results…, one for each storage in `writes`…]. All reads happen before the first write.
 */
export interface Wiring {
  readonly reads: readonly Storage[];
  readonly writes: readonly Storage[];
}

/** What a program was at one stage of its compilation, for people to read. */
export interface Stage {
  readonly name: string;
  readonly text: string;
  /**
   * For each line of `text` the values of the graph that it is about, as the stage "graph" names them ("%3"):
   * what a kernel computes, what an array holds. Values of loops and choices are not told apart.
   */
  readonly values?: readonly (readonly string[])[];
}

/** A compiled graph. */
export interface Program {
  /** The graph that runs: the given one, or a simpler one of the same inputs, outputs and bits. */
  readonly graph: Graph;
  /** The stages from graph to machine, where the engine has any. */
  stages?(): readonly Stage[];
  /**
   * Arguments in, results out, storages updated. Arguments are never changed or kept.
   * @param times how often it runs with the same arguments, while the storages move on; the results
   * are those of the last time. 1 by default.
   */
  run(args: readonly DataArray[], times?: number): DataArray[];
}

/** What an engine holds now, as far as the garbage collector has told it. */
export interface Usage {
  /** Bytes of its memory that variables, constants and arenas take. */
  readonly bytes: number;
  /** Programs that its other threads keep ready. */
  readonly threadPrograms: number;
}

/** Runs graphs: compiles and runs at once, since eager mode, `item()` and `data` need that. */
export interface Engine {
  readonly name: string;
  /** How many threads compute, where it can be more than one. */
  readonly threads?: number;
  /**
   * How wide the vectors are that it computes with, where it has any: 128 or 256 bits. Found out by a
   * measurement of some milliseconds, when it is asked for or the first program is compiled.
   */
  readonly vectorBits?: number;
  /**
   * Whether a multiplication and an addition in float32 products round once, as one instruction, where the
   * processor, the runtime and its flags decide it: other last bits than where they round twice.
   */
  readonly fusedMultiplyAdds?: boolean;
  /**
   * Resolves when all threads have the programs that were run so far; until then fewer threads run
   * them, to the same bits.
   * @throws NeuriteError where a thread cannot start or has ended
   */
  ready?(): Promise<void>;
  /** What it holds, where it has memory of its own. */
  usage?(): Usage;
  /** True, or the reason why this engine cannot run the graph. */
  supports(graph: Graph): true | string;
  storage(type: TensorType, data: DataArray): Storage;
  /**
   * Gives storages of one element type, none of which a program has used yet, places side by side.
   * Where an engine has none to give, its storages must be copied to be handed out as one.
   * @returns what looks at all of them at once, in their order, with gaps between that hold any finite numbers:
   * the memory itself, until the next time that a program is compiled or run, or a storage made
   */
  adjoin?(storages: readonly Storage[]): () => DataArray;
  /**
   * Runs one op at once, to the bits that a program of it would give, where that needs no compilation for
   * these shapes; null where it does. Results may be the operands' own arrays: nobody ever changes either.
   * @param types of the results, as the op's rule gives them
   */
  direct?<N extends OpName>(
    op: N,
    operands: readonly NdArray[],
    params: OpParams<N>,
    types: readonly TensorType[],
  ): DataArray[] | null;
  /**
   * Fills an array with orders of the rows from 0 to below `count`, one after the other: each is what
   * `new Rng(seed, stream).shuffle()` makes of them, the first by this stream, the next ones by `step` more each.
   * @returns false where it cannot yet
   */
  shuffle?(orders: Int32Array, count: number, seed: number, stream: number, step: number): boolean;
  /** Takes a graph as it was traced: an engine that gains by `simplify` calls it, once. */
  compile(graph: Graph, wiring?: Wiring): Program;
}
