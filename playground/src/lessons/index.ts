// The lessons in the order of the notes. Each is loaded with its words when it is opened.

import type { Language } from "../state/index.ts";
import type { Lesson, LessonText } from "./lesson.ts";

/** A lesson is a folder of this name; its place in the list is its place on the page. */
export const LESSON_IDS: readonly string[] = [
  "neuron",
  "gates",
  "xor-one-line",
  "sigmoid-tanh",
  "relu-family",
  "activation-rules",
  "linear-collapse",
  "notation",
  "gradient-descent",
  "two-assumptions",
  "bp-equations",
  "jacobians",
  "algorithm-41",
  "what-learns-slowly",
  "mazur",
  "mazur-order",
  "losses",
  "saturated-neuron",
  "softmax",
  "chain",
  "dead-relu",
  "computation-graph",
  "forward-reverse",
  "three-ways",
  "static-dynamic",
  "keras",
  "loss-surface",
  "xor-net",
  "feature-space",
];

const LESSONS = import.meta.glob<{ lesson: Lesson }>("./*/lesson.ts");
const WORDS = import.meta.glob<{ text: LessonText }>("./*/{en,zh}.ts");
/** As text: what the worker runs is what the reader is shown. */
const PROGRAMS = import.meta.glob<string>("./*/program.ts", { query: "?raw", import: "default" });

export function hasLesson(id: string): boolean {
  return LESSON_IDS.includes(id);
}

/** @param id of a lesson that there is */
export async function loadLesson(id: string): Promise<Lesson> {
  return (await LESSONS[`./${id}/lesson.ts`]!()).lesson;
}

export async function loadWords(id: string, language: Language): Promise<LessonText> {
  return (await WORDS[`./${id}/${language}.ts`]!()).text;
}

/** The source of the lesson's program. */
export function loadProgram(id: string): Promise<string> {
  return PROGRAMS[`./${id}/program.ts`]!();
}

export {
  heightsOf,
  holds,
  isReached,
  isRight,
  type Predicted,
  rightChoice,
  shareOf,
  valuesFrom,
} from "./conditions.ts";
export type {
  Condition,
  Control,
  Lesson,
  LessonStep,
  LessonText,
  Prediction,
  Program,
  TableText,
  View,
} from "./lesson.ts";
