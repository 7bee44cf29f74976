// The state of the pages.

export {
  type Action,
  type AppState,
  INITIAL,
  MOST_UNDO,
  type Preferences,
  update,
} from "./app-state.ts";
export * from "./edit/index.ts";
export { changedFields, type Effect, effectBetween, effectOf } from "./effect.ts";
export { PLANE, PRESETS, QUADRANTS, XOR } from "./presets.ts";
export type { Problem, ProblemCode, ProblemData } from "./problems.ts";
export { hashOf, type PageName, parseHash, type Route } from "./route.ts";
export { isSame } from "./same.ts";
export * from "./settings.ts";
export { type Inside, moved, type WalkOp, walkOps } from "./walk.ts";
