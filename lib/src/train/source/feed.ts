// Batches of a source as they are needed, a few ahead: memory holds as many as were asked for, and no more.

import { NeuriteError } from "../../checks/errors.ts";
import { type Opened, openSource } from "./open.ts";
import type { Batch, BatchSource } from "./source.ts";

type Next = IteratorResult<Batch> | PromiseLike<IteratorResult<Batch>>;

export class Feed {
  readonly #where: string;
  readonly #source: BatchSource;
  /** How many batches may be alive, the one in use included. */
  readonly #most: number;
  #opened: Opened | null = null;
  /** Asked for, in order; some may not have come yet. */
  #ahead: Next[] = [];
  #epoch = 0;
  /** Batches of this epoch that were handed out. */
  #given = 0;
  /** Batches of this epoch that will be asked for. */
  #wanted = Number.POSITIVE_INFINITY;

  constructor(where: string, source: BatchSource, most: number) {
    this.#where = where;
    this.#source = source;
    this.#most = most;
  }

  get epoch(): number {
    return this.#epoch;
  }

  /** True where the iterator of one epoch goes on in the next. */
  get isOnce(): boolean {
    return this.#opened?.isOnce ?? false;
  }

  /** @param wanted how many batches the epoch has, where that is known: no more are fetched for it */
  async begin(epoch: number, wanted: number = Number.POSITIVE_INFINITY): Promise<void> {
    this.#epoch = epoch;
    this.#given = 0;
    this.#wanted = wanted;
    if (this.#opened?.isOnce) return;
    await this.close();
    this.#opened = this.#guarded(() => openSource(this.#where, this.#source, epoch));
  }

  /** The next batch, or null after the last. @throws NeuriteError where the source throws */
  async next(): Promise<Batch | null> {
    this.#fill();
    const next = this.#ahead.shift();
    if (!next) return null;
    const { done, value } = await this.#awaited(next);
    if (done) {
      this.#ahead = [];
      return null;
    }
    this.#given++;
    this.#fetchAhead();
    return value;
  }

  #fill(): void {
    if (this.#ahead.length === 0 && this.#given < this.#wanted) this.#ask();
  }

  /** While the batch is in use, the next ones are on their way; what is not async would only wait. */
  #fetchAhead(): void {
    if (!this.#opened?.isAsync) return;
    const most = Math.min(this.#most - 1, this.#wanted - this.#given);
    while (this.#ahead.length < most) this.#ask();
  }

  #ask(): void {
    const next = this.#guarded(() => this.#opened!.iterator.next());
    // Whoever asks for it hears of its error; until then it must not end the process.
    if (next instanceof Promise) next.catch(() => {});
    this.#ahead.push(next);
  }

  /** Lets a generator tidy up. */
  async close(): Promise<void> {
    const opened = this.#opened;
    this.#opened = null;
    this.#ahead = [];
    await opened?.iterator.return?.();
  }

  #guarded<T>(body: () => T): T {
    try {
      return body();
    } catch (error) {
      throw this.#failed(error);
    }
  }

  async #awaited(next: Next): Promise<IteratorResult<Batch>> {
    try {
      return await next;
    } catch (error) {
      throw this.#failed(error);
    }
  }

  #failed(cause: unknown): Error {
    if (cause instanceof NeuriteError) return cause;
    const said = cause instanceof Error ? cause.message : String(cause);
    return new NeuriteError(
      `${this.#where}: the source of batches threw in epoch ${this.#epoch + 1}, after ` +
        `${this.#given} batches: ${said}`,
      { cause },
    );
  }
}
