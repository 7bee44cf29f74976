// What processes that train one model together do with each other: they add up.

/** Summands of engine memory, or copies of them. */
export type Summands = Float32Array | Float64Array;

/**
 * The ranks of a job, as one of them sees it. The library knows nothing of how they reach each other: MPI, sockets or
 * a promise.
 */
export interface Exchange {
  /** Which of the ranks this one is, from 0. */
  readonly rank: number;
  /** How many there are. */
  readonly size: number;
  /**
   * Adds up what all ranks hold, element by element and in place. It resolves when every array holds the sums,
   * which are the same to the bit on all ranks. All ranks call it equally often, each time with as many arrays of the
   * same types and lengths; until it resolves nobody else touches them.
   * @throws where a rank is gone, or does not answer in time
   */
  sum(arrays: readonly Summands[]): Promise<void>;
}

/** One rank has nobody to exchange with. What is no exchange at all is refused where it is used. */
export function others(exchange: Exchange | undefined): Exchange | null {
  return exchange && exchange.size !== 1 ? exchange : null;
}

/** Consecutive rows of `count` that are this rank's: as many as the others', or one more or less. */
export function ownRows(
  { rank, size }: Pick<Exchange, "rank" | "size">,
  count: number,
): { readonly from: number; readonly to: number } {
  return {
    from: Math.floor((rank * count) / size),
    to: Math.floor(((rank + 1) * count) / size),
  };
}
