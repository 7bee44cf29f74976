// Notes at the edge of the page: problems in words, and what was done.

import { useApp, useText } from "../app/index.ts";
import { Icon, ProblemText } from "../widgets/index.ts";

export function Notes() {
  const text = useText("shell");
  const { announcer } = useApp();
  return (
    <div class="notes" role="alert">
      {announcer.notes.value.map(({ id, content, action }) => (
        <div key={id} class={`note-card ${typeof content === "string" ? "" : "is-problem"}`}>
          <p>{typeof content === "string" ? content : <ProblemText problem={content} />}</p>
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
