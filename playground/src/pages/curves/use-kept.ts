// What was set on a tab, kept in the view: other tabs do not lose it, and a link brings it along.

import { useMemo } from "preact/hooks";
import { useApp, useSlice } from "../../app/index.ts";

/** Makes of what a link says what the page can show: whatever stands in it, this gives an answer. */
export type Read<T> = (found: unknown) => T;

export function useKept<T>(name: string, read: Read<T>): [T, (next: T) => void] {
  const { dispatch, state } = useApp();
  const key = `curves-${name}`;
  const kept = useSlice(({ view }) => view.own[key]);
  const value = useMemo(() => read(parsed(kept)), [kept, read]);
  const set = (next: T) => {
    const { own } = state.value.view;
    dispatch({ kind: "view", change: { own: { ...own, [key]: JSON.stringify(next) } } });
  };
  return [value, set];
}

function parsed(kept: unknown): unknown {
  if (typeof kept !== "string") return null;
  try {
    return JSON.parse(kept);
  } catch {
    return null;
  }
}
