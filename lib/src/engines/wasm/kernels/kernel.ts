// A kernel: one Wasm function over arrays in memory, the unit of scheduling and of threads.

import type { FunctionBuilder, FunctionRef, Local, ModuleBuilder } from "../code/index.ts";
import type { Buffer } from "../lower/view.ts";
import type { ArrayPlace } from "../memory/place.ts";
import type { KeptBlock } from "../memory/storage.ts";

/** Which tiles of sums the runtime's compiler keeps in registers; see kernels/tiles.ts. */
export interface Tiles {
  /** Neighbouring vectors are one register: the compiler joins them where they are written in pairs. */
  readonly paired: boolean;
  /** Vectors of a tile, the better ones last: even numbers where they are paired. */
  readonly widths: readonly number[];
  /** Vector registers that a tile takes. */
  readonly registers: (rows: number, vectors: number) => number;
  /** What one step of it costs, in multiply-adds, as measured. */
  readonly cost: (rows: number, vectors: number) => number;
  /** A vector of numbers that is written in the code is put together anew at each use. */
  readonly remakesNumbers: boolean;
}

/** What the machine can do, and what is asked of it. */
export interface CompileTarget {
  readonly tiles: Tiles;
  /** f32x4.relaxed_madd may be used, inside contractions only. */
  readonly relaxed: boolean;
  /** Where numbers lie that are read rather than written in the code; absent where that is slower. */
  readonly numbers?: NumberPool | undefined;
  /** How kernels are shared among threads; absent where there is one thread only. */
  readonly sharing?: Sharing | undefined;
}

export interface NumberPool {
  /** The address of eight lanes with these bits. */
  readonly addressOf: (bits: number) => number;
}

export interface Sharing {
  /** No run has more. */
  readonly threads: number;
  /** Address of the words by which threads keep step; see threads/control.ts. */
  readonly control: number;
  /** Kernels of less work stay on one thread, as do those of less for each byte that they use. */
  readonly leastWork: number;
  readonly leastWorkPerByte: number;
}

/** What a kernel is written with. */
export interface KernelContext {
  readonly target: CompileTarget;
  readonly module: ModuleBuilder;
  readonly f: FunctionBuilder;
  /** The units to do: from `lo` to below `hi`. */
  readonly lo: Local;
  readonly hi: Local;
  /** A helper function that several kernels share, written when first asked for. */
  readonly shared: (name: string, make: (module: ModuleBuilder) => FunctionRef) => FunctionRef;
}

/** Finds memory for what is made of an array and used more than once, the same for one key. */
export interface Keeping {
  /** By later runs; null where the array is none that only changes between runs, or no memory is left. */
  readonly forRuns: (array: Buffer, key: string, bytes: number) => KeptBlock | null;
  /** By all turns of a loop; null where there is none, or the array may change in it. */
  readonly forTurns: (array: Buffer, key: string, bytes: number) => Buffer | null;
}

/** What is known of a kernel before its arrays have places. */
export interface KernelMeasure {
  /** What it does, for people: "matmul", "map", "sort". */
  readonly name: string;
  /** Independent parts: any split of them among threads gives the same bits. 1 means: not to be split. */
  readonly units: number;
  /** About how many arithmetic operations or moved elements, to decide about threads. */
  readonly work: number;
  /** Memory of its own, as for packed operands; it is handed to `emit` as a place. */
  readonly scratchBytes?: number;
  /** Each thread has `scratchBytes` for itself; else units must find their own parts of it. */
  readonly perThread?: boolean;
  /** What it makes in its first run, and finds there in later ones. */
  readonly kept?: KeptBlock | undefined;
  /** That is all it does. */
  readonly once?: true;
  /** What it reads was made before the loop that it is in. */
  readonly isReady?: boolean;
}

/** A measured kernel over arrays in their places. */
export interface Kernel extends KernelMeasure {
  readonly reads: readonly ArrayPlace[];
  readonly writes: readonly ArrayPlace[];
  emit(context: KernelContext, scratch: ArrayPlace | null): void;
}

/**
 * Kernels that find an index out of range call the imported function "fail" with the place of their op
 * in this list, the index and the size; it throws.
 */
export const FAILING = ["gather", "scatterAdd", "scatterMax"] as const;
