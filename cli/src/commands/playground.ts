// neurite playground: serves the playground's pages on this machine.

import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Command } from "commander";
import { servePages } from "../files/page-server.ts";
import { UsageError } from "../terminal/failures.ts";
import { type Io, printLines } from "../terminal/io.ts";
import { numberParser } from "../terminal/options.ts";

/** Where the build puts the pages, and the package has them. */
const PAGES = fileURLToPath(new URL("../../pages", import.meta.url));

const PORT = 4173;

interface PlaygroundFlags {
  readonly port: number;
}

export function playgroundCommand(program: Command, io: Io): void {
  const port = numberParser(
    "a whole number from 0 to 65535",
    (n) => Number.isInteger(n) && n >= 0 && n < 65536,
  );
  program
    .command("playground")
    .option("--port <number>", "where to serve; 0 for any that is free", port, PORT)
    .action((flags: PlaygroundFlags) => playground(io, flags));
}

async function playground(io: Io, { port }: PlaygroundFlags): Promise<void> {
  if (!existsSync(`${PAGES}/index.html`)) {
    throw new UsageError("playground: the pages are not built: run npm run build");
  }
  const server = await servePages(PAGES, port).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EADDRINUSE") throw error;
    throw new UsageError(`--port: ${port} is in use; --port 0 takes any that is free`);
  });
  printLines(io, `The playground is at ${server.url}`, "Ctrl-C ends it.");
  await new Promise<void>((resolve) => {
    process.once("SIGINT", resolve);
    process.once("SIGTERM", resolve);
  });
  await server.close();
}
