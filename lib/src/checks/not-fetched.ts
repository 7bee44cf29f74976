// What a small entry point leaves out, asked for where nothing can be fetched: at once.

import { NeuriteError } from "./errors.ts";

/**
 * @param what is asked for
 * @param entry the entry point that brings it
 */
export function notFetched(what: string, entry: string): NeuriteError {
  return new NeuriteError(`${what}: not fetched yet: import "${entry}", which brings it`);
}
