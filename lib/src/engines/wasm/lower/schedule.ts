// A graph as kernels in order, its new state written in place wherever nobody still needs the old.

import type { Graph, Node, Value } from "../../../ir/graph.ts";
import type { Storage, Wiring } from "../../engine.ts";
import { fuse } from "./fuse.ts";
import type { Fusion } from "./fusion.ts";
import type { Fusions } from "./fusions.ts";
import type { Buffer } from "./view.ts";

/** Whose memory an array is in, and its number there. */
export interface Home {
  readonly kind: "argument" | "variable" | "constant" | "result" | "kept";
  readonly index: number;
}

/**
 * The homes of arrays: of the caller of a run, a variable, the program's data, the results of the
 * loop that this is the body of, or what stays with a variable from run to run. All others are in the arena.
 */
export type Homes = ReadonlyMap<Buffer, Home>;

export interface FusionSchedule {
  /** In the order in which they run. */
  readonly fusions: readonly Fusion[];
  readonly buffers: readonly Buffer[];
  readonly homes: Homes;
  /** Where arguments and results are kept: in the arena, or in memory of the loop around. */
  readonly ends: Ends;
  /** Where each argument and each result lies. */
  readonly arguments: readonly Buffer[];
  readonly results: readonly Buffer[];
  /** The variables' memory, as homes of kind "variable" count it. */
  readonly storages: readonly Storage[];
  /** The data, as homes of kind "constant" count it. */
  readonly constants: readonly Node<"constant">[];
}

type Ends = "arena" | "outside";

/** @param ends for the body of a loop "outside": each result then has memory of its own there */
export function scheduleFusions(
  graph: Graph,
  wiring: Wiring,
  ends: Ends = "arena",
): FusionSchedule {
  return new Scheduler(graph, wiring, ends).schedule;
}

class Scheduler {
  readonly schedule: FusionSchedule;
  readonly #fusions: Fusions;
  readonly #homes = new Map<Buffer, Home>();
  readonly #inputs: ReadonlySet<Value>;
  /** Copies of what variables held before the run. */
  readonly #safe = new Map<Value, Buffer>();
  /** The arrays that are read as what variables held before the run. */
  readonly #old = new Map<number, Buffer>();

  constructor(graph: Graph, wiring: Wiring, ends: Ends) {
    const storages = [...new Set([...wiring.reads, ...wiring.writes])];
    const numbers = new Map(storages.map((storage, i) => [storage, i]));
    this.#inputs = new Set(graph.inputs);
    this.#fusions = fuse(graph);
    const given = graph.inputs.map((input) => this.#fusions.bufferOf(input));
    const args = graph.inputs.length - wiring.reads.length;
    given.slice(0, args).forEach((buffer, index) => {
      this.#homes.set(buffer, { kind: "argument", index });
    });
    wiring.reads.forEach((storage, i) => {
      const [buffer, index] = [given[args + i]!, numbers.get(storage)!];
      this.#homes.set(buffer, { kind: "variable", index });
      this.#old.set(index, buffer);
    });
    [...this.#fusions.constants.values()].forEach((buffer, index) => {
      this.#homes.set(buffer, { kind: "constant", index });
    });
    const results = graph.outputs.slice(0, graph.outputs.length - wiring.writes.length);
    const writes = graph.outputs
      .slice(results.length)
      .map((value, i) => ({ value, variable: numbers.get(wiring.writes[i]!)! }));
    // All that is computed is stored before variables are written: only then is it known who reads them.
    for (const value of graph.outputs) this.#fusions.bufferOf(value);
    // What a variable holds now must be saved before it is written, if it is a result or another's new value.
    for (const { value } of writes) if (this.#heldIn(value) !== null) this.#save(value);
    for (const value of results) if (this.#inputs.has(value)) this.#save(value);
    for (const { value, variable } of writes) this.#write(value, variable);
    const kept = results.map((value, i) =>
      ends === "outside"
        ? this.#resultOf(value, i)
        : (this.#safe.get(value) ?? this.#fusions.bufferOf(value)),
    );
    this.schedule = {
      results: kept,
      fusions: inOrder(
        this.#fusions.list.filter(
          ({ stores, head }) => stores.length > 0 || head.kind === "special",
        ),
      ),
      buffers: this.#fusions.buffers,
      homes: this.#homes,
      ends,
      arguments: given.slice(0, args),
      storages,
      constants: [...this.#fusions.constants.keys()],
    };
  }

  /** The number of the variable that an input of the graph is read from, or null. */
  #heldIn(value: Value): number | null {
    if (!this.#inputs.has(value)) return null;
    const home = this.#homes.get(this.#fusions.bufferOf(value));
    return home?.kind === "variable" ? home.index : null;
  }

  #save(value: Value): void {
    if (this.#safe.has(value)) return;
    const buffer = this.#fusions.makeBuffer(value.type.dtype, value.type.shape);
    this.#fusions.copy(value, buffer);
    this.#safe.set(value, buffer);
  }

  #write(value: Value, variable: number): void {
    if (this.#heldIn(value) === variable) return;
    const readers = readersOf(this.#fusions, this.#old.get(variable));
    if (!this.#moveIn(value, variable, readers)) this.#copyIn(value, variable, readers);
  }

  /** Lets a new value be computed right into its variable; false where the old one is still needed. */
  #moveIn(value: Value, variable: number, readers: Readers): boolean {
    const fusion = this.#fusions.producers.get(value);
    if (this.#inputs.has(value) || !fusion) return false;
    const buffer = this.#fusions.bufferOf(value);
    if (this.#homes.has(buffer)) return false; // it lives in another variable already
    for (const [reader, pointwise] of readers) {
      if (reader === fusion ? !pointwise || !fusion.open : reader.dependsOn(fusion)) return false;
    }
    for (const reader of readers.keys()) fusion.follow(reader);
    this.#homes.set(buffer, { kind: "variable", index: variable });
    return true;
  }

  /** Copies a new value into its variable after all others have read the old one. */
  #copyIn(value: Value, variable: number, readers: Readers): void {
    const target = this.#fusions.makeBuffer(value.type.dtype, value.type.shape);
    this.#homes.set(target, { kind: "variable", index: variable });
    const copy = this.#fusions.copy(value, target, this.#safe.get(value));
    for (const reader of readers.keys()) copy.follow(reader);
  }

  /** A result in memory of its own: computed right there if it can be, else copied. */
  #resultOf(value: Value, index: number): Buffer {
    const home = { kind: "result", index } as const;
    const known = this.#fusions.bufferOf(value);
    if (!this.#homes.has(known)) {
      this.#homes.set(known, home);
      return known;
    }
    const buffer = this.#fusions.makeBuffer(value.type.dtype, value.type.shape);
    this.#homes.set(buffer, home);
    if (this.#fusions.producers.get(value)?.open) this.#fusions.storeIn(value, buffer);
    else this.#fusions.copy(value, buffer, this.#safe.get(value));
    return buffer;
  }
}

/** The kernels that read what a variable held before the run, and whether each does so pointwise. */
type Readers = ReadonlyMap<Fusion, boolean>;

function readersOf(fusions: Fusions, old: Buffer | undefined): Readers {
  if (!old) return new Map();
  return new Map(
    fusions.readersOf(old).map((fusion) => {
      const own = fusion.reads.filter(({ view }) => view.buffer === old);
      return [fusion, own.every(({ pointwise }) => pointwise)];
    }),
  );
}

/**
 * Each fusion after those it waits for, else as they were made. Where some wait for each other no order
 * is right: `validateSchedule` says which.
 */
export function inOrder(fusions: readonly Fusion[]): Fusion[] {
  const entered = new Set<Fusion>();
  const ordered = new Set<Fusion>();
  const stack = [...fusions].reverse();
  for (let fusion = stack.at(-1); fusion; fusion = stack.at(-1)) {
    if (entered.has(fusion)) {
      ordered.add(fusion);
      stack.pop();
    } else {
      entered.add(fusion);
      const waiting = [...fusion.before].filter((other) => !entered.has(other));
      for (const other of waiting.sort((a, b) => b.id - a.id)) stack.push(other);
    }
  }
  const needed = new Set(fusions);
  return [...ordered].filter((fusion) => needed.has(fusion));
}
