// The errors that users meet: one class a kind, so that programs can tell them apart.

/** The parent of all errors that Neurite throws on purpose. */
export class NeuriteError extends Error {
  override name = "NeuriteError";
  readonly #located = new Set<string>();

  /**
   * Says where the error arose, in front of its message. Only the first time for each sort of place,
   * so that of places inside each other the innermost is named.
   * @param sort as in `layer`
   * @param words as in `layer "dense1"`
   */
  locate(sort: string, words: string): void {
    if (this.#located.has(sort)) return;
    this.#located.add(sort);
    this.message = `${words}: ${this.message}`;
  }
}

/** Shapes that do not fit an operation. */
export class ShapeError extends NeuriteError {
  override name = "ShapeError";
}

/** Element types that do not fit an operation. */
export class DTypeError extends NeuriteError {
  override name = "DTypeError";
}

/** A value was needed where only its type is known. */
export class TraceError extends NeuriteError {
  override name = "TraceError";
}

/** Something was differentiated that has no derivative, or is not a scalar. */
export class GradientError extends NeuriteError {
  override name = "GradientError";
}

/** A name, option or argument that means nothing. */
export class ArgumentError extends NeuriteError {
  override name = "ArgumentError";
}

/** A NaN or an infinity where there must be none. */
export class NumberError extends NeuriteError {
  override name = "NumberError";
  /** It came in with the data: no computation made it. */
  readonly isGiven: boolean;
  /** Where it was first seen, in words that name no function: for sentences about it. */
  readonly finding: string | undefined;

  constructor(
    message: string,
    { isGiven = false, finding }: { readonly isGiven?: boolean; readonly finding?: string } = {},
  ) {
    super(message);
    this.isGiven = isGiven;
    this.finding = finding;
  }
}

/** Bytes that are not what their file format says. */
export class FileError extends NeuriteError {
  override name = "FileError";
}
