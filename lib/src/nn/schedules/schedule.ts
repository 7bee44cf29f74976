// What a learning-rate schedule is.

/** The learning rate at any time. */
export interface Schedule {
  /**
   * @param epoch from 0
   * @param step updates done before this one, over all epochs
   */
  readonly at: (epoch: number, step: number) => number;
}
