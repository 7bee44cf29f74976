// The worker: a session on the messages of the page.

import type { FromWorker, ToWorker } from "../protocol/index.ts";
import { Session } from "./session.ts";

/** What a worker is to itself; the DOM's types speak of pages. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
  postMessage(message: FromWorker, transfer: Transferable[]): void;
}

const scope = globalThis as unknown as WorkerScope;
const session = new Session((message, transfer) => scope.postMessage(message, transfer));
scope.onmessage = ({ data }) => session.receive(data);
session.start();
