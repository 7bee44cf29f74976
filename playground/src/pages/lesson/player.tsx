// A lesson step by step: what is remembered of it, and the step that one is at.

import { useEffect, useState } from "preact/hooks";
import { useText } from "../../app/index.ts";
import type { Predicted } from "../../lessons/index.ts";
import type { Values } from "../../protocol/index.ts";
import { hashOf } from "../../state/index.ts";
import { Code } from "./code.tsx";
import { keepProgress, NO_PROGRESS, type Progress, readProgress } from "./progress.ts";
import { Step } from "./step.tsx";
import { StepsNav } from "./steps-nav.tsx";
import type { Told } from "./use-lesson.ts";

export function Player({ told, step }: { readonly told: Told; readonly step: number }) {
  const { lesson, program, text: words } = told;
  const text = useText("lessons");
  const [progress, setProgress] = useState<Progress>(
    () => readProgress()[lesson.id] ?? NO_PROGRESS,
  );
  const [ran, setRan] = useState<Values>(lesson.steps[step]!.set);
  useEffect(() => keepProgress(lesson.id, progress), [progress]);
  const now = lesson.steps[step]!;
  const go = (to: number) => {
    if (to < 0 || to >= lesson.steps.length) return;
    location.hash = hashOf({ page: "lesson", id: lesson.id, step: to + 1 });
  };
  const lock = (predicted: Predicted) => {
    setProgress((before) => ({
      predicted: { ...before.predicted, [now.say]: predicted },
      done: now.goal ? before.done : withStep(before.done, now.say),
    }));
  };
  const reach = () => {
    setProgress((before) => ({ ...before, done: withStep(before.done, now.say) }));
  };
  const isLast = step === lesson.steps.length - 1;
  return (
    <>
      <StepsNav lesson={lesson} step={step} done={progress.done} onGo={go} />
      <Step
        key={now.say}
        told={told}
        step={step}
        predicted={progress.predicted[now.say] ?? null}
        isDone={progress.done.includes(now.say)}
        onLock={lock}
        onReach={reach}
        onRan={setRan}
        onGo={go}
      />
      {isLast && words.remark && (
        <aside class="remark" aria-labelledby="remark">
          <h2 id="remark">{text.remark}</h2>
          <p>{words.remark}</p>
        </aside>
      )}
      <Code program={program} values={ran} />
      {Object.keys(progress.predicted).length + progress.done.length > 0 && (
        <button
          type="button"
          class="forget"
          data-what="lessonSteps"
          onClick={() => setProgress(NO_PROGRESS)}
        >
          {text.again}
        </button>
      )}
    </>
  );
}

function withStep(done: readonly string[], say: string): readonly string[] {
  return done.includes(say) ? done : [...done, say];
}
