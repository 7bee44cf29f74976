// How components reach the application.

import { type ReadonlySignal, useComputed, useSignalEffect } from "@preact/signals";
import { createContext } from "preact";
import { useContext, useEffect, useRef, useState } from "preact/hooks";
import type { Frames, Training } from "../client/index.ts";
import type { Frame, ViewRequest } from "../protocol/index.ts";
import type { AppState, Settings } from "../state/index.ts";
import type { TextPart, Texts } from "../text/catalogue.ts";
import type { App } from "./app.ts";

export const AppContext = createContext<App | null>(null);

export function useApp(): App {
  const app = useContext(AppContext);
  if (!app) throw new Error("useApp: expected to be inside of <AppContext.Provider>");
  return app;
}

/** The texts of one part, in the reader's language. */
export function useText<P extends TextPart>(part: P): Texts[P] {
  const texts = useApp().texts.value[part];
  if (!texts)
    throw new Error(`useText: the texts "${part}" are not loaded; name them in the page's entry`);
  return texts as Texts[P];
}

/** A value as the last drawing had it, for what goes on once a question is answered. */
export function useLatest<T>(value: T): { readonly current: T } {
  const latest = useRef(value);
  latest.current = value;
  return latest;
}

/** A slice of the state: the component is drawn again when that slice changes. */
export function useSlice<T>(choose: (state: AppState) => T): T {
  const { state } = useApp();
  const slice: ReadonlySignal<T> = useComputed(() => choose(state.value));
  return slice.value;
}

/**
 * Trains settings in the worker as long as the component is there: loads them, follows their changes, and
 * pauses when it goes.
 */
export function useTraining(settings: Settings): Training {
  const training = useApp().training();
  useEffect(() => {
    training.change(settings);
  }, [training, settings]);
  useEffect(() => {
    const pause = () => {
      if (document.hidden) training.pause();
    };
    document.addEventListener("visibilitychange", pause);
    return () => {
      document.removeEventListener("visibilitychange", pause);
      training.pause();
      training.want({});
    };
  }, [training]);
  return training;
}

/**
 * Says what a part of the page shows of the run; only that is computed, as long as the part is there. Hand in the
 * same object while nothing changes.
 */
export function useViews(training: Training, views: Readonly<Record<string, ViewRequest>>): void {
  const [owner] = useState({});
  // What is asked for anew takes the place of what was: no frame comes between them with neither.
  useEffect(() => training.want(views, owner), [training, views, owner]);
  useEffect(() => () => training.want({}, owner), [training, owner]);
}

/**
 * The last frame; the component is drawn again with new ones, but no more than so many times a second: nobody
 * reads a curve sixty times a second, and drawing it takes time from what moves.
 */
export function useFrame(frames: Frames, mostPerSecond = 10): Frame | null {
  const [, redraw] = useState(0);
  const last = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useSignalEffect(() => {
    frames.frameId.value;
    frames.info.value;
    if (timer.current !== undefined) return;
    const wait = last.current + 1000 / mostPerSecond - performance.now();
    timer.current = setTimeout(
      () => {
        timer.current = undefined;
        last.current = performance.now();
        redraw((count) => count + 1);
      },
      Math.max(wait, 0),
    );
  });
  useEffect(() => () => clearTimeout(timer.current), []);
  return frames.current;
}

/** Calls a painter with every frame, without drawing the component again. */
export function useFrames(frames: Frames, paint: () => void): void {
  useSignalEffect(() => {
    frames.frameId.value;
    frames.info.value;
    paint();
  });
}
