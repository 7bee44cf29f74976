// A lesson as it comes in: its data, its words, its program, its formula.

import { useEffect, useState } from "preact/hooks";
import { useSlice } from "../../app/index.ts";
import {
  hasLesson,
  type Lesson,
  type LessonText,
  loadLesson,
  loadProgram,
  loadWords,
} from "../../lessons/index.ts";
import type { Notation } from "../../state/index.ts";

export interface Told {
  readonly lesson: Lesson;
  readonly text: LessonText;
  readonly program: string;
  readonly formula: Readonly<Record<Notation, string>> | null;
}

const FORMULAS = import.meta.glob<{ formula: Readonly<Record<Notation, string>> }>(
  "../../formulas/lessons/*.tex",
);

/** The lesson in the reader's language; null while it is being loaded, or where there is none. */
export function useLesson(id: string): Told | null {
  const language = useSlice((state) => state.language);
  const [told, setTold] = useState<Told | null>(null);
  useEffect(() => {
    if (!hasLesson(id)) return;
    let isCurrent = true;
    const formula = FORMULAS[`../../formulas/lessons/${id}.tex`];
    void Promise.all([
      loadLesson(id),
      loadWords(id, language),
      loadProgram(id),
      formula?.() ?? null,
    ]).then(([lesson, text, program, loaded]) => {
      if (isCurrent) setTold({ lesson, text, program, formula: loaded?.formula ?? null });
    });
    return () => {
      isCurrent = false;
    };
  }, [id, language]);
  return told;
}
