// A formula that is typed: asked when Enter is pressed or the field is left; what is wrong with it stands below.

import { useEffect, useId, useState } from "preact/hooks";
import type { Problem } from "../../protocol/index.ts";
import { ProblemText } from "../../widgets/index.ts";

interface FormulaFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly problem: Problem | null;
}

export function FormulaField({ label, value, onChange, problem }: FormulaFieldProps) {
  const id = useId();
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  const commit = () => {
    if (typed.trim() !== "" && typed !== value) onChange(typed);
  };
  return (
    <div class="formula-field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="text"
        spellcheck={false}
        autoComplete="off"
        autoCapitalize="off"
        value={typed}
        aria-invalid={problem !== null}
        aria-describedby={problem ? `${id}-problem` : undefined}
        onInput={(event) => setTyped(event.currentTarget.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === "Enter") commit();
          if (event.key === "Escape") setTyped(value);
        }}
      />
      {problem && (
        <p id={`${id}-problem`} class="field-problem" role="alert">
          <ProblemText problem={problem} />
        </p>
      )}
    </div>
  );
}
