// The other threads: a script that waits for orders in shared memory, and how it is started.

import type { PortableImports } from "../compiler/imports.ts";
import { CONTROL_BYTES, ERROR_WORDS, SPINS, TEXT_WORDS, WORD } from "../memory/control.ts";
import { nodeModule } from "./count.ts";

/** What a worker is told, by messages. Each is counted in `posted`, and in `dealt` when dealt with. */
export type Message =
  | {
      readonly memory: WebAssembly.Memory;
      /** Address of the control block. */
      readonly control: number;
      readonly thread: number;
      readonly threads: number;
    }
  | {
      readonly program: number;
      readonly module: WebAssembly.Module;
      readonly imports: PortableImports;
    }
  /** The program is no longer needed. */
  | { readonly program: number; readonly module: null };

/**
 * Plain JavaScript in a string, since no bundler and no runtime need find a file then. A thread with a
 * message on its way goes back to the event loop for it; else it sleeps until there are orders.
 */
const SCRIPT: string = `"use strict";
const W = ${JSON.stringify(WORD)};
const node = globalThis.process?.getBuiltinModule?.("node:worker_threads");
const port = node ? node.parentPort : self;
const programs = new Map();
let words, memory, thread, threads, dealt = 0, seen = 0, ran = 0;
const fail = (...numbers) => { throw numbers; };
const find = (path) => path?.split(".").reduce((at, key) => at[key], globalThis);
const absent = () => { throw new Error("only thread 0 has this function"); };
port.onmessage = ({ data }) => {
  try {
    take(data);
  } catch (error) {
    report(error);
    throw error;
  }
  words[W.held + thread] = programs.size;
  Atomics.store(words, W.dealt + thread, ++dealt);
  listen();
};
function take(data) {
  if (data.memory) {
    ({ memory, thread, threads } = data);
    words = new Int32Array(memory.buffer, data.control, ${CONTROL_BYTES / 4});
    globalThis.process?.on("exit", die);
  } else if (data.module) {
    const env = { memory, fail };
    for (const name in data.imports) env[name] = find(data.imports[name]) ?? absent;
    const instance = new WebAssembly.Instance(data.module, { env });
    programs.set(data.program, instance.exports.run);
  } else programs.delete(data.program);
}
function listen() {
  while (Atomics.load(words, W.posted) === dealt) {
    for (let i = 0; i < ${SPINS} && Atomics.load(words, W.orders) === seen; i++);
    while (Atomics.load(words, W.orders) === seen) Atomics.wait(words, W.orders, seen);
    seen = Atomics.load(words, W.orders);
    if (words[W.exit]) return port.close();
    if (words[W.runs] !== ran) run();
  }
}
function run() {
  ran = words[W.runs];
  try {
    programs.get(words[W.program])(words[W.times], thread, threads);
  } catch (error) {
    const left = error instanceof WebAssembly.RuntimeError && Atomics.load(words, W.abort);
    if (!left) report(error);
    abort();
  }
  Atomics.add(words, W.done, 1);
  Atomics.notify(words, W.done);
}
function report(error) {
  const at = W.errors + ${ERROR_WORDS} * thread;
  const numbers = Array.isArray(error) ? error : [];
  words.set(numbers, at + 1);
  words[at] = numbers.length ? 1 : 2;
  if (numbers.length) return;
  const text = String(error).slice(0, ${TEXT_WORDS});
  for (let i = 0; i < text.length; i++) words[W.text + i] = text.charCodeAt(i);
  words[W.textLength] = text.length;
}
function abort() {
  Atomics.store(words, W.abort, 1);
  Atomics.notify(words, W.generation);
}
function die(code) {
  words[W.deadThread] = thread;
  words[W.deadCode] = code;
  Atomics.add(words, W.dead, 1);
  abort();
  Atomics.notify(words, W.done);
}
`;

/** A started thread, in Node or in a browser. */
export interface Thread {
  post(message: Message): void;
}

/**
 * Starts a thread that keeps no process alive.
 * @param onEnd told why, should it end
 */
export function startThread(name: string, onEnd: (why: string) => void): Thread {
  const node = nodeModule("node:worker_threads");
  if (node) {
    const worker = new node.Worker(SCRIPT, { eval: true, name, execArgv: [] });
    worker.on("error", (error) => onEnd(messageOf(error)));
    worker.on("exit", (code) => onEnd(`exit code ${code}`));
    worker.unref();
    return { post: (message) => worker.postMessage(message) };
  }
  const url = URL.createObjectURL(new Blob([SCRIPT], { type: "text/javascript" }));
  const worker = new Worker(url, { name });
  URL.revokeObjectURL(url); // the worker has begun to fetch it
  worker.onerror = ({ message }) => onEnd(message || "the browser did not start it");
  return { post: (message) => worker.postMessage(message) };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
