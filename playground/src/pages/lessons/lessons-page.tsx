// The page `#/lessons`: all lessons, in the order of the notes, with what the reader has done of them.

import { useEffect, useState } from "preact/hooks";
import { useSlice, useText } from "../../app/index.ts";
import {
  LESSON_IDS,
  type Lesson,
  type LessonText,
  loadLesson,
  loadWords,
} from "../../lessons/index.ts";
import { hashOf } from "../../state/index.ts";
import { readProgress } from "../lesson/progress.ts";

interface Listed {
  readonly lesson: Lesson;
  readonly words: LessonText;
}

export function LessonsPage() {
  const text = useText("lessons");
  const language = useSlice((state) => state.language);
  const [listed, setListed] = useState<readonly Listed[]>([]);
  useEffect(() => {
    let isCurrent = true;
    void Promise.all(
      LESSON_IDS.map(async (id) => ({
        lesson: await loadLesson(id),
        words: await loadWords(id, language),
      })),
    ).then((all) => {
      if (isCurrent) setListed(all);
    });
    return () => {
      isCurrent = false;
    };
  }, [language]);
  const progress = readProgress();
  return (
    <article class="page">
      <header class="page-head">
        <h1>{text.title}</h1>
        <p class="lead">{text.lead}</p>
      </header>
      <ol class="cards" data-what="pageLessons">
        {listed.map(({ lesson: { id, steps }, words }) => {
          const done = steps.filter(({ say }) => progress[id]?.done.includes(say)).length;
          return (
            <li key={id}>
              <a class="card" href={hashOf({ page: "lesson", id })}>
                <h2>{words.title}</h2>
                <p>{words.question}</p>
                {done > 0 && <p class="note">{text.progress(done, steps.length)}</p>}
              </a>
            </li>
          );
        })}
      </ol>
    </article>
  );
}
