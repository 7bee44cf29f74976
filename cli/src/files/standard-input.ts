// Standard input, as commands read it where they are given "-".

import { CliError } from "../terminal/failures.ts";

/** Standard input, where a path is expected. */
export const STANDARD_INPUT = "-";
const MOST_INPUT = 2 ** 30;

/** All of it. @throws CliError where it goes on too long */
export async function standardInput(): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of process.stdin as AsyncIterable<Uint8Array>) {
    pieces.push(piece);
    bytes += piece.length;
    if (bytes > MOST_INPUT) {
      throw new CliError("standard input: goes on beyond a gigabyte; give a file in its place");
    }
  }
  return Buffer.concat(pieces);
}
