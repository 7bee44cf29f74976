// The settings, and how a control changes them.

import { useApp, useSlice } from "../../../app/index.ts";
import type { Settings } from "../../../state/index.ts";

export interface SettingsAccess {
  readonly settings: Settings;
  /** Changes of one gesture are undone together. */
  readonly set: (settings: Settings, gesture?: string) => void;
  readonly setRun: (run: Settings["run"], gesture?: string) => void;
}

export function useSettings(): SettingsAccess {
  const { dispatch } = useApp();
  const settings = useSlice((state) => state.settings);
  const set = (next: Settings, gesture?: string) =>
    dispatch({ kind: "set", settings: next, ...(gesture !== undefined && { gesture }) });
  return { settings, set, setRun: (run, gesture) => set({ ...settings, run }, gesture) };
}
