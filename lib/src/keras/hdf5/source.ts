// The bytes of an HDF5 file, of which nothing is read beyond its end and nothing twice over.

import { FileError } from "../../checks/errors.ts";

/** Where a field is not there. */
export const UNDEFINED = 0xffff_ffff_ffff_ffffn;
const NUL = 0;

/** @throws FileError always, with what the file is first */
export function refuseHdf5(problem: string): never {
  throw new FileError(`HDF5: ${problem}`);
}

/**
 * The file, and how much more may be read of it. Each structure takes bytes of its own, so that a file in which
 * structures point at each other in circles, or a thousand times at the same one, is found out by its length.
 */
export class Source {
  readonly bytes: Uint8Array;
  readonly #view: DataView;
  #left: number;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#left = 4 * bytes.length + 4096;
  }

  /** @throws FileError where the bytes are not there, or more was read than a sound file holds */
  part(at: number, length: number): FilePart {
    if (at < 0 || length < 0 || at + length > this.bytes.length) {
      refuseHdf5(
        `bytes ${at} to ${at + length} are not there: the file has ${this.bytes.length}, it is damaged or cut short`,
      );
    }
    this.#left -= length + 1;
    if (this.#left < 0) refuseHdf5("its structures point at each other in circles");
    return new FilePart(this.bytes.subarray(at, at + length), this.#view, at);
  }
}

/** Some bytes of the file, read from the first on; all numbers are little-endian. */
export class FilePart {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly #view: DataView;
  at = 0;

  constructor(bytes: Uint8Array, view: DataView, start: number) {
    this.bytes = bytes;
    this.#view = view;
    this.start = start;
  }

  get left(): number {
    return this.bytes.length - this.at;
  }

  #take(length: number): number {
    if (length > this.left) {
      refuseHdf5(`a structure at byte ${this.start} ends after ${this.bytes.length} bytes`);
    }
    this.at += length;
    return this.start + this.at - length;
  }

  u8(): number {
    return this.#view.getUint8(this.#take(1));
  }

  u16(): number {
    return this.#view.getUint16(this.#take(2), true);
  }

  u32(): number {
    return this.#view.getUint32(this.#take(4), true);
  }

  /** A length or an address. */
  u64(): number {
    const value = this.#view.getBigUint64(this.#take(8), true);
    if (value > BigInt(Number.MAX_SAFE_INTEGER))
      refuseHdf5(`a number at byte ${this.start} is too large`);
    return Number(value);
  }

  /** An address, null where there is nothing. */
  address(): number | null {
    if (this.#view.getBigUint64(this.start + this.at, true) !== UNDEFINED) return this.u64();
    this.at += 8;
    return null;
  }

  skip(length: number): void {
    this.#take(length);
  }

  /** The next bytes as a part of their own. */
  inner(length: number): FilePart {
    const from = this.#take(length) - this.start;
    return new FilePart(this.bytes.subarray(from, from + length), this.#view, this.start + from);
  }

  /** To the next multiple of eight, from where the part starts. */
  align(): void {
    this.#take(Math.min(this.left, (8 - (this.at % 8)) % 8));
  }

  /** @throws FileError unless these letters come next */
  expect(signature: string): void {
    const place = this.start + this.at;
    if (this.letters(signature.length) !== signature) {
      refuseHdf5(`expected ${signature} at byte ${place}: the file is damaged`);
    }
  }

  letters(length: number): string {
    const from = this.#take(length) - this.start;
    return textOf(this.bytes.subarray(from, from + length));
  }

  /** Letters up to a zero. */
  untilZero(): string {
    const end = this.bytes.indexOf(NUL, this.at);
    return this.letters((end < 0 ? this.bytes.length : end) - this.at);
  }
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export function textOf(bytes: Uint8Array): string {
  try {
    // A decoder takes no shared memory.
    return utf8.decode(bytes.buffer instanceof ArrayBuffer ? bytes : bytes.slice());
  } catch {
    return refuseHdf5("a text in it is not UTF-8");
  }
}

/** Without the zeros that fill up a text of fixed length. */
export const withoutZeros = (bytes: Uint8Array): Uint8Array => {
  const end = bytes.indexOf(NUL);
  return end < 0 ? bytes : bytes.subarray(0, end);
};
