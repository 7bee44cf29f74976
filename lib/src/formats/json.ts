// JSON from files: refuses what JSON.parse lets through, a key given twice, and shows values briefly.

import { FileError } from "../checks/errors.ts";

/**
 * The value that a JSON text holds.
 * @throws FileError when the text is not JSON, or an object in it gives a key twice
 */
export function parseJson(what: string, text: string): unknown {
  expectShallow(what, text);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new FileError(`${what} is not JSON: ${(cause as Error).message}`, { cause });
  }
  const key = repeatedKey(text);
  if (key !== undefined) throw new FileError(`${what} gives the key ${showJson(key)} twice`);
  return value;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A value as messages show it: short lists in full, everything longer in a few words. */
export function showJson(value: unknown, inside = false): string {
  if (typeof value === "string") {
    return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  }
  if (Array.isArray(value)) {
    if (inside || value.length > 8) return `a list of ${value.length}`;
    return `[${value.map((item) => showJson(item, true)).join(", ")}]`;
  }
  if (value === undefined) return "nothing";
  return isRecord(value) ? "an object" : String(value);
}

/** Deeper than any file of ours goes, and far from where a reader that calls itself would run out of stack. */
export const DEEPEST = 100;

function expectShallow(what: string, text: string): void {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (char === '"') for (i++; i < text.length && text[i] !== '"'; i++) if (text[i] === "\\") i++;
    if (char === "{" || char === "[") depth++;
    else if (char === "}" || char === "]") depth--;
    if (depth > DEEPEST)
      throw new FileError(`${what} nests lists and objects deeper than ${DEEPEST}`);
  }
}

/** True for a value that nests deeper than files may, or contains itself. */
export function isDeep(value: unknown): boolean {
  const seen = new Map<unknown, number>();
  const open: [unknown, number][] = [[value, 0]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [here, depth] = next;
    if (typeof here !== "object" || here === null || (seen.get(here) ?? -1) >= depth) continue;
    if (depth >= DEEPEST) return true;
    seen.set(here, depth);
    for (const inside of Object.values(here)) open.push([inside, depth + 1]);
  }
  return false;
}

/** The first key that an object of a valid JSON text repeats. */
function repeatedKey(text: string): string | undefined {
  const open: (Set<string> | null)[] = []; // the keys of each object around, null for a list
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (char === "{") open.push(new Set());
    else if (char === "[") open.push(null);
    else if (char === "}" || char === "]") open.pop();
    else if (char === '"') {
      const start = i;
      for (i++; text[i] !== '"'; i++) if (text[i] === "\\") i++;
      const keys = open.at(-1);
      if (!keys || !isKey(text, i + 1)) continue;
      const key = JSON.parse(text.slice(start, i + 1)) as string;
      if (keys.has(key)) return key;
      keys.add(key);
    }
  }
  return undefined;
}

/** True when a colon comes next: the string that ends here is a key. */
function isKey(text: string, from: number): boolean {
  while (" \t\n\r".includes(text[from] ?? ".")) from++;
  return text[from] === ":";
}
