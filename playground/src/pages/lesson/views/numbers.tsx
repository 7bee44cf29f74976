// Numbers of an answer with their names.

import { formatAnswer } from "../../../text/numbers.ts";
import type { ViewProps } from "./view.ts";

export function NumbersView({ view, answer, words, isVeiled, target }: ViewProps<"numbers">) {
  return (
    <dl class="lesson-numbers">
      {view.of.map((name) => (
        <div key={name} class={name === target ? "is-target" : ""}>
          <dt>{words.names[name]}</dt>
          <dd>{isVeiled ? "?" : formatAnswer(answer.numbers[name], view.digits)}</dd>
        </div>
      ))}
    </dl>
  );
}
