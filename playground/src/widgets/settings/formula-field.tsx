// An expression that is typed: it is used once it can be read, else the field says where it cannot.

import { useId, useState } from "preact/hooks";
import { useLatest } from "../../app/index.ts";
import type { Problem } from "../../protocol/index.ts";
import type { Effect } from "../../state/index.ts";
import { EffectMark } from "../effect-mark.tsx";
import { ProblemText } from "../problem-text.tsx";

export interface FormulaFieldProps {
  readonly label: string;
  readonly value: string;
  /** What is wrong with a text; null for nothing. */
  readonly check: (text: string) => Promise<Problem | null>;
  readonly onChange: (text: string) => void;
  /** The words of the button; without it Enter or leaving the field is enough. */
  readonly button?: string;
  readonly placeholder?: string;
  readonly effect?: Effect;
  readonly what?: string;
}

/** As a link may hold: see the codec's limits. */
const LONGEST = 400;

export function FormulaField(props: FormulaFieldProps) {
  const { label, value, check, button, placeholder, effect, what } = props;
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const text = typed ?? value;
  // What is set may have changed while it was checked, and so may what is typed.
  const latest = useLatest({ text, onChange: props.onChange });

  const commit = async () => {
    const wanted = text.trim();
    if (wanted === "" || (button === undefined && wanted === value)) {
      setTyped(null);
      setProblem(null);
      return;
    }
    const found = await check(wanted);
    if (latest.current.text.trim() !== wanted) return;
    setProblem(found);
    if (found) return;
    setTyped(null);
    latest.current.onChange(wanted);
  };
  const at = problem && "at" in problem.data ? problem.data.at : null;
  return (
    <div class="formula-field" data-what={what}>
      <label for={id}>
        {label}
        {effect && <EffectMark effect={effect} />}
      </label>
      <span class="formula-input">
        <input
          id={id}
          type="text"
          spellcheck={false}
          autoComplete="off"
          maxLength={LONGEST}
          placeholder={placeholder}
          value={text}
          aria-invalid={problem !== null}
          aria-describedby={`${id}-problem`}
          onInput={(event) => {
            setTyped(event.currentTarget.value);
            setProblem(null);
          }}
          onBlur={() => {
            if (button === undefined) void commit();
          }}
          onKeyDown={(event) => {
            event.stopPropagation();
            if (event.key === "Enter") void commit();
            else if (event.key === "Escape") {
              setTyped(null);
              setProblem(null);
            }
          }}
        />
        {button !== undefined && (
          <button type="button" onClick={() => void commit()}>
            {button}
          </button>
        )}
      </span>
      <div id={`${id}-problem`} class="field-problem" role="status">
        {problem && (
          <>
            {at !== null && (
              <code aria-hidden="true">
                {text.trim().slice(0, at)}
                <mark>{text.trim().slice(at, at + 1) || "▮"}</mark>
                {text.trim().slice(at + 1)}
              </code>
            )}
            <p>
              <ProblemText problem={problem} />
            </p>
          </>
        )}
      </div>
    </div>
  );
}
