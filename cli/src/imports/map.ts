// A file that says which layer a module of another program is.

import { decodeText } from "neurite/formats";
import { MOST_BYTES, readUpToLimit } from "../files/read-file.ts";
import { CliError } from "../terminal/failures.ts";

/** @throws CliError for what is no JSON object of texts and null */
export async function readMap(path: string): Promise<Readonly<Record<string, string | null>>> {
  const text = decodeText(path, await readUpToLimit(path, MOST_BYTES.spec));
  const read = parsed(path, text);
  const isMap =
    typeof read === "object" &&
    read !== null &&
    !Array.isArray(read) &&
    Object.values(read).every((to) => to === null || typeof to === "string");
  if (isMap) return read as Readonly<Record<string, string | null>>;
  throw new CliError(
    `${path}: expected a JSON object of modules and the layers that they are, as { "encoder.fc": "dense1", "head": null }`,
  );
}

function parsed(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CliError(`${path}: this is no JSON: ${(error as Error).message}`);
  }
}
