// Whether all ranks hold and do the same: what they say of it is gathered, and a difference named.

import { expectArgument, type Kind } from "../../checks/arguments.ts";
import { NeuriteError } from "../../checks/errors.ts";
import type { State } from "../../runtime/state/state.ts";
import type { Exchange } from "./exchange.ts";

const EXCHANGE: Kind<Exchange> = {
  says: "an exchange, as { rank, size, sum(arrays) }, whose rank is a whole number from 0 to below its size",
  fits(value) {
    const { rank, size, sum } = (value ?? {}) as Partial<Exchange>;
    const isWhole = Number.isInteger(rank) && Number.isInteger(size);
    return isWhole && rank! >= 0 && rank! < size! && typeof sum === "function";
  },
};

/** @throws ArgumentError for what is no exchange */
export function expectExchange(where: string, exchange: unknown): void {
  expectArgument(where, "exchange", exchange, EXCHANGE);
}

/** What each rank says, in the order of the ranks. */
export async function gathered(
  exchange: Exchange,
  own: readonly number[],
): Promise<readonly (readonly number[])[]> {
  const { rank, size } = exchange;
  const all = new Float64Array(size * own.length);
  all.set(own, rank * own.length);
  await exchange.sum([all]);
  return Array.from({ length: size }, (_, r) => [
    ...all.subarray(r * own.length, (r + 1) * own.length),
  ]);
}

/** @throws NeuriteError, on every rank, where one has something else than rank 0 under one of these names */
export async function expectAlike(
  exchange: Exchange,
  when: string,
  prints: Readonly<Record<string, number>>,
): Promise<void> {
  const names = Object.keys(prints);
  const [first, ...rest] = await gathered(exchange, Object.values(prints));
  rest.forEach((said, i) => {
    const differs = names.filter((_, at) => said[at] !== first![at]);
    if (differs.length === 0) return;
    throw new NeuriteError(
      `fit: rank ${i + 1} has other ${differs.join(", other ")} than rank 0 ${when}: all ranks must start ` +
        "alike, compute alike, and be changed alike by their callbacks",
    );
  });
}

/** A hash of 32 bits (FNV-1a on words), so that ranks can compare what they hold. */
export class Fingerprint {
  #hash = 0x811c9dc5;

  add(view: ArrayBufferView): this {
    // The same bytes give the same hash wherever they lie.
    const isAligned = view.byteOffset % 4 === 0;
    const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
    const { buffer, byteOffset, byteLength } = isAligned ? bytes : bytes.slice();
    const words = byteLength >> 2;
    let hash = this.#hash;
    for (const word of new Uint32Array(buffer, byteOffset, words)) {
      hash = Math.imul(hash ^ word, 0x01000193);
      hash ^= hash >>> 15; // without it the upper bits of words never reach the lower ones
    }
    for (const byte of new Uint8Array(buffer, byteOffset + 4 * words, byteLength - 4 * words)) {
      hash = Math.imul(hash ^ byte, 0x01000193);
    }
    this.#hash = hash;
    return this;
  }

  text(said: string): this {
    return this.add(new TextEncoder().encode(said));
  }

  get value(): number {
    return this.#hash >>> 0;
  }
}

/** Of all that a model keeps between steps. */
export function printOf(state: State): number {
  const print = new Fingerprint();
  for (const [name, variable] of state.variables) print.text(name).add(variable.storage.read());
  return print.value;
}
