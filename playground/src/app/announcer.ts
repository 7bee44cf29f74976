// What is said: notes that are shown for a while, and a live region that speaks at most every two seconds.

import { type Signal, signal } from "@preact/signals";
import type { Problem } from "../protocol/index.ts";

export interface Note {
  readonly id: number;
  readonly content: Problem | string;
  /** A button on the note. */
  readonly action?: { readonly label: string; readonly run: () => void };
}

/** WCAG asks for calm; screen readers for time to speak. */
const QUIET_MS = 2000;
const SHOWN_MS = 8000;

export class Announcer {
  readonly notes: Signal<readonly Note[]> = signal([]);
  /** What the live region says. */
  readonly spoken: Signal<string> = signal("");
  #lastId = 0;
  #lastSpoken = -QUIET_MS;
  #next: string | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;

  /**
   * Shows a note. Problems stay until they are closed; what is shown already is not shown twice.
   * @returns by what it is closed
   */
  show(content: Problem | string, action?: Note["action"]): number {
    const id = ++this.#lastId;
    const said = JSON.stringify(content);
    const others = this.notes.value.filter((note) => JSON.stringify(note.content) !== said);
    this.notes.value = [...others.slice(-2), { id, content, ...(action && { action }) }];
    if (typeof content === "string") setTimeout(() => this.close(id), SHOWN_MS);
    return id;
  }

  close(id: number): void {
    this.notes.value = this.notes.value.filter((note) => note.id !== id);
  }

  /** Says something soon; of several within two seconds the last. */
  say(text: string, now: number = performance.now()): void {
    const wait = this.#lastSpoken + QUIET_MS - now;
    if (wait <= 0) {
      this.#lastSpoken = now;
      this.spoken.value = text;
      return;
    }
    this.#next = text;
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#lastSpoken = performance.now();
      this.spoken.value = this.#next ?? "";
      this.#next = null;
    }, wait);
  }
}
