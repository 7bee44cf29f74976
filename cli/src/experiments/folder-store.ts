// What a full run has done so far, in a folder: a file for each finished piece of work.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Store } from "neurite/books";
import { writeWhole } from "../files/output.ts";
import { CliError } from "../terminal/failures.ts";

/** Longer names are refused by file systems. */
const MOST_LETTERS = 180;

/**
 * A store of which each entry is a file: `KEY.bin` for bytes, `KEY.json` for all else.
 * @param kept called after an entry has been written
 */
export function folderStore(folder: string, kept: () => Promise<void> = async () => {}): Store {
  return {
    async get<T>(key: string): Promise<T | undefined> {
      const path = join(folder, fileOf(key));
      const text = await readIfThere(`${path}.json`);
      if (text) return parsed(`${path}.json`, text) as T;
      const bytes = await readIfThere(`${path}.bin`);
      return bytes && (new Uint8Array(bytes) as T);
    },
    async put(key, value) {
      const path = join(folder, fileOf(key));
      const [here, there] = value instanceof Uint8Array ? ["bin", "json"] : ["json", "bin"];
      if (await readIfThere(`${path}.${there}`)) {
        throw new TypeError(`store: ${key} is bytes or JSON, and stays what it was first`);
      }
      await writeWhole(
        `${path}.${here}`,
        value instanceof Uint8Array ? value : `${jsonOf(key, value)}\n`,
      );
      await kept();
    },
  };
}

/** A key as the name of a file: what is not plain is written as %20 and the like. */
function fileOf(key: string): string {
  const name = encodeURIComponent(key).replaceAll("*", "%2A").replace(/^\./, "%2E");
  if (name !== "" && name.length <= MOST_LETTERS) return name;
  throw new TypeError(`store: expected a key of 1 to ${MOST_LETTERS} letters, received "${key}"`);
}

/** @throws TypeError for what JSON would change in silence */
function jsonOf(key: string, value: unknown): string {
  const text = JSON.stringify(value, (_, part: unknown) => {
    const isLost =
      (typeof part === "number" && !Number.isFinite(part)) ||
      ["undefined", "function", "symbol"].includes(typeof part) ||
      ArrayBuffer.isView(part) ||
      part instanceof Map ||
      part instanceof Set;
    if (isLost) throw new TypeError(`store: JSON cannot say what "${key}" holds: ${String(part)}`);
    return part;
  });
  return text;
}

async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

function parsed(path: string, text: Buffer): unknown {
  try {
    return JSON.parse(text.toString("utf8"));
  } catch {
    throw new CliError(
      `${path}: expected JSON; remove the file, and this piece of work is done again`,
    );
  }
}
