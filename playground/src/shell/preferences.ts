// What the reader has chosen, kept in the browser and shown in the document's root.

import { effect } from "@preact/signals";
import type { App } from "../app/index.ts";
import {
  type AppState,
  INITIAL,
  LANGUAGES,
  NOTATIONS,
  type Preferences,
  parseHash,
  THEMES,
} from "../state/index.ts";

const KEY = "neurite-playground";

/** The state to begin with: the address, what was chosen before, what the device prefers. */
export function initialState(): AppState {
  const kept = readKept();
  const language = navigator.languages.some((tag) => tag.toLowerCase().startsWith("zh"));
  const search = new URLSearchParams(location.search);
  return {
    ...INITIAL,
    language: oneOf(LANGUAGES, search.get("lang") ?? kept["language"]) ?? (language ? "zh" : "en"),
    theme: oneOf(THEMES, search.get("theme") ?? kept["theme"]) ?? "auto",
    notation: oneOf(NOTATIONS, kept["notation"]) ?? "nielsen",
    reducedMotion: matchMedia("(prefers-reduced-motion: reduce)").matches,
    embed: search.get("embed") === "1",
    route: parseHash(location.hash).route,
  };
}

function oneOf<T extends string>(all: readonly T[], value: unknown): T | undefined {
  return all.find((one) => one === value);
}

function readKept(): Readonly<Record<string, unknown>> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    return typeof kept === "object" && kept !== null ? (kept as Record<string, unknown>) : {};
  } catch {
    // A browser may forbid storage: then nothing is remembered.
    return {};
  }
}

/** Follows the device, and the state: language and theme of the document, and what is remembered. */
export function followPreferences(app: App, title: () => string): void {
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  calm.addEventListener("change", () => {
    app.dispatch({ kind: "prefer", change: { reducedMotion: calm.matches } });
  });
  effect(() => {
    const { language, theme, notation, embed, teacher } = app.state.value;
    const root = document.documentElement;
    root.lang = language === "zh" ? "zh-Hans" : "en";
    root.dataset["theme"] = theme;
    root.classList.toggle("is-embedded", embed);
    // Style sheets hide what the words name: see styles/frame.css.
    root.dataset["hide"] = [...(teacher?.hide ?? []), ...(teacher?.lockSeed ? ["seed"] : [])].join(
      " ",
    );
    document.title = title();
    keep({ language, theme, notation });
  });
}

function keep(preferences: Partial<Preferences>): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(preferences));
  } catch {
    // As above.
  }
}
