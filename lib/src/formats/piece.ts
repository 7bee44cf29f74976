// Bytes in the making: numbers in little-endian order, one after the other.

/** A piece of a file, written from its start on. What is left out is zero. */
export class Piece {
  readonly start: number;
  readonly #bytes: Uint8Array<ArrayBuffer>;
  readonly #view: DataView;
  at = 0;

  constructor(start: number, length: number) {
    this.start = start;
    this.#bytes = new Uint8Array(length);
    this.#view = new DataView(this.#bytes.buffer);
  }

  get content(): Uint8Array<ArrayBuffer> {
    return this.#bytes;
  }

  u8(...values: readonly number[]): this {
    for (const value of values) this.#view.setUint8(this.at++, value);
    return this;
  }

  u16(...values: readonly number[]): this {
    for (const value of values) {
      this.#view.setUint16(this.at, value, true);
      this.at += 2;
    }
    return this;
  }

  u32(...values: readonly number[]): this {
    for (const value of values) {
      this.#view.setUint32(this.at, value, true);
      this.at += 4;
    }
    return this;
  }

  u64(...values: readonly (number | bigint)[]): this {
    for (const value of values) {
      this.#view.setBigUint64(this.at, BigInt(value), true);
      this.at += 8;
    }
    return this;
  }

  bytes(bytes: Uint8Array): this {
    this.#bytes.set(bytes, this.at);
    return this.skip(bytes.length);
  }

  text(letters: string): this {
    return this.bytes(new TextEncoder().encode(letters));
  }

  skip(length: number): this {
    this.at += length;
    return this;
  }
}
