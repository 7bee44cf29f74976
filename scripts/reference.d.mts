/** Types of reference.mjs, for the tests. */

export function pages(): Map<string, string>;
export function written(file: string): string | null;
