// The page `#/lesson/<id>/<step>`: says something, lets the reader predict, shows what the program gives.

import { useText } from "../../app/index.ts";
import { hasLesson } from "../../lessons/index.ts";
import { hashOf } from "../../state/index.ts";
import type { PageProps } from "../page.ts";
import { Player } from "./player.tsx";
import { useLesson } from "./use-lesson.ts";
import "./lesson.css";

export function LessonPage({ id = "", step = 1 }: PageProps) {
  const text = useText("lessons");
  const told = useLesson(id);
  const isKnown = hasLesson(id);
  return (
    <article class="page lesson">
      <p class="back">
        <a data-what="pageLessons" href={hashOf({ page: "lessons" })}>
          {text.back}
        </a>
      </p>
      <header class="page-head">
        <h1>{isKnown ? (told?.text.title ?? text.coming) : text.noneTitle}</h1>
        {told && <p class="lead">{told.text.question}</p>}
      </header>
      {told && <Player key={id} told={told} step={Math.min(step, told.lesson.steps.length) - 1} />}
    </article>
  );
}
