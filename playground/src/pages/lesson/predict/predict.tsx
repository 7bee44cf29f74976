// The prediction: made and locked in before anything moves, then held against what came out.

import { useId, useState } from "preact/hooks";
import { useText } from "../../../app/index.ts";
import {
  isRight,
  type LessonText,
  type Predicted,
  type Prediction,
  rightChoice,
} from "../../../lessons/index.ts";
import type { Answer } from "../../../protocol/index.ts";
import { formatGiven, formatSetting, parseNumber } from "../../../text/numbers.ts";
import { CurveDrawing } from "./curve-drawing.tsx";

interface PredictProps {
  readonly predict: Prediction;
  readonly words: LessonText;
  /** What is locked in; null while the reader thinks. */
  readonly locked: Predicted | null;
  readonly onLock: (predicted: Predicted) => void;
  /** The answer at the step's own values. */
  readonly answer: Answer | null;
}

export function Predict(props: PredictProps) {
  const { predict, locked } = props;
  const text = useText("lessons");
  const title = useId();
  return (
    <section class="predict" aria-labelledby={title} data-what="prediction">
      <h3 id={title}>{text.predict}</h3>
      {predict.kind === "choice" && <Choices {...props} predict={predict} />}
      {predict.kind === "number" && locked === null && <NumberGuess {...props} />}
      {predict.kind === "curve" && <CurveDrawing {...props} predict={predict} />}
      <p role="status" class="verdict">
        {locked !== null && props.answer && (
          <Verdict {...props} locked={locked} answer={props.answer} />
        )}
      </p>
    </section>
  );
}

type ChoiceProps = Omit<PredictProps, "predict"> & {
  readonly predict: Extract<Prediction, { kind: "choice" }>;
};

function Choices({ predict, words, locked, onLock, answer }: ChoiceProps) {
  const text = useText("lessons");
  const [chosen, setChosen] = useState<string | null>(null);
  const name = useId();
  const right = locked !== null && answer ? rightChoice(predict, answer) : undefined;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen !== null) onLock(chosen);
      }}
    >
      <fieldset class="choices" disabled={locked !== null}>
        <legend class="visually-hidden">{text.predict}</legend>
        {Object.keys(predict.choices).map((key) => (
          <label key={key} class={`check ${right === key ? "is-right" : ""}`}>
            <input
              type="radio"
              name={name}
              value={key}
              checked={(locked ?? chosen) === key}
              onChange={() => setChosen(key)}
            />
            {words.choices![key]}
            {right === key && <span aria-hidden="true"> ✓</span>}
          </label>
        ))}
      </fieldset>
      {locked === null && (
        <button type="submit" class="primary" disabled={chosen === null}>
          {text.lock}
        </button>
      )}
    </form>
  );
}

function NumberGuess({ onLock }: PredictProps) {
  const text = useText("lessons");
  const [typed, setTyped] = useState("");
  const id = useId();
  const value = parseNumber(typed);
  return (
    <form
      class="number-guess"
      onSubmit={(event) => {
        event.preventDefault();
        if (value !== null) onLock(value);
      }}
    >
      <label for={id}>{text.yourNumber}</label>
      <input
        id={id}
        type="text"
        inputMode="decimal"
        autoComplete="off"
        value={typed}
        onInput={(event) => setTyped(event.currentTarget.value)}
      />
      <button type="submit" class="primary" disabled={value === null}>
        {text.lock}
      </button>
    </form>
  );
}

function Verdict({
  predict,
  words,
  locked,
  answer,
}: PredictProps & { readonly locked: Predicted; readonly answer: Answer }) {
  const text = useText("lessons");
  const verdict = isRight(predict, locked, answer) ? text.right : text.wrong;
  if (predict.kind === "choice") return <>{verdict}</>;
  if (predict.kind === "curve")
    return <>{isRight(predict, locked, answer) ? text.near : text.far}</>;
  const came = formatGiven(answer.numbers[predict.of], 6);
  return (
    <>{`${verdict}${text.cameOut(formatSetting(Number(locked)), words.names[predict.of]!, came)}`}</>
  );
}
