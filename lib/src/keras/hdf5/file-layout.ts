// A file in the making: pieces of known length, one after the other, which are filled in any order.

import { Piece } from "../../formats/piece.ts";

export class FileLayout {
  readonly #pieces: Piece[] = [];
  length = 0;

  /** The next bytes of the file, from a multiple of eight on. */
  reserve(length: number): Piece {
    const piece = new Piece(this.length, length);
    this.#pieces.push(piece);
    this.length = Math.ceil((this.length + length) / 8) * 8;
    return piece;
  }

  content(): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(this.length);
    for (const { start, content } of this.#pieces) bytes.set(content, start);
    return bytes;
  }
}
