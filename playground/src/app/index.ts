// The application, and how components reach it.

export { Announcer, type Note } from "./announcer.ts";
export { type App, makeApp } from "./app.ts";
export {
  AppContext,
  useApp,
  useFrame,
  useFrames,
  useLatest,
  useSlice,
  useText,
  useTraining,
  useViews,
} from "./hooks.ts";
export { type Answered, useJob } from "./use-job.ts";
export { useWording } from "./use-wording.ts";
export { sentenceOf, wordProblem } from "./word-problem.ts";
