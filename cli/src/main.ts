/** The `neurite` command. For now it prints its version. */
import { readFileSync } from "node:fs";

const manifest: { version: string } = JSON.parse(
  readFileSync(new URL("../package.json", import.meta.url), "utf8"),
);
console.log(`neurite ${manifest.version}`);
