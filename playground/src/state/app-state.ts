// The one immutable state of the pages, and how actions change it. Nothing here knows of time, DOM or worker.

import { XOR } from "./presets.ts";
import type { Route } from "./route.ts";
import { isSame } from "./same.ts";
import {
  type Language,
  type Notation,
  type Settings,
  type TeacherSpec,
  type Theme,
  VIEW,
  type ViewSpec,
} from "./settings.ts";

export interface AppState {
  readonly route: Route;
  readonly language: Language;
  readonly theme: Theme;
  readonly notation: Notation;
  readonly reducedMotion: boolean;
  /** One widget without the frame, for course pages. */
  readonly embed: boolean;
  readonly settings: Settings;
  readonly view: ViewSpec;
  readonly teacher: TeacherSpec | null;
  /** What undo goes back to, the last one last; what redo goes on to, the next one last. */
  readonly past: readonly Settings[];
  readonly future: readonly Settings[];
  /** The gesture that made the last change: changes of one gesture are undone together. */
  readonly gesture: string | null;
}

export const INITIAL: AppState = {
  route: { page: "start" },
  language: "en",
  theme: "auto",
  notation: "nielsen",
  reducedMotion: false,
  embed: false,
  settings: XOR,
  view: VIEW,
  teacher: null,
  past: [],
  future: [],
  gesture: null,
};

/** Choices of the reader that hold on every page. */
export type Preferences = Pick<
  AppState,
  "language" | "theme" | "notation" | "reducedMotion" | "embed"
>;

export type Action =
  | { readonly kind: "go"; readonly route: Route }
  | { readonly kind: "prefer"; readonly change: Partial<Preferences> }
  /** `gesture` names a drag or a burst of steps, as in "rate 3"; without it each change is undone alone. */
  | { readonly kind: "set"; readonly settings: Settings; readonly gesture?: string }
  | { readonly kind: "view"; readonly change: Partial<ViewSpec> }
  /** Settings out of a link or a file. */
  | {
      readonly kind: "open";
      readonly settings: Settings;
      readonly view?: ViewSpec;
      readonly teacher?: TeacherSpec | null;
    }
  /** The worker refused the settings: these are gone back to, and undo leads to nothing that was refused. */
  | { readonly kind: "refused"; readonly instead: Settings }
  | { readonly kind: "undo" }
  | { readonly kind: "redo" };

/** How many settings undo keeps. */
export const MOST_UNDO = 200;

/** The state after an action. Gives the same object where nothing changes. */
export function update(state: AppState, action: Action): AppState {
  switch (action.kind) {
    case "go":
      return { ...state, route: action.route };
    case "prefer":
      return { ...state, ...action.change };
    case "view":
      return { ...state, view: { ...state.view, ...action.change } };
    case "set":
      return withSettings(state, action.settings, action.gesture ?? null);
    case "open": {
      const { view = VIEW, teacher = null } = action;
      return { ...withSettings(state, action.settings, null), view, teacher };
    }
    case "refused": {
      const { instead } = action;
      const last = state.past.at(-1);
      const past = last && isSame(last, instead) ? state.past.slice(0, -1) : state.past;
      return { ...state, settings: instead, past, gesture: null };
    }
    case "undo":
      return stepped(state, "past", "future");
    case "redo":
      return stepped(state, "future", "past");
  }
}

function withSettings(state: AppState, settings: Settings, gesture: string | null): AppState {
  if (isSame(settings, state.settings)) return state;
  const isGoingOn = gesture !== null && gesture === state.gesture;
  const past = isGoingOn ? state.past : [...state.past, state.settings].slice(-MOST_UNDO);
  return { ...state, settings, past, future: [], gesture };
}

function stepped(state: AppState, from: "past" | "future", to: "past" | "future"): AppState {
  const settings = state[from].at(-1);
  if (!settings) return state;
  return {
    ...state,
    settings,
    [from]: state[from].slice(0, -1),
    [to]: [...state[to], state.settings],
    gesture: null,
  };
}
