// Frames of bytes over a socket: how many bytes, then the bytes. Rank 0 and another rank speak by them.

import type { Socket } from "node:net";
import { RankError } from "./ranks.ts";

const HEAD_BYTES = 8;
const AFTER_LOSS_MS = 100;

/** Bytes of an array, without copying. */
export function rawBytes({ buffer, byteOffset, byteLength }: ArrayBufferView): Buffer {
  return Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength);
}

interface Wanted {
  readonly resolve: (bytes: Buffer) => void;
  readonly reject: (error: Error) => void;
}

export class Wire {
  readonly #socket: Socket;
  readonly #head: Buffer = Buffer.alloc(HEAD_BYTES);
  #headFilled = 0;
  #body: Buffer | null = null;
  #filled = 0;
  #come: Buffer[] = [];
  #wanted: Wanted | null = null;
  #broken: Error | null = null;

  /** @param who is at the other end, as in "rank 1" */
  constructor(socket: Socket, who: () => string) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.unref(); // whoever waits has a timer that keeps the process alive
    socket.on("data", (chunk: Buffer) => this.#take(chunk));
    socket.on("error", () => {}); // "close" follows
    // How its process ended is known a little later.
    socket.on("close", () => {
      setTimeout(() => this.fail(new RankError(`${who()} is gone`)), AFTER_LOSS_MS);
    });
  }

  /** Resolves when the bytes need not be kept any longer. */
  async send(...parts: readonly Uint8Array[]): Promise<void> {
    if (this.#broken) throw this.#broken;
    const head = Buffer.alloc(HEAD_BYTES);
    head.writeDoubleLE(parts.reduce((sum, { length }) => sum + length, 0));
    const sent = [head, ...parts].map((part) => {
      if (part.length === 0) return Promise.resolve();
      return new Promise<void>((resolve) => {
        this.#socket.write(part, () => resolve()); // what went wrong, "close" tells
      });
    });
    await Promise.all(sent);
  }

  /** The next frame. @throws RankError where the other end is gone */
  async next(): Promise<Buffer> {
    const come = this.#come.shift();
    if (come) return come;
    if (this.#broken) throw this.#broken;
    return await new Promise((resolve, reject) => {
      this.#wanted = { resolve, reject };
    });
  }

  /** What waits, and whatever is asked for later, fails so. */
  fail(error: Error): void {
    this.#broken ??= error;
    this.#wanted?.reject(this.#broken);
    this.#wanted = null;
  }

  end(): void {
    this.#socket.end();
  }

  #take(chunk: Buffer): void {
    for (let at = 0; at < chunk.length; ) {
      if (this.#body === null) {
        const part = chunk.subarray(at, at + HEAD_BYTES - this.#headFilled);
        part.copy(this.#head, this.#headFilled);
        this.#headFilled += part.length;
        at += part.length;
        if (this.#headFilled < HEAD_BYTES) return;
        this.#headFilled = 0;
        this.#body = Buffer.allocUnsafeSlow(this.#head.readDoubleLE());
        this.#filled = 0;
      } else {
        const part = chunk.subarray(at, at + this.#body.length - this.#filled);
        part.copy(this.#body, this.#filled);
        this.#filled += part.length;
        at += part.length;
      }
      if (this.#filled === this.#body.length) this.#give();
    }
  }

  #give(): void {
    const body = this.#body!;
    this.#body = null;
    if (this.#wanted) this.#wanted.resolve(body);
    else this.#come.push(body);
    this.#wanted = null;
  }
}
