// A request that is not answered as asked: the status, and why in a sentence.

/** Statuses that are given beside 200. */
export type RefusedStatus = 400 | 403 | 404 | 405 | 413 | 415 | 422 | 500 | 503 | 504;

export class Refusal extends Error {
  override name = "Refusal";
  readonly status: RefusedStatus;
  /** Of what the answer's headers say besides. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: RefusedStatus,
    message: string,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.status = status;
    this.headers = headers;
  }
}

/** Too much at once: the client should come again in a second. */
export function busy(message: string): Refusal {
  return new Refusal(503, message, { "Retry-After": "1" });
}
