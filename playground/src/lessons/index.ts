// The lessons in the order of the notes. Each is loaded with its words when it is opened.

import type { Language } from "../state/index.ts";
import type { Lesson, LessonText } from "./lesson.ts";

export interface LessonEntry {
  readonly id: string;
  readonly load: () => Promise<Lesson>;
  readonly text: { readonly [L in Language]: () => Promise<LessonText> };
}

export const LESSONS: readonly LessonEntry[] = [
  {
    id: "xor-net",
    load: async () => (await import("./xor-net/lesson.ts")).lesson,
    text: {
      en: async () => (await import("./xor-net/en.ts")).text,
      zh: async () => (await import("./xor-net/zh.ts")).text,
    },
  },
];

export type { Lesson, LessonGoal, LessonStep, LessonText } from "./lesson.ts";
