/** The page: offers what its own thread and what a Web Worker can do, for tests to call. */
import { tour } from "./tour.ts";
import { train } from "./training.ts";
import type { Answer, Tasks } from "./worker.ts";

type Results = { readonly [N in keyof Tasks]: Awaited<ReturnType<Tasks[N]>> };

/** Starts a worker, has it do one task and ends it. @throws (as a rejection) what it threw */
function inWorker<N extends keyof Tasks>(
  name: N,
  ...args: Parameters<Tasks[N]>
): Promise<Results[N]> {
  const worker = new Worker("/worker.js", { type: "module" });
  const answer = new Promise<Results[N]>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Answer>) => {
      if (data.error === undefined) resolve(data.result as Results[N]);
      else reject(new Error(data.error));
    };
    worker.onerror = ({ message }) => reject(new Error(`the worker failed: ${message}`));
  });
  worker.postMessage({ name, args });
  return answer.finally(() => worker.terminate());
}

const offer = { inWorker, tour, train };

declare global {
  var neuritePage: typeof offer;
}
globalThis.neuritePage = offer;
