// Joins requests that come at the same time: what computes is called once for many of them.

import { busy, Refusal } from "./refusal.ts";

export interface BatchLimits {
  /** Examples that are computed at once. */
  readonly maxBatch: number;
  /** Milliseconds that the first request of a batch waits for others. */
  readonly maxWait: number;
  /** Examples that may wait. */
  readonly maxQueue: number;
  /** Milliseconds in which a request is answered, or given up. */
  readonly timeout: number;
}

interface Entry<I, O> {
  readonly item: I;
  readonly resolve: (output: O) => void;
  readonly reject: (error: unknown) => void;
  readonly timer: NodeJS.Timeout;
}

/** Holds items, each of some examples, until a batch is full or the first has waited long enough. */
export class Batcher<I extends { readonly count: number }, O> {
  readonly #run: (items: readonly I[]) => Promise<readonly O[]>;
  readonly #limits: BatchLimits;
  #waiting: Entry<I, O>[] = [];
  #queued = 0;
  #isRunning = false;
  #timer: NodeJS.Timeout | null = null;

  /** @param run gives an output for each item, in order */
  constructor(run: (items: readonly I[]) => Promise<readonly O[]>, limits: BatchLimits) {
    this.#run = run;
    this.#limits = limits;
  }

  /** Examples that wait now. */
  get queued(): number {
    return this.#queued;
  }

  /** @throws (as a rejection) Refusal where too much waits, or where it takes too long; what computing throws */
  submit(item: I): Promise<O> {
    const { maxQueue, timeout } = this.#limits;
    if (item.count > maxQueue) {
      const words = `expected at most ${maxQueue} examples in a request, received ${item.count}`;
      return Promise.reject(new Refusal(413, words));
    }
    if (this.#queued + item.count > maxQueue) {
      return Promise.reject(busy(`${this.#queued} examples wait already; try again`));
    }
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#giveUp(entry), timeout);
      const entry: Entry<I, O> = { item, resolve, reject, timer };
      this.#waiting.push(entry);
      this.#queued += item.count;
      this.#plan();
    });
  }

  #giveUp(entry: Entry<I, O>): void {
    const place = this.#waiting.indexOf(entry);
    if (place >= 0) {
      this.#waiting.splice(place, 1);
      this.#queued -= entry.item.count;
    }
    entry.reject(new Refusal(504, `no answer within ${this.#limits.timeout / 1000} seconds`));
  }

  /** Sees to it that what waits is run: soon, where a batch is full. */
  #plan(): void {
    if (this.#isRunning || this.#waiting.length === 0) return;
    const isFull = this.#queued >= this.#limits.maxBatch;
    if (this.#timer && !isFull) return;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#start(), isFull ? 0 : this.#limits.maxWait);
  }

  #start(): void {
    this.#timer = null;
    const entries = this.#take();
    if (entries.length === 0) return;
    this.#isRunning = true;
    void this.#answer(entries).finally(() => {
      this.#isRunning = false;
      this.#plan();
    });
  }

  /** As many as fit into a batch, in order; at least one. */
  #take(): Entry<I, O>[] {
    let [examples, taken] = [0, 0];
    for (const { item } of this.#waiting) {
      if (taken > 0 && examples + item.count > this.#limits.maxBatch) break;
      examples += item.count;
      taken++;
    }
    this.#queued -= examples;
    return this.#waiting.splice(0, taken);
  }

  /** Where a batch fails, each request is tried alone: one that is wrong spoils no other. */
  async #answer(entries: readonly Entry<I, O>[]): Promise<void> {
    try {
      const outputs = await this.#run(entries.map(({ item }) => item));
      entries.forEach((entry, i) => {
        clearTimeout(entry.timer);
        entry.resolve(outputs[i]!);
      });
    } catch (error) {
      if (entries.length > 1) {
        for (const entry of entries) await this.#answer([entry]);
        return;
      }
      clearTimeout(entries[0]!.timer);
      entries[0]!.reject(error);
    }
  }
}
