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

/** A name that means nothing, for programs that say so in words of their own. */
export interface UnknownName {
  /** The kind of thing that is named, as in "activation". */
  readonly what: string;
  readonly name: string;
  /** The known name that is nearest to it, if one is near. */
  readonly meant: string | undefined;
}

/** A name, option or argument that means nothing. */
export class ArgumentError extends NeuriteError {
  override name = "ArgumentError";
  /** Where it is a name among known ones. */
  readonly unknown: UnknownName | undefined;

  constructor(
    message: string,
    about: ErrorOptions & { readonly unknown?: UnknownName | undefined } = {},
  ) {
    const { unknown, ...options } = about;
    super(message, options);
    this.unknown = unknown;
  }
}

/** The op that gave a NaN or an infinity out of finite numbers. */
export interface NumberSource {
  /** What it gave. */
  readonly fault: "NaN" | "an infinity";
  /** Its name as in `ir`, or null where the number came in with an argument or a variable. */
  readonly op: string | null;
  /** The layer or scope that it belongs to, if any. */
  readonly path: string | null;
}

/** The step of training that gave the first number that is not finite. */
export interface NumberPlace {
  /** The loss, or a variable by its name in quotes. */
  readonly what: string;
  /** From 0. */
  readonly epoch: number;
  /** From 0, within the epoch; not known where the whole epoch was looked at. */
  readonly stepOfEpoch?: number;
}

/** What is known of a NumberError beside its message. */
export interface NumberErrorOptions {
  readonly isGiven?: boolean;
  readonly finding?: string;
  readonly source?: NumberSource;
  readonly place?: NumberPlace;
}

/** A NaN or an infinity where there must be none. */
export class NumberError extends NeuriteError {
  override name = "NumberError";
  /** It came in with the data: no computation made it. */
  readonly isGiven: boolean;
  /** Where it was first seen, in words that name no function: for sentences about it. */
  readonly finding: string | undefined;
  /** The same for programs. */
  readonly source: NumberSource | undefined;
  /** Of a training: the step. */
  readonly place: NumberPlace | undefined;

  constructor(message: string, about: NumberErrorOptions = {}) {
    super(message);
    this.isGiven = about.isGiven ?? false;
    this.finding = about.finding;
    this.source = about.source;
    this.place = about.place;
  }
}

/** Bytes that are not what their file format says. */
export class FileError extends NeuriteError {
  override name = "FileError";
}
