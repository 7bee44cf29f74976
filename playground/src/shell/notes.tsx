// Notes at the edge of the page: problems in words, and what was done.

import { useApp, useText } from "../app/index.ts";
import type { Problem } from "../protocol/index.ts";
import type { Texts } from "../text/catalogue.ts";
import { Icon } from "../widgets/index.ts";

export function Notes() {
  const text = useText("shell");
  const problems = useText("problems");
  const { announcer } = useApp();
  return (
    <div class="notes" role="alert">
      {announcer.notes.value.map(({ id, content, action }) => (
        <div key={id} class={`note-card ${typeof content === "string" ? "" : "is-problem"}`}>
          <p>{typeof content === "string" ? content : wordProblem(content, problems)}</p>
          {action && (
            <button type="button" onClick={action.run}>
              {action.label}
            </button>
          )}
          <button
            type="button"
            class="icon"
            aria-label={text.close}
            onClick={() => announcer.close(id)}
          >
            <Icon name="close" />
          </button>
        </div>
      ))}
    </div>
  );
}

/** A problem in the page's language. */
export function wordProblem(problem: Problem, words: Texts["problems"]): string {
  switch (problem.code) {
    case "linkBroken":
      return words.linkBroken[problem.data.reason];
    case "fieldReplaced": {
      const { path, found, used } = problem.data;
      return words.fieldReplaced(path, found || words.nothing, used || words.nothing);
    }
    case "expression":
      return words.expression(problem.data.text, problem.data.at, problem.data.detail);
    case "notLoaded":
      return words.notLoaded;
    case "refused":
    case "unknown":
      return words[problem.code](problem.data.detail);
  }
}
