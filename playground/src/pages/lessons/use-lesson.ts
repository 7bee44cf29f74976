// Lessons with their words, as they come in.

import { useEffect, useState } from "preact/hooks";
import { useSlice } from "../../app/index.ts";
import { LESSONS, type Lesson, type LessonText } from "../../lessons/index.ts";

export interface Told {
  readonly lesson: Lesson;
  readonly text: LessonText;
}

/** The lessons of these ids in the reader's language; null while they are being loaded. */
export function useLessons(ids: readonly string[]): readonly Told[] | null {
  const language = useSlice((state) => state.language);
  const [told, setTold] = useState<readonly Told[] | null>(null);
  const key = ids.join(" ");
  useEffect(() => {
    let isCurrent = true;
    const entries = LESSONS.filter(({ id }) => ids.includes(id));
    void Promise.all(
      entries.map(async ({ load, text }) => ({
        lesson: await load(),
        text: await text[language](),
      })),
    ).then((loaded) => {
      if (isCurrent) setTold(loaded);
    });
    return () => {
      isCurrent = false;
    };
  }, [key, language]);
  return told;
}
