// A compiled program at work: arguments in, one call, results out.

import { ArgumentError } from "../../../checks/errors.ts";
import { notFetched } from "../../../checks/not-fetched.ts";
import type { DataArray } from "../../../ir/dtype.ts";
import type { Graph } from "../../../ir/graph.ts";
import { sizeOf } from "../../../ir/shape.ts";
import type { Program, Stage } from "../../engine.ts";
import { encode } from "../code/index.ts";
import type { Compilation } from "../compiler/compile.ts";
import { importsOf, portableImports } from "../compiler/imports.ts";
import type { Buffer } from "../lower/view.ts";
import type { EngineMemory } from "../memory/memory.ts";
import { freeWhenGone } from "../memory/owned.ts";
import type { WasmStorage } from "../memory/storage.ts";
import type { Race } from "./race.ts";
import type { RunFunction, ThreadPool } from "./thread-pool.ts";

/** The threads of an engine, and from how much work on they share a run. */
export interface Threads {
  /** Null until it has been fetched; so long one thread does everything. */
  readonly pool: () => ThreadPool | null;
  readonly leastWork: number;
}

/** Finds other ways to run a program, and hands them over when it has them. */
export type Quicken = (
  compilation: Compilation,
  own: RunFunction,
  use: (race: Race | null) => void,
) => void;

/** After so many times a program is worth a second look. */
const OFTEN = 2000;

/** What writes the stages of a compilation: few programs are looked at. */
let stagesOf: ((compilation: Compilation) => Stage[]) | null = null;

/** From now on programs show their stages. */
export function bringStages(show: (compilation: Compilation) => Stage[]): void {
  stagesOf = show;
}

export class WasmProgram implements Program {
  readonly compilation: Compilation;
  readonly #memory: EngineMemory;
  readonly #module: WebAssembly.Module;
  #run: RunFunction;
  readonly #threads: Threads | null;
  /** Its number among the programs of the thread pool. */
  #number: number | null = null;
  /** Views of arguments and results, made anew when memory has grown. */
  #buffer: ArrayBufferLike | null = null;
  #arguments: DataArray[] = [];
  #results: DataArray[] = [];
  readonly #quicken: Quicken | null;
  /** How many times it is run before it is quickened; 0 where it is not to be. */
  #before = OFTEN;
  /** The functions that are being tried for it, while they are. */
  race: Race | null = null;
  #words = new Int32Array(0);
  readonly #flags: readonly number[];
  readonly #written: readonly WasmStorage[];

  /** @param threads null where one thread does everything */
  constructor(
    compilation: Compilation,
    memory: EngineMemory,
    threads: Threads | null = null,
    quicken: Quicken | null = null,
  ) {
    this.compilation = compilation;
    this.#quicken = quicken;
    this.#memory = memory;
    this.#threads = threads;
    const { module, constants, flags, writes } = compilation;
    this.#flags = flags;
    this.#written = writes as readonly WasmStorage[];
    // What is written out as a straight line makes nothing that others find.
    if (flags.length > 0) this.#before = 0;
    this.#module = new WebAssembly.Module(encode(module));
    const instance = new WebAssembly.Instance(this.#module, importsOf(module, memory.memory));
    this.#run = instance.exports.run as RunFunction;
    // Short programs go to the threads only when `times` makes them worth it.
    const pool = threads && this.#isWorthIt(1) ? threads.pool() : null;
    if (pool) this.#number = this.#handOut(pool);
    if (constants.bytes > 0) freeWhenGone.register(this, { memory, ...constants });
  }

  run(args: readonly DataArray[], times = 1): DataArray[] {
    if (!(Number.isInteger(times) && times > 0)) {
      throw new ArgumentError(`run: expected a whole number of times above 0, received ${times}`);
    }
    if (this.#buffer !== this.#memory.memory.buffer) this.#look();
    this.#arguments.forEach((view, i) => {
      const given = args[i];
      // A shorter array would leave what was there before, and the result would be made of that.
      if (given?.length !== view.length) throw wrongArgument(i, view.length, given);
      view.set(given);
    });
    if (this.#flags.length === 0) this.#go(times);
    else this.#keeping(times);
    for (const storage of this.#written) storage.changed();
    return this.#results.map((view) => view.slice());
  }

  /**
   * Runs an elementwise program on `count` elements of longer arrays, from `from` on, and puts its one
   * result at the same place. What is computed of the rest of its own arrays is nobody's.
   */
  runPart(args: readonly DataArray[], result: DataArray, from: number, count: number): void {
    if (this.#buffer !== this.#memory.memory.buffer) this.#look();
    for (let i = 0; i < args.length; i++) copyPart(args[i]!, from, this.#arguments[i]!, 0, count);
    this.#run(1, 0, 1);
    copyPart(this.#results[0]!, 0, result, from, count);
  }

  /** From now on runs by a function that does the same as its own. */
  runBy(run: RunFunction): void {
    this.#run = run;
    this.race = null;
  }

  #alone(times: number): void {
    if (this.race === null) this.#run(times, 0, 1);
    else {
      const winner = this.race.run(times);
      if (winner) this.runBy(winner);
    }
    if (this.#before === 0) return;
    this.#before = Math.max(this.#before - times, 0);
    if (this.#before > 0) return;
    this.#quicken?.(this.compilation, this.#run, (race) => {
      this.race = race;
    });
  }

  #go(times: number): void {
    if (!this.#together(times)) this.#alone(times);
  }

  /** What later runs find again is made by the first, if it is not there. */
  #keeping(times: number): void {
    const isMade = this.#flags.every((flag) => this.#words[flag / 4] === 1);
    if (isMade) {
      this.#go(times);
      return;
    }
    this.#go(1);
    for (const flag of this.#flags) this.#words[flag / 4] = 1;
    if (times > 1) this.#go(times - 1);
  }

  /** Runs on all threads if that is worth it and they have the program; false if not. */
  #together(times: number): boolean {
    if (this.#threads === null || !this.#isWorthIt(times)) return false;
    const pool = this.#threads.pool();
    if (!pool) return false;
    this.#number ??= this.#handOut(pool);
    if (!pool.isReady) return false;
    pool.run(this.#number, times, this.#run);
    return true;
  }

  #isWorthIt(times: number): boolean {
    const { work } = this.compilation.shares;
    return this.#threads !== null && work > 0 && work * times >= this.#threads.leastWork;
  }

  #handOut(pool: ThreadPool): number {
    const number = pool.load(this.#module, portableImports(this.compilation.module));
    unloadWhenGone.register(this, { pool, number });
    return number;
  }

  get graph(): Graph {
    return this.compilation.graph;
  }

  stages(): Stage[] {
    if (stagesOf) return stagesOf(this.compilation);
    throw notFetched("stages", "neurite");
  }

  #look(): void {
    const { plan, place } = this.compilation;
    const view = (buffer: Buffer) => {
      return this.#memory.view(buffer.dtype, place(buffer).address, sizeOf(buffer.shape));
    };
    this.#arguments = plan.schedule.arguments.map(view);
    this.#results = plan.schedule.results.map(view);
    this.#buffer = this.#memory.memory.buffer;
    this.#words = new Int32Array(this.#buffer);
  }
}

/** From how many elements on it pays to make a view of them. */
const WORTH_A_VIEW = 48;

function copyPart(
  from: DataArray,
  start: number,
  to: DataArray,
  place: number,
  count: number,
): void {
  if (count < WORTH_A_VIEW) {
    for (let i = 0; i < count; i++) to[place + i] = from[start + i]!;
  } else if (count === from.length) to.set(from, place);
  else to.set(from.subarray(start, start + count), place);
}

function wrongArgument(i: number, length: number, given: DataArray | undefined): ArgumentError {
  const received = given === undefined ? "nothing" : `${given.length}`;
  return new ArgumentError(
    `run: expected ${length} elements for argument ${i}, received ${received}`,
  );
}

/** Programs that the garbage collector took are taken from other threads, too. */
const unloadWhenGone: FinalizationRegistry<{
  readonly pool: ThreadPool;
  readonly number: number;
}> = new FinalizationRegistry(({ pool, number }) => pool.unload(number));
