// The shelf's place in the browser: this tab's storage, which a reload leaves and others do not see.

import type { Store } from "./shelf.ts";

const KEY = "neurite-playground-shelf";

/** A browser may forbid storage: then nothing outlives the page. */
export const SESSION_STORE: Store = {
  read() {
    try {
      return sessionStorage.getItem(KEY);
    } catch {
      return null;
    }
  },
  write(text) {
    try {
      sessionStorage.setItem(KEY, text);
      return true;
    } catch {
      return false;
    }
  },
};
