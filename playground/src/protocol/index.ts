// What page and worker say to each other.

export type { Problem, ProblemCode, ProblemData } from "../state/index.ts";
export type * from "./jobs/index.ts";
export type {
  Answer,
  AnswerCurve,
  AnswerGraph,
  AnswerLayer,
  AnswerNet,
  AnswerPlane,
  AnswerSurface,
  Values,
} from "./jobs/lesson.ts";
export type * from "./messages.ts";
export type {
  BentPlane,
  FlowOfLayer,
  PartScores,
  ViewKinds,
  ViewName,
  ViewRequest,
  ViewResult,
  WalkedExample,
} from "./views.ts";
