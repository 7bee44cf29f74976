// The job `snapshot`: the run as it is now, to be kept.

export interface SnapshotJob {
  /** How many cells the picture has to a side. */
  readonly asks: { readonly cells: number };
  readonly gives: {
    readonly step: number;
    readonly epoch: number;
    /** By the name of a variable. */
    readonly weights: Readonly<Record<string, Float32Array>>;
    /** What the network answers on the plane [units, cells, cells]; null for other than two inputs. */
    readonly map: Float32Array | null;
  };
}
