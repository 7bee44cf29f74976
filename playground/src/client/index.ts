// The page's side of the worker.

export { Frames, type HistoryRow, type Stopped } from "./frames.ts";
export { type KeptRun, MOST_KEPT, Shelf } from "./shelf.ts";
export { startWorker } from "./start-worker.ts";
export { type Port, Training, WorkerProblem } from "./training.ts";
