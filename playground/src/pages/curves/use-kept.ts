// What was set on a tab, kept while the reader looks at others.

import { useState } from "preact/hooks";

const kept = new Map<string, unknown>();

export function useKept<T>(name: string, first: T): [T, (next: T) => void] {
  const [value, setValue] = useState<T>(() => (kept.has(name) ? (kept.get(name) as T) : first));
  return [
    value,
    (next) => {
      kept.set(name, next);
      setValue(next);
    },
  ];
}
