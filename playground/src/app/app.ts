// The application: one state, its actions, the texts, the worker. Pages and widgets reach it by `useApp()`.

import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { type OnRefused, type Port, Shelf, type Store, Training } from "../client/index.ts";
import type { Problem } from "../protocol/index.ts";
import { type Action, type AppState, isSame, type Settings, update, XOR } from "../state/index.ts";
import { loadTexts, type TextPart, type Texts } from "../text/catalogue.ts";
import { Announcer } from "./announcer.ts";
import { LoadedTexts } from "./loaded-texts.ts";

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

type Preference = Extract<Action, { kind: "prefer" }>;

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
  const loaded = new LoadedTexts(initial.language, loadTexts);
  const announcer = new Announcer();
  let training: Training | null = null;

  /** Whoever wants little motion sees four frames a second. */
  const afterPaint = (done: () => void): void => {
    if (state.value.reducedMotion) setTimeout(done, CALM_MS);
    else requestAnimationFrame(done);
  };
  /** The last settings out of a link or a file: a page is not left with those if they cannot be trained. */
  let opened: Settings | null = null;
  const app: App = {
    state: computed(() => state.value),
    announcer,
    shelf: new Shelf(store),
    isHelping: signal(false),
    texts: loaded.texts,
    dispatch(action) {
      if (action.kind === "open") opened = action.settings;
      const language = action.kind === "prefer" ? action.change.language : undefined;
      const isSame = language === loaded.wanted && language === state.value.language;
      if (language === undefined || isSame) {
        state.value = update(state.value, action);
        return;
      }
      // Texts come first, so that nothing is ever shown half in one language.
      loaded.speak(language).then(
        (spoken) => {
          const change = { ...(action as Preference).change, language: spoken };
          state.value = update(state.value, { kind: "prefer", change });
        },
        (error: unknown) => {
          const { shell } = loaded.texts.value;
          announcer.show(shell?.pageFailed(String(error)) ?? String(error));
        },
      );
    },
    loadTexts: (parts) => loaded.need(parts),
    training() {
      training ??= app.anotherTraining();
      return training;
    },
    anotherTraining() {
      const shown: number[] = [];
      const report = (problem: Problem) => void shown.push(announcer.show(problem));
      const refused: OnRefused = (why, settings, before) => {
        // Of what the reader sets, the control says on; what came from elsewhere is gone back from.
        if (opened === null || !isSame(settings, opened)) {
          report(why);
          return;
        }
        opened = null;
        another.goBack();
        // A page may have begun to train its first settings while the link was read, or not: no reader can tell.
        const used = before ?? XOR;
        app.dispatch({ kind: "refused", instead: used });
        const instead = isSame(used, XOR) ? "first" : "before";
        app.report({ code: "settingsRefused", data: { why, instead } });
      };
      const another = new Training(startWorker(), report, afterPaint, refused);
      // What was wrong with settings is over once others are loaded.
      another.frames.info.subscribe(() => {
        for (const id of shown.splice(0)) announcer.close(id);
      });
      return another;
    },
    report(problem) {
      announcer.show(problem);
    },
  };
  return app;
}
