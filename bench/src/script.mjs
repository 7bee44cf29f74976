/** A module and all that it imports as one script for a page. */

import { fileURLToPath } from "node:url";
import { build } from "vite";

/**
 * @param {URL} entry the module
 * @param {string} name the variable that has its exports
 */
export async function scriptOf(entry, name) {
  const { output } = await build({
    configFile: false,
    logLevel: "silent",
    build: {
      write: false,
      minify: false,
      modulePreload: false,
      target: "es2023",
      rolldownOptions: {
        input: fileURLToPath(entry),
        // The library says which of its own modules have side effects, by names that a bundle of dist/ does not see.
        treeshake: false,
        preserveEntrySignatures: "strict",
        output: { format: "iife", name, codeSplitting: false },
      },
    },
  });
  return output[0].code;
}
