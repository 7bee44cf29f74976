// What is found in a source, told in three ways.

export interface SourceLook {
  /** For the terminal. */
  readonly lines: () => string[];
  /** A page of its own. */
  readonly page: () => Promise<string>;
  /** As data. */
  readonly event: () => object;
}
