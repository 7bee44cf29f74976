// Text out of files: with or without a byte order mark, and without what JSON parsers stumble over.

import { expectArgument } from "../checks/arguments.ts";
import { FileError } from "../checks/errors.ts";
import { bytesOf } from "./bytes.ts";

/** A text without the byte order mark that editors of Windows put before it. */
export function withoutMark(text: string): string {
  expectArgument("withoutMark", "text", text, {
    says: "a text",
    fits: (x) => typeof x === "string",
  });
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

/**
 * The text that bytes spell: UTF-8, or UTF-16 where its byte order mark says so (PowerShell's `>`).
 * @param what the file, as errors name it
 * @throws FileError for bytes that are no text
 */
export function decodeText(what: string, bytes: Uint8Array): string {
  const given = bytesOf("decodeText", bytes);
  const encoding = encodingOf(given);
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(given);
  } catch (cause) {
    throw new FileError(`${what}: this is not text: it is not ${encoding.toUpperCase()}`, {
      cause,
    });
  }
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
}
