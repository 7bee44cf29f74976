// Starts the worker. It is a file of its own, so that only the page needs a browser.

import type { Port } from "./training.ts";

export function startWorker(): Port {
  const worker = new Worker(new URL("../worker/main.ts", import.meta.url), { type: "module" });
  const port = worker as unknown as Port;
  // A script that cannot be loaded says nothing itself.
  worker.onerror = ({ message }) => {
    const detail = message || "the worker cannot be started";
    port.onmessage?.({
      data: { kind: "error", id: 0, problem: { code: "unknown", data: { detail } } },
    });
  };
  return port;
}
