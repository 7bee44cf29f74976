// What a loop makes once and holds as long as it runs: panels of factors that do not change in it.

import type { Keeping } from "../kernels/kernel.ts";
import type { Home, Homes } from "../lower/schedule.ts";
import type { Buffer } from "../lower/view.ts";
import { blockBytes } from "../memory/blocks.ts";

/** Programs that need more memory than this for it rather make it anew in each turn. */
const MOST_BYTES = 2 ** 28;

/** What is made of an array from outside the loop. */
export interface HeldArray {
  readonly of: Buffer;
  readonly array: Buffer;
}

export class HeldArrays {
  readonly list: HeldArray[] = [];
  readonly #found = new Map<Buffer, Map<string, Buffer>>();

  /** How much memory all of it takes. */
  get bytes(): number {
    return this.list.reduce((sum, { array }) => sum + blockBytes(array.bytes), 0);
  }

  /** The array for what is made in this way, the same for one key; null where there is no room for it. */
  find(of: Buffer, key: string, bytes: number): Buffer | null {
    const made = this.#found.get(of) ?? new Map<string, Buffer>();
    const known = made.get(key);
    if (known) return known;
    if (this.bytes + bytes > MOST_BYTES) return null;
    const id = this.list.length;
    const array: Buffer = { id, dtype: "uint8", shape: [bytes], bytes };
    this.list.push({ of, array });
    this.#found.set(of, made.set(key, array));
    return array;
  }

  /** Where each array lies, one behind the other. */
  addresses(start: number): Map<Buffer, number> {
    let at = start;
    return new Map(
      this.list.map(({ array }) => {
        const address = at;
        at += blockBytes(array.bytes);
        return [array, address];
      }),
    );
  }
}

const NOTHING = () => null;

/** Nothing of what a program makes is found again. */
export const NOTHING_STAYS: Keeping = { forRuns: NOTHING, forTurns: NOTHING };

/** Where the body of a loop finds what it holds: of all loops around that do not change the array, with the outermost. */
export function keepingIn(
  homes: Homes,
  outside: (home: Home) => Buffer | null,
  find: Keeping["forTurns"],
): Keeping {
  return {
    forRuns: NOTHING,
    forTurns: (array, key, bytes) => {
      const home = homes.get(array);
      const of = home ? outside(home) : null;
      return of && find(of, key, bytes);
    },
  };
}
