// Starts the worker. It is a file of its own, so that only the page needs a browser.

import type { Port } from "./training.ts";

export function startWorker(): Port {
  const worker = new Worker(new URL("../worker/main.ts", import.meta.url), { type: "module" });
  return worker as unknown as Port;
}
