// The Wasm engine: compiles whole graphs to one module each, all in one memory.

import {
  anything,
  expectOptions,
  flag,
  type Kind,
  type Kinds,
  object,
} from "../../checks/arguments.ts";
import { NeuriteError } from "../../checks/errors.ts";
import type { Graph } from "../../ir/graph.ts";
import { simplify } from "../../transforms/simplify.ts";
import type { Engine, Wiring } from "../engine.ts";
import { compileGraph } from "./compiler/compile.ts";
import { expectCompiler, fusesMultiplyAdds, hasSimd, targetOf } from "./compiler/features.ts";
import { runsElsewhere, unsupported } from "./compiler/supports.ts";
import { Blocks } from "./direct/blocks.ts";
import { Direct } from "./direct/direct.ts";
import { Products } from "./direct/product.ts";
import type { Shuffles } from "./direct/shuffle.ts";
import type { CompileTarget } from "./kernels/kernel.ts";
import { CONTROL_BYTES } from "./memory/control.ts";
import { EngineMemory, newMemory, OutOfMemory } from "./memory/memory.ts";
import { VectorPool } from "./memory/pool.ts";
import { placeSideBySide, WasmStorage } from "./memory/storage.ts";
import { countThreads, type ThreadCount } from "./run/count.ts";
import { fallbackProgram } from "./run/fallback.ts";
import { type Quicken, WasmProgram } from "./run/program.ts";
import type { ThreadPool } from "./run/thread-pool.ts";

/** Options of createWasmEngine(). */
export interface WasmOptions {
  /** The same bits on every machine: multiplications and additions round separately. */
  readonly deterministic?: boolean;
  /**
   * How many threads compute, from 1 to 64. By default as many as there are processors, at most 8;
   * always 1 without shared memory and on the main thread of a page. Results do not depend on it.
   */
  readonly threads?: ThreadCount;
  /**
   * Whether kernels may be written so that the runtime joins neighbouring vectors of 128 bits into ones of
   * 256. By default true: then they are where a short measurement finds that it does. Results do not
   * depend on it.
   */
  readonly wide?: boolean;
  /** From how much work on threads share a kernel and a run, if not from where it pays. */
  readonly leastWork?: LeastWork;
}

/** In the units of Kernel.work. */
export interface LeastWork {
  readonly kernel: number;
  /** For each byte that the kernel reads or writes. */
  readonly byte: number;
  readonly run: number;
}

/** How many threads there may be, countThreads() says. */
export const WASM_OPTIONS: Kinds<WasmOptions> = {
  deterministic: flag,
  threads: anything,
  wide: flag,
  leastWork: object,
};
/** An infinity stands for never. */
const work: Kind<number> = {
  says: "a number of 0 or more",
  fits: (x) => typeof x === "number" && x >= 0,
};
const LEAST_WORK: Kinds<LeastWork> = { kernel: work, byte: work, run: work };

/** Kernel.work that takes a few microseconds: to meet at a barrier takes a fraction of one. */
const KERNEL_WORK = 2 ** 15;
/** Cost of fetching one byte from another core's cache, in units of work. */
const BYTE_WORK = 6;
const NO_STATE: Wiring = { reads: [], writes: [] };
/** Work that takes about 100 microseconds, several times as long as to wake a thread. */
const RUN_WORK = 2 ** 21;

/**
 * A new engine with a memory of its own; variables of one engine are unknown to others. Arrays of up to
 * 2 GiB, and 4 GiB of variables, constants and one program's arrays together, have room in it; the
 * reference engine runs what has not, after a notice on the console.
 * @throws NeuriteError where the runtime's WebAssembly has no 128-bit vectors, must not compile, or
 * gets no memory
 */
export function createWasmEngine(options: WasmOptions = {}): Engine {
  expectOptions("createWasmEngine", options, WASM_OPTIONS);
  return engineWith(targetOf, options);
}

/** Fetched when a program is first worth several threads, unless an entry point has brought it. */
let Pool: typeof ThreadPool | null = null;
let isFetchingThreads = false;

/** From now on engines have threads at once. */
export function bringThreads(pool: typeof ThreadPool): void {
  Pool = pool;
}

/** No result depends on it: where it cannot be fetched, one thread goes on alone. */
function fetchThreads(): void {
  if (isFetchingThreads) return;
  isFetchingThreads = true;
  import("./run/thread-pool.ts").then((found) => bringThreads(found.ThreadPool)).catch(() => {});
}

/** @param findTarget says what kernels are written for, when it is first needed */
export function engineWith(findTarget: typeof targetOf, options: WasmOptions): Engine {
  const {
    deterministic = false,
    threads: asked = "auto",
    wide = true,
    leastWork = { kernel: KERNEL_WORK, byte: BYTE_WORK, run: RUN_WORK },
  } = options;
  expectOptions("leastWork", leastWork, LEAST_WORK, ["kernel", "byte", "run"]);
  if (!hasSimd()) throw new NeuriteError("wasm: this runtime has no WebAssembly SIMD");
  expectCompiler();
  // Found out when first needed, so that a program can set flags of its runtime before that.
  let target: CompileTarget | null = null;
  let products: Products | null = null;
  let shuffles: Shuffles | null = null;
  let orders = 0;
  // No result depends on what comes later: where it cannot be fetched, all goes on without it.
  const quicken: Quicken = (compilation, own, use) => {
    const later = import("./straight/straight.ts");
    later.then(({ raceOf }) => use(raceOf(compilation, memory, own))).catch(() => {});
  };
  const memory = new EngineMemory(newMemory());
  const count = countThreads(asked, memory.isShared);
  const control = count > 1 ? memory.allocate(CONTROL_BYTES) : 0;
  let pool: ThreadPool | null = null;
  const poolOf = () => {
    if (Pool) pool ??= new Pool(memory, { threads: count, control });
    else fetchThreads();
    return pool;
  };
  const threads = count > 1 ? { pool: poolOf, leastWork: leastWork.run } : null;
  const sharing = count > 1 && {
    threads: count,
    control,
    leastWork: leastWork.kernel,
    leastWorkPerByte: leastWork.byte,
  };
  const getTarget = () => {
    if (!target) {
      const found = findTarget({ deterministic, wide });
      const numbers = found.tiles.remakesNumbers ? new VectorPool(memory) : undefined;
      target = { ...found, ...(sharing && { sharing }), ...(numbers && { numbers }) };
    }
    return target;
  };
  const direct = new Direct({
    blocks: new Blocks((graph) => {
      return new WasmProgram(compileGraph(simplify(graph), NO_STATE, getTarget(), memory), memory);
    }),
    products: () => {
      products ??= new Products(memory, getTarget().relaxed);
      return products;
    },
  });
  return {
    name: "wasm",
    threads: count,
    get vectorBits() {
      return getTarget().tiles.paired ? 256 : 128;
    },
    get fusedMultiplyAdds() {
      return getTarget().relaxed && fusesMultiplyAdds();
    },
    ready: async () => pool?.ready(),
    usage: () => ({ bytes: memory.used, threadPrograms: pool?.held ?? 0 }),
    supports: (graph) => unsupported(graph) ?? true,
    storage: (type, data) => new WasmStorage(memory, type, data),
    adjoin: (storages) => placeSideBySide(storages as readonly WasmStorage[]),
    direct: (op, operands, params, types) => {
      try {
        return direct.run(op, operands, params, types);
      } catch (error) {
        if (error instanceof OutOfMemory) return null; // compile() says so and goes another way
        throw error;
      }
    },
    shuffle: (...given) => {
      // The first order is made elsewhere anyway: who asks again will ask often.
      orders += 1;
      if (orders === 2) {
        const later = import("./direct/shuffle.ts");
        later
          .then(({ Shuffles }) => {
            shuffles = new Shuffles(memory);
          })
          .catch(() => {});
      }
      shuffles?.run(...given);
      return shuffles !== null;
    },
    compile: (given: Graph, wiring: Wiring = NO_STATE) => {
      const graph = simplify(given);
      const reason = unsupported(graph);
      if (reason) {
        if (runsElsewhere(graph)) {
          console.warn(`neurite: ${reason}; the slow reference engine runs this program.`);
        }
        return fallbackProgram(graph, wiring);
      }
      try {
        const compilation = compileGraph(graph, wiring, getTarget(), memory);
        return new WasmProgram(compilation, memory, threads, quicken);
      } catch (error) {
        if (!(error instanceof OutOfMemory)) throw error;
        console.warn(`neurite: ${error.message} The slow reference engine runs this program.`);
        return fallbackProgram(graph, wiring);
      }
    },
  };
}
