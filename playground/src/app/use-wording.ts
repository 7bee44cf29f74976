// What the library's sentences say in the page's language. The words are fetched once there is such a sentence to show.

import { type Signal, signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Language } from "../state/index.ts";
import { WORDINGS } from "../text/catalogue.ts";
import { useSlice } from "./hooks.ts";

/** What a sentence says; null where there are no words for it. */
type Say = (sentence: string) => string | null;

const fetched: Signal<Partial<Record<Language, Say>>> = signal({});

const asItIs: Say = (sentence) => sentence;
/** Where the words cannot be had, what the library says is better than nothing. */
const wordless: Say = () => null;

/**
 * Null while the words are on their way.
 * @param isNeeded whether there is a sentence to be worded
 */
export function useWording(isNeeded: boolean): Say | null {
  const language = useSlice((state) => state.language);
  const fetch = WORDINGS[language];
  const isThere = !fetch || language in fetched.value;
  useEffect(() => {
    if (!isNeeded || isThere) return;
    const keep = (say: Say) => {
      fetched.value = { ...fetched.value, [language]: say };
    };
    fetch().then(keep, () => keep(wordless));
  }, [isNeeded, isThere, language]);
  return fetch ? (fetched.value[language] ?? null) : asItIs;
}
