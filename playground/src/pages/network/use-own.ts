// Choices of this page in the state, so that undo leaves them alone and a link may hold them.

import { useApp, useSlice } from "../../app/index.ts";

/** A choice by name, and what changes it. */
export function useOwn<T extends string | number | boolean>(
  name: string,
  initial: T,
): readonly [T, (value: T) => void] {
  const { dispatch, state } = useApp();
  const found = useSlice(({ view }) => view.own[name]);
  const value = typeof found === typeof initial ? (found as T) : initial;
  const set = (next: T) => {
    const { own } = state.value.view;
    dispatch({ kind: "view", change: { own: { ...own, [name]: next } } });
  };
  return [value, set];
}
