// The page `#/lesson/<id>`.

import { useText } from "../../app/index.ts";
import { LESSONS } from "../../lessons/index.ts";
import { hashOf } from "../../state/index.ts";
import type { PageProps } from "../page.ts";
import { useLessons } from "./use-lesson.ts";

export function LessonPage({ id = "" }: PageProps) {
  const text = useText("lessons");
  const [told] = useLessons([id]) ?? [];
  const isKnown = LESSONS.some((entry) => entry.id === id);
  return (
    <article class="page prose">
      <p>
        <a href={hashOf({ page: "lessons" })}>{text.back}</a>
      </p>
      <h1>{isKnown ? told?.text.title : text.noneTitle}</h1>
      <p class="lead">{told?.text.question}</p>
      {told?.lesson.steps.map(({ say }) => (
        <p key={say}>{told.text.says[say]}</p>
      ))}
    </article>
  );
}
