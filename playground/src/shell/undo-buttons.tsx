// Undo and redo of settings, as buttons; the keys are in keys.ts.

import { type App, useApp, useSlice, useText } from "../app/index.ts";
import { Icon } from "../widgets/index.ts";

export function UndoButtons() {
  const app = useApp();
  const text = useText("shell");
  const canUndo = useSlice((state) => state.past.length > 0);
  const canRedo = useSlice((state) => state.future.length > 0);
  return (
    <span class="undo" data-what="undo">
      <button
        type="button"
        class="icon"
        aria-label={text.undo}
        title={`${text.undo} (Ctrl+Z)`}
        disabled={!canUndo}
        onClick={() => goBack(app, "undo", text.undone)}
      >
        <Icon name="undo" />
      </button>
      <button
        type="button"
        class="icon"
        aria-label={text.redo}
        title={`${text.redo} (Ctrl+Y)`}
        disabled={!canRedo}
        onClick={() => goBack(app, "redo", text.redone)}
      >
        <Icon name="redo" />
      </button>
    </span>
  );
}

function goBack(app: App, kind: "undo" | "redo", says: string): void {
  app.dispatch({ kind });
  app.announcer.say(says);
}
