// How memory is cut into blocks: where they start, how long they are, what may be read behind them.

/** Bytes behind every array that vector loads may touch. */
export const SLACK = 64;
/** Every array starts at a multiple of this. */
export const ALIGNMENT = 64;

/** The size of a block for `bytes` of data, with what vector loads may touch behind them. */
export function blockBytes(bytes: number): number {
  return Math.ceil((bytes + SLACK) / ALIGNMENT) * ALIGNMENT;
}
