// JSON from files: refuses what JSON.parse lets through, as a key given twice.

import { FileError } from "../checks/errors.ts";
import { DEEPEST, showJson } from "./json.ts";

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
