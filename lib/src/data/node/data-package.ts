// Finds data sets that come as npm packages of their own.

import { createRequire } from "node:module";
import { dirname } from "node:path";
import { FileError } from "../../checks/errors.ts";

const require = createRequire(import.meta.url);

/**
 * The folder of an installed package.
 * @throws FileError saying how to install it
 */
export function findDataPackage(name: string): string {
  return dirname(orExplain(name, () => require.resolve(`${name}/package.json`)));
}

/**
 * What an installed package exports.
 * @throws FileError saying how to install it
 */
export function requireDataPackage(name: string): unknown {
  return orExplain(name, () => require(name));
}

function orExplain<T>(name: string, find: () => T): T {
  try {
    return find();
  } catch (cause) {
    if ((cause as { code?: unknown }).code !== "MODULE_NOT_FOUND") throw cause;
    throw new FileError(
      `The data is in the package ${name}, which is not installed: run npm install ${name}`,
      { cause },
    );
  }
}
