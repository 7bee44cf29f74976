// The application: one state, its actions, the texts, the worker. Pages and widgets reach it by `useApp()`.

import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { type Port, Shelf, type Store, Training } from "../client/index.ts";
import type { Problem } from "../protocol/index.ts";
import { type Action, type AppState, update } from "../state/index.ts";
import { COMMON, loadTexts, type TextPart, type Texts } from "../text/catalogue.ts";
import { Announcer } from "./announcer.ts";

export interface App {
  readonly state: ReadonlySignal<AppState>;
  dispatch(action: Action): void;
  readonly announcer: Announcer;
  /** Texts that are loaded, in the language of the state. */
  readonly texts: ReadonlySignal<Partial<Texts>>;
  /** Loads texts of a page, in the present language; those of the frame are there before anything is drawn. */
  loadTexts(parts: readonly TextPart[]): Promise<void>;
  /** The worker's client; the worker is started when it is first asked for. */
  training(): Training;
  /** Runs that the reader keeps. */
  readonly shelf: Shelf;
  /** Another worker, for runs beside the one that is shown; whoever asks for it closes it. */
  anotherTraining(): Training;
  /** The next thing that is tapped is explained. */
  readonly isHelping: Signal<boolean>;
  /** Shows a problem, worded in the page's language. */
  report(problem: Problem): void;
}

const CALM_MS = 250;

/**
 * @param startWorker gives the worker's port, once it is needed
 * @param store where kept runs outlive a reload
 */
export function makeApp(
  initial: AppState,
  startWorker: () => Port,
  store: Store | null = null,
): App {
  const state: Signal<AppState> = signal(initial);
  const texts: Signal<Partial<Texts>> = signal({});
  const announcer = new Announcer();
  const parts = new Set<TextPart>(COMMON);
  let training: Training | null = null;
  let wanted = initial.language;

  /** Whoever wants little motion sees four frames a second. */
  const afterPaint = (done: () => void): void => {
    if (state.value.reducedMotion) setTimeout(done, CALM_MS);
    else requestAnimationFrame(done);
  };
  const reload = async (): Promise<void> => {
    const language = wanted;
    const loaded = await loadTexts(language, [...parts]);
    // Another language may have been chosen meanwhile.
    if (language === wanted) texts.value = loaded;
  };
  const app: App = {
    state: computed(() => state.value),
    announcer,
    shelf: new Shelf(store),
    isHelping: signal(false),
    texts: computed(() => texts.value),
    dispatch(action) {
      const language = action.kind === "prefer" ? action.change.language : undefined;
      if (language === undefined || language === wanted) {
        state.value = update(state.value, action);
        return;
      }
      // Texts come first, so that nothing is ever shown half in one language.
      wanted = language;
      void reload().then(() => {
        state.value = update(state.value, action);
      });
    },
    async loadTexts(more) {
      for (const part of more) parts.add(part);
      await reload();
    },
    training() {
      training ??= app.anotherTraining();
      return training;
    },
    anotherTraining() {
      return new Training(startWorker(), (problem) => app.report(problem), afterPaint);
    },
    report(problem) {
      announcer.show(problem);
    },
  };
  return app;
}
