// The threads of one engine: started when first needed, handed programs, and made to run them together.

import { NeuriteError } from "../../../checks/errors.ts";
import { fail, type PortableImports } from "../compiler/imports.ts";
import { CONTROL_BYTES, ERROR_WORDS, SLICE_MS, SPINS, WORD } from "../memory/control.ts";
import type { EngineMemory } from "../memory/memory.ts";
import { type Message, startThread, type Thread } from "./worker.ts";

export interface ThreadPoolOptions {
  /** How many there are, thread 0 included, which is the one that calls run(). */
  readonly threads: number;
  /** How long ready() waits for threads to start. */
  readonly startMs?: number;
  /** How long a thread in a run waits for another before the run fails. */
  readonly answerMs?: number;
  /** The address of the words by which threads keep step; by default they get memory here. */
  readonly control?: number;
}

const START_MS = 30_000;
const ANSWER_MS = 30_000;

/** A program's function: all of it on thread 0 of 1, or one thread's part. */
export type RunFunction = (times: number, thread: number, threads: number) => void;

export class ThreadPool {
  readonly threads: number;
  /** Address of the words by which threads keep step. */
  readonly control: number;
  readonly #memory: EngineMemory;
  readonly #words: Int32Array;
  readonly #startMs: number;
  readonly #answerMs: number;
  #workers: Thread[] = [];
  #programs = 0;
  /** Why no run is possible any more. */
  readonly #health: { ended: string | null } = { ended: null };

  constructor(
    memory: EngineMemory,
    { threads, startMs = START_MS, answerMs = ANSWER_MS, control }: ThreadPoolOptions,
  ) {
    this.threads = threads;
    this.#memory = memory;
    this.#startMs = startMs;
    this.#answerMs = answerMs;
    this.control = control ?? memory.allocate(CONTROL_BYTES);
    this.#words = new Int32Array(memory.memory.buffer, this.control, CONTROL_BYTES / 4);
    this.#words[WORD.patience] = answerMs / SLICE_MS;
  }

  /** Hands a program to all threads, which are started if there are none yet; gives its number. */
  load(module: WebAssembly.Module, imports: PortableImports): number {
    if (this.#workers.length === 0) this.#start();
    const program = this.#programs++;
    this.#post(() => ({ program, module, imports }));
    return program;
  }

  unload(program: number): void {
    this.#post(() => ({ program, module: null }));
  }

  /** How many programs the other threads hold, the one that holds most. */
  get held(): number {
    return Math.max(0, ...this.#words.subarray(WORD.held + 1, WORD.held + this.threads));
  }

  /** True when the threads have dealt with all that they were sent. @throws NeuriteError where one ended */
  get isReady(): boolean {
    this.#expectAlive();
    const posted = this.#words[WORD.posted];
    for (let thread = 1; thread < this.threads; thread++) {
      if (Atomics.load(this.#words, WORD.dealt + thread) !== posted) return false;
    }
    return true;
  }

  /** Waits until it is; threads take about 50 ms to start. @throws NeuriteError where one does not */
  async ready(): Promise<void> {
    const start = performance.now();
    while (this.#workers.length > 0 && !this.isReady) {
      if (performance.now() - start > this.#startMs) {
        throw new NeuriteError(
          `wasm: the threads did not start within ${this.#startMs / 1000} s; ` +
            "try again with 1 thread",
        );
      }
      await new Promise<void>((resolve) => {
        setTimeout(resolve, 1);
      });
    }
  }

  /**
   * Runs a program that is loaded everywhere, `run` being its function on this thread.
   * @throws what the program throws; NeuriteError where a thread ends or does not answer
   */
  run(program: number, times: number, run: RunFunction): void {
    const words = this.#words;
    words[WORD.program] = program;
    words[WORD.times] = times;
    words[WORD.done] = 0;
    words[WORD.runs]!++;
    this.#order();
    let error: unknown = null;
    try {
      run(times, 0, this.threads);
    } catch (thrown) {
      error = thrown;
      Atomics.store(words, WORD.abort, 1);
      Atomics.notify(words, WORD.generation);
    }
    this.#join();
    if (Atomics.load(words, WORD.abort) !== 0) throw this.#settle(error);
  }

  #start(): void {
    const { memory } = this.#memory;
    const { threads, control } = this;
    const health = this.#health; // not the pool, which is to be collected when nobody uses it
    try {
      for (let thread = 1; thread < threads; thread++) {
        const onEnd = (why: string) => {
          health.ended ??= endOf(thread, threads, why);
        };
        this.#workers.push(startThread(`neurite ${thread}`, onEnd));
      }
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      health.ended = endOf(this.#workers.length + 1, threads, why);
      throw new NeuriteError(health.ended);
    }
    this.#post((thread) => ({ memory, control, thread, threads }));
    stopWhenGone.register(this, this.#words);
  }

  #post(message: (thread: number) => Message): void {
    this.#workers.forEach((worker, i) => {
      worker.post(message(i + 1));
    });
    Atomics.add(this.#words, WORD.posted, 1);
    this.#order();
  }

  #order(): void {
    wake(this.#words);
  }

  /** Waits until all other threads have finished the run, or are dead. */
  #join(): void {
    const words = this.#words;
    const finished = () =>
      Atomics.load(words, WORD.done) + Atomics.load(words, WORD.dead) >= this.threads - 1;
    for (let spins = 0; spins < SPINS; spins++) if (finished()) return;
    for (let slices = 0; !finished() && words[WORD.stuck] === 0; ) {
      const done = Atomics.load(words, WORD.done);
      if (finished()) return;
      const woken = Atomics.wait(words, WORD.done, done, SLICE_MS);
      if (woken === "timed-out" && ++slices > words[WORD.patience]!) {
        Atomics.store(words, WORD.abort, 1);
        words[WORD.stuck] = 1;
      }
    }
  }

  /** What went wrong in a run that was given up; the threads that are left can run again. */
  #settle(own: unknown): unknown {
    const words = this.#words;
    this.#lookForDead();
    if (words[WORD.stuck]! > 0) {
      this.#health.ended ??=
        `wasm: another of ${this.threads} threads did not answer ` +
        `for ${this.#answerMs / 1000} s`;
    }
    // A trap may be this thread's way of leaving a run that another one gave up.
    const left = own === null || own instanceof WebAssembly.RuntimeError;
    if (this.#health.ended !== null) return left ? new NeuriteError(this.#health.ended) : own;
    const error = left ? (this.#errors()[0] ?? own) : own;
    words.fill(0, WORD.errors, WORD.text);
    for (const name of ["arrived", "sleepers", "abort"] as const) words[WORD[name]] = 0;
    return error;
  }

  /** The errors of the other threads, in their order. */
  #errors(): unknown[] {
    const words = this.#words;
    return Array.from({ length: this.threads }, (_, thread) => {
      const at = WORD.errors + ERROR_WORDS * thread;
      const [kind, code, index, size] = words.subarray(at, at + ERROR_WORDS);
      if (kind === 1) return caught(() => fail(code!, index!, size!));
      const said = `wasm: thread ${thread} of ${this.threads}: ${this.#text()}`;
      return kind === 2 && new NeuriteError(said);
    }).filter((error) => error !== false);
  }

  /** What a thread said that failed in another way than by "fail". */
  #text(): string {
    const words = this.#words;
    return String.fromCharCode(...words.subarray(WORD.text, WORD.text + words[WORD.textLength]!));
  }

  #lookForDead(): void {
    const words = this.#words;
    if (Atomics.load(words, WORD.dead) === 0) return;
    const why = this.#text() || `exit code ${words[WORD.deadCode]}`;
    this.#health.ended ??= endOf(words[WORD.deadThread]!, this.threads, why);
  }

  #expectAlive(): void {
    this.#lookForDead();
    if (this.#health.ended !== null) throw new NeuriteError(this.#health.ended);
  }
}

function endOf(thread: number, threads: number, why: string): string {
  return `wasm: thread ${thread} of ${threads} ended: ${why}`;
}

function caught(body: () => unknown): unknown {
  try {
    return body();
  } catch (error) {
    return error;
  }
}

/** Makes sleeping threads look for orders. */
function wake(words: Int32Array): void {
  Atomics.add(words, WORD.orders, 1);
  Atomics.notify(words, WORD.orders);
}

/** Ends the threads of an engine that nobody uses any more. */
const stopWhenGone: FinalizationRegistry<Int32Array> = new FinalizationRegistry((words) => {
  words[WORD.exit] = 1;
  wake(words);
});
