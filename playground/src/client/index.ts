// The page's side of the worker.

export { Frames, type Stopped } from "./frames.ts";
export { bestRow, type HistoryRow } from "./history.ts";
export type { KeptRun } from "./kept-run.ts";
export type { Mark } from "./marks.ts";
export { SESSION_STORE } from "./session-store.ts";
export { MOST_KEPT, Shelf, type Store } from "./shelf.ts";
export { startWorker } from "./start-worker.ts";
export { type OnRefused, type Port, Training, WorkerProblem } from "./training.ts";
