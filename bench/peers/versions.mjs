/** Versions of installed packages, as the reports name them. */

import { readFileSync } from "node:fs";

/** @param {string} name of a package in bench/node_modules */
export function version(name) {
  const file = new URL(`../node_modules/${name}/package.json`, import.meta.url);
  return JSON.parse(readFileSync(file, "utf8")).version;
}
