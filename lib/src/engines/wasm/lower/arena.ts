// One arena for all temporary arrays of a program: what is never alive at once shares its memory.

import { blockBytes } from "../memory/blocks.ts";
import type { FusionSchedule } from "./schedule.ts";
import type { Buffer } from "./view.ts";

export interface Arena {
  readonly bytes: number;
  /** Where each temporary array starts, in bytes from the start of the arena. */
  readonly offsets: ReadonlyMap<Buffer, number>;
  /** Where each kernel's own memory starts; -1 where it needs none. */
  readonly scratch: readonly number[];
}

/** From the kernel that writes an array to the last one that reads it, both included. */
export interface Lifetime {
  readonly first: number;
  readonly last: number;
}

/** Lifetimes of the arrays whose memory the program plans: temporaries, arguments, results. */
export function lifetimes({
  fusions,
  buffers,
  homes,
  ends,
  arguments: args,
  results,
}: FusionSchedule): Map<Buffer, Lifetime> {
  const lives = new Map<Buffer, { first: number; last: number }>();
  const touch = (buffer: Buffer, at: number) => {
    const life = lives.get(buffer);
    if (!life) lives.set(buffer, { first: at, last: at });
    else life.last = Math.max(life.last, at);
  };
  fusions.forEach((fusion, at) => {
    for (const { buffer } of fusion.stores) touch(buffer, at);
    if (fusion.head.kind === "special") for (const buffer of fusion.head.results) touch(buffer, at);
    for (const { view } of fusion.reads) touch(view.buffer, at);
  });
  // Arguments stay for the next of many runs; results until they are read.
  const end = fusions.length;
  for (const buffer of args) lives.set(buffer, { first: -1, last: end });
  for (const buffer of results) {
    lives.set(buffer, { first: lives.get(buffer)?.first ?? -1, last: end });
  }
  const planned = buffers.filter((buffer) => {
    const home = homes.get(buffer);
    return home === undefined || (home.kind === "argument" && ends === "arena");
  });
  return new Map(
    planned.flatMap((buffer) => (lives.has(buffer) ? [[buffer, lives.get(buffer)!]] : [])),
  );
}

interface ArenaBlock extends Lifetime {
  readonly bytes: number;
  offset: number;
}

/** Up to this number of arrays, each is compared with all others; the cost is its square. */
const MOST_COMPARED = 1000;

/** @param scratchBytes how much memory of its own each kernel needs */
export function planArena(schedule: FusionSchedule, scratchBytes: readonly number[]): Arena {
  const blocks = [...lifetimes(schedule)].map(([buffer, life]) => ({
    ...life,
    bytes: blockBytes(buffer.bytes),
    offset: -1,
    buffer,
  }));
  const own = scratchBytes.map((bytes, at) => ({
    first: at,
    last: at,
    bytes: blockBytes(bytes),
    offset: -1,
  }));
  const all: ArenaBlock[] = [...blocks, ...own.filter((_, at) => scratchBytes[at]! > 0)];
  if (all.length > MOST_COMPARED) placeInTime(all);
  else placeBySize(all);
  return {
    bytes: all.reduce((end, { offset, bytes }) => Math.max(end, offset + bytes), 0),
    offsets: new Map(blocks.map(({ buffer, offset }) => [buffer, offset])),
    scratch: own.map(({ offset }) => offset),
  };
}

/** Places the largest arrays first, each at the lowest address that is free while it lives. */
function placeBySize(blocks: ArenaBlock[]): void {
  const placed: ArenaBlock[] = [];
  for (const block of blocks.sort((a, b) => b.bytes - a.bytes)) {
    block.offset = lowestFree(block, placed);
    placed.splice(firstAbove(placed, block.offset), 0, block);
  }
}

/** How many of the blocks, which are in order, start at this offset or below. */
function firstAbove(placed: readonly ArenaBlock[], offset: number): number {
  let [low, high] = [0, placed.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (placed[middle]!.offset <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function lowestFree(block: ArenaBlock, placed: readonly ArenaBlock[]): number {
  let offset = 0;
  for (const other of placed) {
    if (other.last < block.first || other.first > block.last) continue;
    if (other.offset >= offset + block.bytes) break;
    offset = Math.max(offset, other.offset + other.bytes);
  }
  return offset;
}

/** Places arrays as they come to life, each where one of its size has died, or else at the end. */
function placeInTime(blocks: ArenaBlock[]): void {
  const dying = [...blocks].sort((a, b) => a.last - b.last);
  const free = new Map<number, number[]>();
  let [end, dead] = [0, 0];
  for (const block of blocks.sort((a, b) => a.first - b.first)) {
    for (; dying[dead]!.last < block.first; dead++) {
      const { bytes, offset } = dying[dead]!;
      const offsets = free.get(bytes);
      if (offsets) offsets.push(offset);
      else free.set(bytes, [offset]);
    }
    block.offset = free.get(block.bytes)?.pop() ?? end;
    end = Math.max(end, block.offset + block.bytes);
  }
}
