/** The Web Worker: does one task and sends what came of it. */
import { createWasmEngine, type WasmOptions } from "neurite";
import { runSuites } from "./run-suites.ts";
import { train } from "./training.ts";

interface Realm {
  readonly inWorker: boolean;
  readonly isolated: boolean;
  readonly sharedArrayBuffer: boolean;
}

const realm = (): Realm => ({
  inWorker: typeof document === "undefined",
  isolated: crossOriginIsolated,
  sharedArrayBuffer: typeof SharedArrayBuffer === "function",
});

/** This worker's, and that of a worker which it starts from a Blob, as the engine starts threads. */
async function realms(): Promise<Realm[]> {
  const source = new Blob([`postMessage((${realm})())`], { type: "text/javascript" });
  const worker = new Worker(URL.createObjectURL(source));
  const nested = await new Promise<Realm>((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(`the nested worker failed: ${message}`));
  });
  worker.terminate();
  return [realm(), nested];
}

const threadsOf = (options: WasmOptions) => createWasmEngine(options).threads;

const tasks = { train, runSuites, realms, threadsOf };

export type Tasks = typeof tasks;

export interface Answer {
  readonly result?: unknown;
  readonly error?: string;
}

interface Question<N extends keyof Tasks = keyof Tasks> {
  readonly name: N;
  readonly args: Parameters<Tasks[N]>;
}

self.onmessage = async ({ data: { name, args } }: MessageEvent<Question>) => {
  const task = tasks[name] as (...args: unknown[]) => unknown;
  let answer: Answer;
  try {
    answer = { result: await task(...args) };
  } catch (error) {
    answer = { error: String((error as Error).stack ?? error) };
  }
  self.postMessage(answer);
};
