// Bytes from wherever they come: pieces, one by one.

import { either, having, instance, type Kind, text } from "../../../checks/arguments.ts";
import { ArgumentError } from "../../../checks/errors.ts";

/** What a table is read from: its bytes or its text, at once or in pieces (a file's stream, a `Response`'s body, a `Blob`). */
export type TableSource =
  | string
  | ArrayBuffer
  | Uint8Array
  | AsyncIterable<Uint8Array>
  | Iterable<Uint8Array>
  | { stream(): AsyncIterable<Uint8Array> | ReadableBytes };

/** What a ReadableStream has, in browsers whose streams cannot be iterated. */
interface ReadableBytes {
  getReader(): {
    read(): Promise<{ done: boolean; value?: Uint8Array | undefined }>;
    cancel(): Promise<unknown>;
  };
}

export const tableSource: Kind = either(
  either(text, instance("an ArrayBuffer", ArrayBuffer)),
  either(
    having("with a stream, as files have", "stream"),
    either(having("a ReadableStream", "getReader"), iterableBytes()),
  ),
);

function iterableBytes(): Kind {
  const fits = (value: unknown) =>
    typeof value === "object" &&
    value !== null &&
    (Symbol.asyncIterator in value || Symbol.iterator in value);
  return { says: "a Uint8Array or a sequence of them", fits };
}

/** Pieces of a megabyte at most. */
const PIECE = 2 ** 20;

/** @throws ArgumentError (as a rejection) for pieces that are no bytes */
export async function* piecesOf(source: TableSource): AsyncGenerator<Uint8Array, void, undefined> {
  if (typeof source === "string") yield* cut(new TextEncoder().encode(source));
  else if (source instanceof ArrayBuffer) yield* cut(new Uint8Array(source));
  else if (source instanceof Uint8Array) yield* cut(source);
  else if ("stream" in source) yield* piecesOf(iterated(source.stream()));
  else {
    for await (const piece of iterated(source)) {
      if (!(piece instanceof Uint8Array)) {
        throw new ArgumentError(
          `readTable: expected pieces that are Uint8Arrays, received ${typeof piece}`,
        );
      }
      yield* cut(piece);
    }
  }
}

function* cut(bytes: Uint8Array): Generator<Uint8Array, void, undefined> {
  for (let at = 0; at < bytes.length; at += PIECE) yield bytes.subarray(at, at + PIECE);
}

type Pieces = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

function iterated(source: Pieces | ReadableBytes): Pieces {
  if (Symbol.asyncIterator in source || Symbol.iterator in source) return source;
  return readAll(source);
}

async function* readAll(stream: ReadableBytes): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      if (value) yield value;
    }
  } finally {
    // Where reading ends early, so does what feeds the stream; after its end this does nothing.
    await reader.cancel();
  }
}
