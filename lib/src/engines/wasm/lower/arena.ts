// One arena for all temporary arrays of a program: what is never alive at once shares its memory.

import { ALIGNMENT, SLACK } from "../place.ts";
import type { Schedule } from "./schedule.ts";
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
  groups,
  buffers,
  ends,
  arguments: args,
  results,
}: Schedule): Map<Buffer, Lifetime> {
  const lives = new Map<Buffer, { first: number; last: number }>();
  const touch = (buffer: Buffer, at: number) => {
    const life = lives.get(buffer);
    if (!life) lives.set(buffer, { first: at, last: at });
    else life.last = Math.max(life.last, at);
  };
  groups.forEach((group, at) => {
    for (const { buffer } of group.stores) touch(buffer, at);
    if (group.head.kind === "special") for (const buffer of group.head.results) touch(buffer, at);
    for (const { view } of group.reads) touch(view.buffer, at);
  });
  // Arguments stay for the next of many runs; results until they are read.
  const end = groups.length;
  for (const buffer of args) lives.set(buffer, { first: -1, last: end });
  for (const buffer of results) {
    lives.set(buffer, { first: lives.get(buffer)?.first ?? -1, last: end });
  }
  const planned = buffers.filter(
    ({ home }) => home === "arena" || (home === "argument" && ends === "arena"),
  );
  return new Map(
    planned.flatMap((buffer) => (lives.has(buffer) ? [[buffer, lives.get(buffer)!]] : [])),
  );
}

interface Block extends Lifetime {
  readonly bytes: number;
  offset: number;
}

/** Places the largest arrays first, each at the lowest address that is free while it lives. */
export function planArena(schedule: Schedule, scratchBytes: readonly number[]): Arena {
  const lives = lifetimes(schedule);
  const blocks = [...lives].map(([buffer, life]) => ({
    ...life,
    bytes: rounded(buffer.bytes),
    offset: -1,
    buffer,
  }));
  const own = scratchBytes.map((bytes, at) => ({
    first: at,
    last: at,
    bytes: rounded(bytes),
    offset: -1,
  }));
  const all: Block[] = [...blocks, ...own.filter((_, at) => scratchBytes[at]! > 0)];
  const placed: Block[] = [];
  for (const block of all.sort((a, b) => b.bytes - a.bytes)) {
    block.offset = lowestFree(block, placed);
    placed.push(block);
    placed.sort((a, b) => a.offset - b.offset);
  }
  return {
    bytes: placed.reduce((end, { offset, bytes }) => Math.max(end, offset + bytes), 0),
    offsets: new Map(blocks.map(({ buffer, offset }) => [buffer, offset])),
    scratch: own.map(({ offset }) => offset),
  };
}

function lowestFree(block: Block, placed: readonly Block[]): number {
  let offset = 0;
  for (const other of placed) {
    if (other.last < block.first || other.first > block.last) continue;
    if (other.offset >= offset + block.bytes) break;
    offset = Math.max(offset, other.offset + other.bytes);
  }
  return offset;
}

/** With room for vector loads that run over the end. */
function rounded(bytes: number): number {
  return Math.ceil((bytes + SLACK) / ALIGNMENT) * ALIGNMENT;
}
