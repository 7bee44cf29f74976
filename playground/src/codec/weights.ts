// Weights as text: float32 numbers as base64url, by the name of their variable.

import { fromBase64Url, toBase64Url } from "./base64url.ts";
import type { Json } from "./difference.ts";
import { type Reader, treeOf } from "./read-settings.ts";

/** More would make a link that nothing passes on. */
const MOST_NUMBERS = 8000;

export function packWeights(weights: Readonly<Record<string, ArrayLike<number>>>): Json {
  return Object.fromEntries(
    Object.entries(weights).map(([name, numbers]) => {
      const view = new DataView(new ArrayBuffer(4 * numbers.length));
      for (let i = 0; i < numbers.length; i++) view.setFloat32(4 * i, numbers[i]!, true);
      return [name, toBase64Url(new Uint8Array(view.buffer))];
    }),
  );
}

/** At most so many numbers; the weights, or undefined where they are no numbers: then training begins as the seed says. */
export function unpackWeights(
  value: Json,
  reader: Reader,
  most: number = MOST_NUMBERS,
): Record<string, Float32Array> | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    reader.replaced("weights", value, undefined);
    return undefined;
  }
  const found: Record<string, Float32Array> = {};
  let total = 0;
  for (const [name, packed] of Object.entries(treeOf(value))) {
    const bytes = typeof packed === "string" ? fromBase64Url(packed) : null;
    total += bytes ? bytes.length / 4 : 0;
    const numbers = bytes && bytes.length % 4 === 0 && total <= most ? floats(bytes) : null;
    if (!numbers?.every(Number.isFinite)) {
      reader.replaced(`weights.${name}`, packed ?? null, undefined);
      return undefined;
    }
    found[name] = numbers;
  }
  return found;
}

function floats(bytes: Uint8Array<ArrayBuffer>): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(4 * i, true));
}
