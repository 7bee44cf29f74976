// Ranks on one machine without MPI: rank 0 adds up what the others send it over sockets of the system.

import type { Summands } from "neurite/train";
import type { RankPlace, Ranks } from "./ranks.ts";
import { RankError } from "./ranks.ts";
import { rawBytes, type Wire } from "./wire.ts";

/** How long a rank waits for the others. */
export interface Patience {
  /** Seconds. */
  readonly patience: number;
}

const HOW = "sockets on this machine";

/** @param wires to the other ranks, in their order */
export function ranksAtCentre(
  wires: readonly Wire[],
  { patience }: Patience,
  end: () => Promise<void>,
): Ranks {
  const size = wires.length + 1;
  const others = <T>(body: (wire: Wire, rank: number) => Promise<T>): Promise<T[]> =>
    Promise.all(wires.map((wire, i) => inTime(body(wire, i + 1), `rank ${i + 1}`, patience)));
  return {
    rank: 0,
    size,
    how: HOW,
    async sum(arrays) {
      const come = await others(async (wire, rank) => await sameLength(wire, arrays, rank));
      // In the order of the ranks, so that the same run gives the same bits again.
      for (const bytes of come) addTo(arrays, bytes);
      await others((wire) => wire.send(...arrays.map(rawBytes)));
    },
    async broadcast(bytes) {
      await others((wire) => wire.send(bytes!));
      return bytes!;
    },
    async close() {
      await others((wire) => wire.next()); // the others have nothing more to say
      await end();
    },
  };
}

/** A rank that was started by rank 0. */
export function ranksAtEdge(wire: Wire, { rank, size }: RankPlace, { patience }: Patience): Ranks {
  const answer = () => inTime(wire.next(), "rank 0", patience);
  return {
    rank,
    size,
    how: HOW,
    async sum(arrays) {
      await wire.send(...arrays.map(rawBytes));
      const sums = await answer();
      let at = 0;
      for (const array of arrays) {
        const bytes = rawBytes(array);
        sums.copy(bytes, 0, at);
        at += bytes.length;
      }
    },
    broadcast: answer,
    async close() {
      await wire.send();
      wire.end();
    },
  };
}

async function sameLength(wire: Wire, arrays: readonly Summands[], rank: number): Promise<Buffer> {
  const bytes = await wire.next();
  const wanted = arrays.reduce((sum, { byteLength }) => sum + byteLength, 0);
  if (bytes.length === wanted) return bytes;
  throw new RankError(
    `rank ${rank} is at another place than rank 0: it gave ${bytes.length} bytes to add up, and not ${wanted}`,
  );
}

function addTo(arrays: readonly Summands[], bytes: Buffer): void {
  let from = 0;
  for (const array of arrays) {
    const theirs = numbersIn(bytes.subarray(from, from + array.byteLength), array);
    for (let i = 0; i < array.length; i++) array[i]! += theirs[i]!;
    from += array.byteLength;
  }
}

/** Bytes as numbers of the type of `like`, in place where they lie as such numbers must. */
function numbersIn(bytes: Buffer, like: Summands): Summands {
  const { buffer, byteOffset, length } = bytes;
  const size = like.BYTES_PER_ELEMENT;
  const Kind = like.constructor as new (
    buffer: ArrayBufferLike,
    from: number,
    length: number,
  ) => Summands;
  if (byteOffset % size === 0) return new Kind(buffer, byteOffset, length / size);
  return new Kind(new Uint8Array(bytes).buffer, 0, length / size);
}

/** @throws RankError where it takes too long */
async function inTime<T>(wanted: Promise<T>, who: string, patience: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new RankError(`${who} has been silent for ${patience} s`)),
      patience * 1000,
    );
  });
  try {
    return await Promise.race([wanted, late]);
  } finally {
    clearTimeout(timer);
  }
}
