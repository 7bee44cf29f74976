// Blocks of engine memory that belong to an object of JavaScript's, and are given back when it is gone.

import { type EngineMemory, OutOfMemory } from "./memory.ts";

export interface OwnedBlock {
  readonly memory: EngineMemory;
  readonly address: number;
  /** As they were asked for. */
  readonly bytes: number;
  /** No program has asked for it yet. */
  isAhead?: boolean;
}

/** What the garbage collector gives back to an engine's memory. The token of a block is the block itself. */
export const freeWhenGone: FinalizationRegistry<OwnedBlock> = new FinalizationRegistry(release);

/**
 * A block for what no program has asked for yet; null where too many bytes wait so already, or there is no
 * memory left.
 */
export function blockAhead(memory: EngineMemory, bytes: number): OwnedBlock | null {
  if (memory.ahead + bytes > memory.mostAhead) return null;
  try {
    const address = memory.allocate(bytes);
    memory.ahead += bytes;
    return { memory, address, bytes, isAhead: true };
  } catch (error) {
    if (error instanceof OutOfMemory) return null;
    throw error;
  }
}

/** A program knows the block from now on. */
export function endAhead(block: OwnedBlock): void {
  if (!block.isAhead) return;
  block.isAhead = false;
  block.memory.ahead -= block.bytes;
}

/** Gives a block back before its owner is gone. */
export function giveBack(block: OwnedBlock): void {
  freeWhenGone.unregister(block);
  release(block);
}

function release(block: OwnedBlock): void {
  endAhead(block);
  block.memory.free(block.address, block.bytes);
}
