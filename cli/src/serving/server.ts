// A server that listens, and ends so that what it has accepted is answered.

import type { Server } from "node:http";
import { type AddressInfo, Server as NetServer } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import { makeApp } from "./app.ts";
import { Batcher } from "./batcher.ts";
import { makeMetrics } from "./metrics.ts";
import { openapiOf } from "./openapi.ts";
import type { Answer, Job, ServedModel } from "./served-model.ts";

export interface ServeOptions {
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
  readonly maxBatch: number;
  /** Milliseconds. */
  readonly maxWait: number;
  /** Examples. */
  readonly maxQueue: number;
  /** Bytes. */
  readonly maxBody: number;
  /** Seconds in which a request must have come in, and in which it is answered after. */
  readonly timeout: number;
  readonly cors?: readonly string[] | undefined;
  readonly version: string;
  readonly onFault: (error: unknown) => void;
}

export interface RunningServer {
  readonly url: string;
  /** Accepts nothing new, answers what it has, and ends; what takes longer than the timeout is cut off. */
  stop(): Promise<void>;
}

export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127\.\d+\.\d+\.\d+$/.test(host);
}

/** @throws (as a rejection) an error of the system where it cannot listen */
export async function startServer(
  served: ServedModel,
  options: ServeOptions,
): Promise<RunningServer> {
  const { host, port, timeout } = options;
  let isEnding = false;
  const run = async (jobs: readonly Job[]): Promise<readonly Answer[]> => {
    const start = performance.now();
    const answers = await served.run(jobs);
    const examples = jobs.reduce((sum, { count }) => sum + count, 0);
    metrics.batch(examples, (performance.now() - start) / 1000);
    return answers;
  };
  const limits = {
    ...options,
    // Where nothing is joined, one request after the other lets health be asked between them.
    maxBatch: served.joins ? options.maxBatch : 1,
    timeout: timeout * 1000,
  };
  const batcher = new Batcher<Job, Answer>(run, limits);
  const metrics = makeMetrics(() => batcher.queued);
  const app = makeApp({
    ...{ served, batcher, metrics, maxBody: options.maxBody, cors: options.cors },
    document: openapiOf(served, options.version, options.maxQueue),
    hosts: isLoopback(host) ? [...new Set(["localhost", "127.0.0.1", "[::1]", host])] : null,
    isEnding: () => isEnding,
    onFault: options.onFault,
  });
  await served.warmUp(limits.maxBatch);
  const server = createAdaptorServer({
    fetch: app.fetch,
    overrideGlobalObjects: false,
    serverOptions: {
      requestTimeout: timeout * 1000,
      headersTimeout: Math.min(timeout, 10) * 1000,
      connectionsCheckingInterval: 1000,
    },
  }) as Server;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const { port: taken, address } = server.address() as AddressInfo;
  const named = address.includes(":") ? `[${address}]` : address;
  return {
    url: `http://${named}:${taken}`,
    stop: () => {
      isEnding = true;
      return end(server, timeout);
    },
  };
}

/** Milliseconds that a connection which is kept alive has for one more request, which is refused in words. */
const LAST_CALL = 500;

/**
 * Idle connections are not closed at once: a request may be on its way, and its sender would not know what became
 * of it.
 */
async function end(server: Server, timeout: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.once("close", resolve));
  NetServer.prototype.close.call(server); // stops listening, and nothing else
  const idle = setInterval(() => server.closeIdleConnections(), LAST_CALL);
  const last = setTimeout(() => server.closeAllConnections(), timeout * 1000);
  await closed;
  clearInterval(idle);
  clearTimeout(last);
  server.close(() => {}); // what looked after slow requests ends too
}
