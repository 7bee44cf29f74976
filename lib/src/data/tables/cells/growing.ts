// Numbers that come one by one, in blocks: memory grows with what came, and nothing is copied before the end.

/** Numbers of a block, once there are many; below that each block is as large as all before it. */
const BLOCK = 65_536;

type Numbers = Float64Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>;

/** A list that only grows, of one kind of typed array. */
export class Growing<A extends Numbers> {
  readonly #make: new (
    length: number,
  ) => A;
  #full: A[] = [];
  #block: A;
  #used = 0;
  #before = 0;

  constructor(make: new (length: number) => A) {
    this.#make = make;
    this.#block = new make(16);
  }

  get length(): number {
    return this.#before + this.#used;
  }

  push(value: number): void {
    if (this.#used === this.#block.length) this.#next();
    this.#block[this.#used++] = value;
  }

  #next(): void {
    this.#full.push(this.#block);
    this.#before += this.#used;
    this.#used = 0;
    this.#block = new this.#make(Math.min(BLOCK, this.#before));
  }

  /** The same value many times. */
  fill(value: number, times: number): void {
    for (let i = 0; i < times; i++) this.push(value);
  }

  /** Every value in turn; what `change` gives takes its place. */
  change(change: (value: number, place: number) => number): void {
    let place = 0;
    for (const block of [...this.#full, this.#block.subarray(0, this.#used)]) {
      for (let i = 0; i < block.length; i++) block[i] = change(block[i]!, place++);
    }
  }

  /** All of them in one array; the list is empty afterwards, so that no number is held twice for long. */
  take(): A {
    const out = new this.#make(this.length);
    let at = 0;
    for (const block of this.#full) {
      out.set(block, at);
      at += block.length;
    }
    out.set(this.#block.subarray(0, this.#used), at);
    this.#full = [];
    this.#block = new this.#make(16);
    this.#used = this.#before = 0;
    return out;
  }
}
