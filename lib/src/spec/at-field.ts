// Errors that name the field of a specification whose fault they are.

import { NeuriteError } from "../checks/errors.ts";

/** Runs something for one field of a spec; an error says which. */
export function atField<T>(path: string, body: () => T): T {
  try {
    return body();
  } catch (error) {
    if (error instanceof NeuriteError) error.locate("field", `spec: ${path}`);
    throw error;
  }
}
