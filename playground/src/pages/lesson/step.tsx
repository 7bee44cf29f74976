// One step: its words, prediction and goal on one side, what the program gives and what may be moved on the other.

import { useEffect, useRef, useState } from "preact/hooks";
import { useApp, useText } from "../../app/index.ts";
import {
  type Condition,
  isReached,
  type Predicted,
  shareOf,
  type View,
  valuesFrom,
} from "../../lessons/index.ts";
import type { Answer, Values } from "../../protocol/index.ts";
import { hashOf, parseHash } from "../../state/index.ts";
import { digitsOf, formatGiven, formatNumber } from "../../text/numbers.ts";
import { FormulaView, GoalBar } from "../../widgets/index.ts";
import { Controls } from "./controls.tsx";
import { Predict } from "./predict/predict.tsx";
import { stepKeys } from "./steps-nav.tsx";
import { useAnswer } from "./use-answer.ts";
import type { Told } from "./use-lesson.ts";
import { AnswerView } from "./views/index.tsx";

interface StepProps {
  readonly told: Told;
  /** From 0. */
  readonly step: number;
  readonly predicted: Predicted | null;
  readonly isDone: boolean;
  readonly onLock: (predicted: Predicted) => void;
  readonly onReach: () => void;
  readonly onRan: (values: Values) => void;
  readonly onGo: (step: number) => void;
}

/** Whether the reader came here by the steps: then the heading takes the focus, else the page's order holds. */
let cameBySteps = false;

export function Step(props: StepProps) {
  const { told, step, predicted, isDone, onLock, onReach, onRan } = props;
  const { lesson, text: words, formula } = told;
  const now = lesson.steps[step]!;
  const text = useText("lessons");
  const [values, setValues] = useState(() => valuesFrom(lesson, now, queryOf()));
  const [run, setRun] = useState(0);
  const begin = useAnswer(lesson.id, now.set, true);
  const isLive = lesson.isSlow !== true;
  const isAtBegin = JSON.stringify(values) === JSON.stringify(now.set);
  const asked = useAnswer(lesson.id, values, isLive && !isAtBegin, run);
  const isVeiled = now.predict !== undefined && predicted === null;
  // What the step begins with is asked once.
  const isBegin = isVeiled || asked.answer === null || (isLive && isAtBegin);
  const { answer, values: ran } = isBegin ? begin : asked;
  const isGoalReached = now.goal !== undefined && answer !== null && isReached(now.goal, answer);
  const heading = useRef<HTMLHeadingElement>(null);

  useEffect(() => {
    if (isGoalReached && !isVeiled) onReach();
  }, [isGoalReached, isVeiled]);
  useEffect(() => {
    if (ran) onRan(ran);
  }, [ran]);
  useEffect(() => {
    if (cameBySteps) heading.current?.focus();
    cameBySteps = false;
  }, []);
  const go = (to: number) => {
    cameBySteps = true;
    props.onGo(to);
  };

  const shown = now.controls ?? lesson.controls.map(({ name }) => name);
  const views = now.views ?? lesson.views;
  const controls = lesson.controls.filter(({ name }) => shown.includes(name));
  return (
    <div class="lesson-step">
      <section class="says" aria-labelledby="step">
        <h2
          id="step"
          ref={heading}
          tabIndex={-1}
          data-what="lessonSteps"
          onKeyDown={(event) => stepKeys(event, step, go)}
        >
          {text.stepOf(step + 1, lesson.steps.length)}
        </h2>
        {words.says[now.say]!.split("\n\n").map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
        {now.book && <p class="note">{text.inBook(now.book)}</p>}
        {now.predict && (
          <Predict
            predict={now.predict}
            words={words}
            locked={predicted}
            onLock={onLock}
            answer={begin.answer}
          />
        )}
        {now.goal && !isVeiled && (
          <div data-what="lessonGoal">
            <GoalBar
              goal={words.goals![now.say]!}
              now={nowOf(now.goal[0]!, answer)}
              share={answer && begin.answer ? shareOf(now.goal, answer, begin.answer) : 0}
              isReached={isGoalReached}
            />
          </div>
        )}
        <div class="step-buttons" data-what="lessonSteps">
          <button type="button" disabled={step === 0} onClick={() => go(step - 1)}>
            {text.previous}
          </button>
          <button
            type="button"
            class={isDone ? "primary" : ""}
            disabled={step === lesson.steps.length - 1}
            onClick={() => go(step + 1)}
          >
            {text.next}
          </button>
          <ShareStep told={told} step={step} values={values} />
        </div>
      </section>
      <section
        class="shows"
        aria-label={text.shows}
        aria-busy={asked.isBusy || begin.isBusy}
        data-what="lessonResult"
      >
        {formula && (
          <FormulaView
            formula={formula}
            spoken={words.spoken ?? words.question}
            slots={slotsOf(answer, isVeiled)}
          />
        )}
        {isVeiled && <p class="note">{text.veiled}</p>}
        {answer ? showViews(views.slice(0, 1), answer) : <p class="loading">{text.coming}</p>}
        {controls.length > 0 && (
          <div class="moves" data-what="lessonControls">
            <Controls
              controls={controls}
              values={values}
              onChange={setValues}
              words={words}
              isLocked={isVeiled}
              target={now.target}
              legend={text.controls}
            />
            <div class="step-buttons">
              {!isLive && (
                <button
                  type="button"
                  class="primary"
                  disabled={isVeiled || asked.isBusy}
                  onClick={() => setRun(run + 1)}
                >
                  {asked.isBusy ? text.running : text.run}
                </button>
              )}
              <button type="button" disabled={isVeiled} onClick={() => setValues(now.set)}>
                {text.reset}
              </button>
            </div>
          </div>
        )}
        {answer && showViews(views.slice(1), answer)}
      </section>
    </div>
  );

  function showViews(some: readonly View[], at: Answer) {
    return some.map((view) => (
      <AnswerView
        key={JSON.stringify(view)}
        view={view}
        answer={at}
        words={words}
        isVeiled={isVeiled}
        target={now.target}
        values={ran ?? now.set}
        onMove={move}
      />
    ));
  }

  /** What a picture moves goes by the controls' own steps and limits. */
  function move(to: Values): void {
    if (isVeiled) return;
    const moved = controls.flatMap((control) => {
      const value = to[control.name];
      if (control.kind !== "number" || typeof value !== "number") return [];
      const { name, min, max, step: by } = control;
      const near = Number((Math.round(value / by) * by).toPrecision(12));
      return [[name, Math.min(Math.max(near, min), max)] as const];
    });
    setValues({ ...values, ...Object.fromEntries(moved) });
  }

  /** With as many digits as tell it from what it is to be. */
  function nowOf({ of, value }: Condition, at: Answer | null): string {
    return `${words.names[of]} = ${formatGiven(at?.numbers[of], Math.max(digitsOf(value, 12), 6))}`;
  }
}

/** What the address says of values, by the names of controls. */
function queryOf(): ReadonlyMap<string, string> {
  return new Map(parseHash(location.hash).query);
}

function slotsOf(answer: Answer | null, isVeiled: boolean): Readonly<Record<string, string>> {
  const numbers = Object.entries(answer?.numbers ?? {});
  return Object.fromEntries(
    numbers.map(([name, value]) => [name, isVeiled ? "?" : formatNumber(value, 5)]),
  );
}

/** Copies a link to this step, with the values that differ from its own. */
function ShareStep({ told, step, values }: Pick<StepProps, "told" | "step"> & { values: Values }) {
  const text = useText("lessons");
  const { announcer } = useApp();
  const { id, steps } = told.lesson;
  const share = () => {
    const own = Object.entries(values).filter(([name, value]) => steps[step]!.set[name] !== value);
    const query = new URLSearchParams(own.map(([name, value]) => [name, String(value)]));
    const url = new URL(location.href);
    url.hash = hashOf({ page: "lesson", id, step: step + 1 }, query.toString());
    navigator.clipboard.writeText(url.href).then(
      () => announcer.show(text.linkCopied),
      () => announcer.show(url.href),
    );
  };
  return (
    <button type="button" onClick={share} data-what="lessonLink">
      {text.link}
    </button>
  );
}
