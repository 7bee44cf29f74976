// The ranks of an MPI job, as this process sees them. Nothing blocks: what is asked for is looked at until it is done.

import { setTimeout as sleep, setImmediate as turn } from "node:timers/promises";
import type { Exchange } from "neurite/train";
import { type Library, MpiError, openLibrary } from "./library.ts";

/** How to join. */
export interface MpiOptions {
  /** Seconds that a rank waits for the others before it says that one of them is silent; 120 by default. */
  readonly patience?: number;
}

/** A message from another rank. */
export interface Message {
  readonly from: number;
  readonly bytes: Uint8Array;
}

const THREAD_FUNNELED = 1;
const TAG = 1;
const LONGEST_TEXT = 8192;
/** Looks at what is not done before others get a turn: about as long as a short exchange takes. */
const LOOKS = 200;
/** After so long, in milliseconds, waiting may cost a little time and no processor. */
const SHORT_MS = 20;
/** MPI counts in an int. */
const MOST_AT_ONCE = 2 ** 30;

/** One array of bytes, numbers or text that MPI writes to. */
class Cell {
  readonly array: Int32Array;
  readonly address: bigint;

  constructor(library: Library, words: number) {
    this.array = new Int32Array(words);
    this.address = library.addressOf(this.array);
  }
}

/**
 * Joins the ranks of the job that mpirun, srun or the like has started.
 * @throws MpiError where there is no MPI, or it does not start
 */
export async function joinMpi({ patience = 120 }: MpiOptions = {}): Promise<Mpi> {
  if (!(patience > 0)) {
    throw new MpiError(`joinMpi: expected patience in seconds above 0, received ${patience}`);
  }
  return new Mpi(await openLibrary(), patience);
}

/** A rank of an MPI job. */
export class Mpi implements Exchange {
  readonly rank: number;
  readonly size: number;
  /** What the library says of itself, in a line. */
  readonly version: string;
  readonly #library: Library;
  readonly #patience: number;
  readonly #flag: Cell;
  readonly #status: Cell;
  /** Requests that can be used. */
  #free: Cell[] = [];

  /** Use joinMpi(). */
  constructor(library: Library, patience: number) {
    this.#library = library;
    this.#patience = patience;
    this.#flag = new Cell(library, 1);
    this.#status = new Cell(library, 16);
    const { abi, calls } = library;
    const [started, number] = [new Cell(library, 1), new Cell(library, 1)];
    this.#expect("MPI_Initialized", calls.MPI_Initialized(started.address));
    if (started.array[0] === 0) {
      const code = calls.MPI_Init_thread(0n, 0n, THREAD_FUNNELED, number.address);
      this.#expect("MPI_Init_thread", code);
    }
    this.#expect("errors", calls.MPI_Comm_set_errhandler(abi.world, abi.errorsReturn));
    this.#expect("MPI_Comm_rank", calls.MPI_Comm_rank(abi.world, number.address));
    this.rank = number.array[0]!;
    this.#expect("MPI_Comm_size", calls.MPI_Comm_size(abi.world, number.address));
    this.size = number.array[0]!;
    this.version = this.#text((text, length) => calls.MPI_Get_library_version(text, length));
  }

  async sum(arrays: Parameters<Exchange["sum"]>[0]): Promise<void> {
    const { abi, calls } = this.#library;
    const started = arrays.flatMap((array) => {
      const type = array instanceof Float64Array ? abi.double : abi.float;
      return this.#pieces(array).map(({ address, count }) =>
        this.#start("MPI_Iallreduce", (request) =>
          calls.MPI_Iallreduce(abi.inPlace, address, count, type, abi.sum, abi.world, request),
        ),
      );
    });
    await this.#done(started, this.#patience);
  }

  /** What rank 0 gives, on every rank. */
  async broadcast(bytes: Uint8Array | null): Promise<Uint8Array> {
    const { abi, calls } = this.#library;
    const length = Float64Array.of(this.rank === 0 ? bytes!.length : 0);
    await this.sum([length]);
    const data = this.rank === 0 ? bytes! : new Uint8Array(length[0]!);
    const started = this.#pieces(data).map(({ address, count }) =>
      this.#start("MPI_Ibcast", (request) =>
        calls.MPI_Ibcast(address, count, abi.byte, 0, abi.world, request),
      ),
    );
    await this.#done(started, this.#patience);
    return data;
  }

  /** Resolves when all ranks have come here. */
  async barrier(): Promise<void> {
    const { abi, calls } = this.#library;
    const arrived = this.#start("MPI_Ibarrier", (r) => calls.MPI_Ibarrier(abi.world, r));
    await this.#done([arrived], this.#patience);
  }

  /** Sends bytes to one rank, which receives them. */
  async send(to: number, bytes: Uint8Array): Promise<void> {
    const { abi, calls, addressOf } = this.#library;
    const address = addressOf(bytes);
    const sent = this.#start("MPI_Isend", (request) =>
      calls.MPI_Isend(address, bytes.length, abi.byte, to, TAG, abi.world, request),
    );
    await this.#done([sent], this.#patience);
  }

  /** The next message from any rank, however long it takes; null when `signal` is aborted meanwhile. */
  async receive(signal?: AbortSignal): Promise<Message | null> {
    const { abi, calls, addressOf } = this.#library;
    const [flag, status] = [this.#flag, this.#status];
    for (;;) {
      const code = calls.MPI_Iprobe(abi.anySource, TAG, abi.world, flag.address, status.address);
      this.#expect("MPI_Iprobe", code);
      if (flag.array[0] !== 0) break;
      if (signal?.aborted) return null;
      await sleep(1);
    }
    const from = status.array[abi.source / 4]!;
    this.#expect("MPI_Get_count", calls.MPI_Get_count(status.address, abi.byte, flag.address));
    const bytes = new Uint8Array(flag.array[0]!);
    const address = addressOf(bytes);
    const come = this.#start("MPI_Irecv", (request) =>
      calls.MPI_Irecv(address, bytes.length, abi.byte, from, TAG, abi.world, request),
    );
    await this.#done([come], this.#patience);
    return { from, bytes };
  }

  /** Ends all ranks of the job, this one among them, with an exit code. */
  abort(code: number): void {
    const { abi, calls } = this.#library;
    calls.MPI_Abort(abi.world, code);
  }

  /** Leaves; to be called by all ranks, as the last thing. @throws where one of them does not come */
  async close(): Promise<void> {
    await this.barrier();
    this.#expect("MPI_Finalize", this.#library.calls.MPI_Finalize());
  }

  /** An array in pieces that MPI can count. */
  #pieces(array: ArrayBufferView & ArrayLike<number>) {
    const start = array.length > 0 ? this.#library.addressOf(array) : 0n;
    const each = array.length > 0 ? array.byteLength / array.length : 1;
    const pieces = [];
    for (let from = 0; from < array.length; from += MOST_AT_ONCE) {
      const count = Math.min(MOST_AT_ONCE, array.length - from);
      pieces.push({ address: start + BigInt(from * each), count });
    }
    return pieces;
  }

  #start(what: string, call: (request: bigint) => number): Cell {
    const request = this.#free.pop() ?? new Cell(this.#library, 2);
    this.#expect(what, call(request.address));
    return request;
  }

  /** @param patience in seconds */
  async #done(requests: readonly Cell[], patience: number): Promise<void> {
    const { abi, calls } = this.#library;
    const waiting = [...requests];
    const began = performance.now();
    for (let looks = 1; waiting.length > 0; looks++) {
      const [next] = waiting as [Cell];
      const code = calls.MPI_Test(next.address, this.#flag.address, abi.noStatus);
      this.#expect("MPI_Test", code);
      if (this.#flag.array[0] !== 0) {
        this.#free.push(next);
        waiting.shift();
        continue;
      }
      if (looks % LOOKS !== 0) continue;
      const waited = performance.now() - began;
      if (waited > patience * 1000) {
        throw new MpiError(
          `mpi: rank ${this.rank} waited ${patience} s for the other ${this.size - 1} ranks: one of them is silent, ` +
            "stopped, or unreachable",
        );
      }
      await (waited > SHORT_MS ? sleep(1) : turn());
    }
  }

  #expect(what: string, code: number): void {
    if (code === 0) return;
    const said = this.#text((text, length) =>
      this.#library.calls.MPI_Error_string(code, text, length),
    );
    throw new MpiError(`mpi: ${what}: ${said || `error ${code}`}`);
  }

  /** What a call writes as text: its first line. */
  #text(call: (text: bigint, length: bigint) => number): string {
    const bytes = new Uint8Array(LONGEST_TEXT);
    const length = new Cell(this.#library, 1);
    call(this.#library.addressOf(bytes), length.address);
    const whole = new TextDecoder().decode(bytes.subarray(0, length.array[0]));
    return whole.split("\n")[0]!.replaceAll("\0", "").trim();
  }
}
