// How the worker speaks to the page.

import type { FromWorker } from "../../protocol/index.ts";

/** Sends a message; the buffers in the list are handed over. */
export type Post = (message: FromWorker, transfer: Transferable[]) => void;
