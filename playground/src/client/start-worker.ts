// Starts the worker. It is a file of its own, so that only the page needs a browser.

import type { Problem } from "../protocol/index.ts";
import type { Port } from "./training.ts";

export function startWorker(): Port {
  const worker = new Worker(new URL("../worker/main.ts", import.meta.url), { type: "module" });
  const port = worker as unknown as Port;
  // A script that cannot be loaded says nothing itself.
  worker.onerror = ({ message }) => {
    const problem: Problem = message
      ? { code: "unknown", data: { detail: message } }
      : { code: "notStarted", data: {} };
    port.onmessage?.({ data: { kind: "error", id: 0, problem } });
  };
  return port;
}
