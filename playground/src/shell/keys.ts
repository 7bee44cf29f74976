// Keys that work on every page: undo and redo of settings.

import { useEffect } from "preact/hooks";
import { useApp, useText } from "../app/index.ts";

export function useKeys(): void {
  const app = useApp();
  const text = useText("shell");
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const key = event.key.toLowerCase();
      if (!(event.ctrlKey || event.metaKey) || event.altKey || !(key === "z" || key === "y"))
        return;
      // Fields undo what is typed themselves.
      const target = event.target as HTMLElement;
      if (target.matches("input[type=text], textarea")) return;
      const isRedo = key === "y" || event.shiftKey;
      const { past, future } = app.state.value;
      event.preventDefault();
      if ((isRedo ? future : past).length === 0) return;
      app.dispatch({ kind: isRedo ? "redo" : "undo" });
      app.announcer.say(isRedo ? text.redone : text.undone);
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [app, text]);
}
