// The steps of a lesson: where one is, what is done, and the ways to the others.

import { useText } from "../../app/index.ts";
import type { Lesson } from "../../lessons/index.ts";
import { hashOf } from "../../state/index.ts";

interface StepsNavProps {
  readonly lesson: Lesson;
  readonly step: number;
  readonly done: readonly string[];
  readonly onGo: (step: number) => void;
}

export function StepsNav({ lesson, step, done, onGo }: StepsNavProps) {
  const text = useText("lessons");
  return (
    <nav
      class="steps"
      data-what="lessonSteps"
      aria-label={text.steps}
      onKeyDown={(event) => stepKeys(event, step, onGo)}
    >
      <ol>
        {lesson.steps.map(({ say }, i) => {
          const isDone = done.includes(say);
          return (
            <li key={say}>
              <a
                href={hashOf({ page: "lesson", id: lesson.id, step: i + 1 })}
                aria-current={i === step ? "step" : undefined}
                aria-label={text.stepName(i + 1, isDone)}
              >
                {isDone ? "✓" : i + 1}
              </a>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

/** Arrows, and the keys of a presenter's clicker, where the focus is on the steps or on their heading. */
export function stepKeys(event: KeyboardEvent, step: number, onGo: (to: number) => void): void {
  if (event.key === "ArrowRight" || event.key === "PageDown") onGo(step + 1);
  else if (event.key === "ArrowLeft" || event.key === "PageUp") onGo(step - 1);
  else return;
  event.preventDefault();
}
