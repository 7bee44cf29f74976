/** A term: its name, and one sentence for "what is this?". */
export interface Term {
  readonly name: string;
  readonly says: string;
  /** Where the books have it. */
  readonly book?: string;
}
