// neurite serve: a saved model behind HTTP.

import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import { isOnnxFile } from "../files/onnx-name.ts";
import { readRun } from "../runs/run-folder.ts";
import { serveRun } from "../serving/runs/served-run.ts";
import type { ServedModel } from "../serving/served-model.ts";
import { isLoopback, type ServeOptions, startServer } from "../serving/server.ts";
import { UsageError } from "../terminal/failures.ts";
import { type Io, printEvent, printLines } from "../terminal/io.ts";
import { numberParser, parseAbove0, parseAtLeast0, parseCount } from "../terminal/options.ts";

interface ServeFlags extends Omit<ServeOptions, "version" | "onFault" | "maxBody"> {
  /** Megabytes. */
  readonly maxBody: number;
  /** Of axes of any length, in ONNX files. */
  readonly maxLength: number;
  readonly public?: boolean;
  readonly json?: boolean;
}

export function serveCommand(program: Command, io: Io): void {
  const port = numberParser(
    "a whole number from 0 to 65535",
    (n) => Number.isInteger(n) && n >= 0 && n < 65536,
  );
  program
    .command("serve")
    .description(
      "A saved model behind HTTP: POST /predict takes JSON (examples as lists, or rows of a table as objects), one " +
        "raw tensor, or safetensors; requests that come together are computed together. A model.onnx takes its " +
        "inputs by name, whole. GET /openapi.json says it all; /healthz, /readyz and /metrics are for those who " +
        "watch it.",
    )
    .argument("<folder>", "folder of a run, as given to train --out, or model.onnx")
    .option("--port <number>", "where to listen; 0 for any that is free", port, 8080)
    .option("--host <address>", "on which address to listen", "127.0.0.1")
    .option(
      "--public",
      "let other machines in: needed for an address that is not this machine's own",
    )
    .option("--max-batch <n>", "examples that are computed at once", parseCount, 64)
    .option("--max-wait <ms>", "how long a request waits for others", parseAtLeast0, 2)
    .option("--max-queue <n>", "examples that may wait; more are refused", parseCount, 4096)
    .option("--max-body <MB>", "how large a request may be", parseAbove0, 32)
    .option(
      "--max-length <n>",
      "how long an axis of any length may be, in a model.onnx",
      parseCount,
      2048,
    )
    .option("--timeout <seconds>", "in which a request comes in, and is answered", parseAbove0, 30)
    .option(
      "--cors <origins>",
      "whose pages may ask: https://a.example,https://b.example or *",
      parseOrigins,
    )
    .option("--json", "print one JSON object where it listens")
    .action((folder: string, flags: ServeFlags) => serve(io, folder, flags));
}

function parseOrigins(text: string): string[] {
  const origins = text.split(",").map((part) => part.trim());
  const wrong = origins.find((origin) => origin !== "*" && !/^https?:\/\/[^/]+$/.test(origin));
  if (wrong === undefined) return origins;
  throw new InvalidArgumentError(
    `Expected origins as in "https://a.example", received "${wrong}".`,
  );
}

async function serve(io: Io, folder: string, flags: ServeFlags): Promise<void> {
  const { json, maxBody, maxLength, public: isPublic, ...options } = flags;
  if (!isPublic && !isLoopback(options.host)) {
    throw new UsageError(
      `--host: ${options.host} lets other machines in, and whoever reaches it may ask the model: say so with --public`,
    );
  }
  const { served, apart } = isOnnxFile(folder)
    ? await servedFile(folder, options.maxBatch, maxLength)
    : { served: await serveRun(await readRun(folder), options.maxBatch), apart: null };
  const server = await startServer(served, {
    ...options,
    maxBody: maxBody * 1e6,
    version: versionOf(),
    onFault: (error) => {
      io.stderr.write(`neurite: a fault of the server:\n${(error as Error).stack ?? error}\n`);
    },
  }).catch((error: NodeJS.ErrnoException) => {
    throw explained(error, options);
  });
  if (json) {
    const { joins } = served;
    printEvent(io, { event: "serving", url: server.url, model: served.name, joins });
  } else {
    printLines(
      io,
      `${folder} is served at ${server.url}: POST ${server.url}/predict, GET ${server.url}/openapi.json`,
      ...(apart === null ? [] : [`Requests are computed one at a time: ${apart}.`]),
      "Ctrl-C ends it, when what it has accepted is answered; a second one ends it at once.",
    );
  }
  await signalled();
  await server.stop();
}

/** The importer is loaded where it is asked for: it is as large as all of the network's layers. */
async function servedFile(
  path: string,
  maxBatch: number,
  maxLength: number,
): Promise<{ served: ServedModel; apart: string | null }> {
  const { openOnnx } = await import("../onnx/open.ts");
  const { serveOnnx } = await import("../serving/onnx/served-onnx.ts");
  const model = await openOnnx(path);
  const served = serveOnnx(model, { name: basename(path), maxBatch, maxLength });
  return { served, apart: served.apart };
}

function versionOf(): string {
  const manifest = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(manifest) as { version: string }).version;
}

const WHY: Readonly<Record<string, (flags: Pick<ServeFlags, "host" | "port">) => string>> = {
  EADDRINUSE: ({ port }) => `--port: ${port} is in use; --port 0 takes any that is free`,
  EACCES: ({ port }) => `--port: this user may not listen on ${port}; take one from 1024 on`,
  EADDRNOTAVAIL: ({ host }) => `--host: ${host} is no address of this machine`,
  ENOTFOUND: ({ host }) => `--host: ${host} is no address of this machine`,
};

function explained(error: NodeJS.ErrnoException, flags: Pick<ServeFlags, "host" | "port">): Error {
  const why = WHY[error.code ?? ""];
  return why ? new UsageError(why(flags)) : error;
}

/** Waits for Ctrl-C, or for the system's word to end; the next one is heard by nobody, and ends the process. */
function signalled(): Promise<void> {
  const signals = ["SIGINT", "SIGTERM"] as const;
  return new Promise((resolve) => {
    const listener = () => {
      for (const signal of signals) process.off(signal, listener);
      resolve();
    };
    for (const signal of signals) process.on(signal, listener);
  });
}
