// The page `#/lessons`: all lessons, in the order of the notes.

import { useText } from "../../app/index.ts";
import { LESSONS } from "../../lessons/index.ts";
import { hashOf } from "../../state/index.ts";
import { useLessons } from "./use-lesson.ts";

const ALL = LESSONS.map(({ id }) => id);

export function LessonsPage() {
  const text = useText("lessons");
  const told = useLessons(ALL) ?? [];
  return (
    <article class="page">
      <header class="page-head">
        <h1>{text.title}</h1>
        <p class="lead">{text.lead}</p>
      </header>
      <ul class="cards">
        {told.map(({ lesson, text: words }) => (
          <li key={lesson.id}>
            <a class="card" href={hashOf({ page: "lesson", id: lesson.id })}>
              <h2>{words.title}</h2>
              <p>{words.question}</p>
            </a>
          </li>
        ))}
      </ul>
    </article>
  );
}
