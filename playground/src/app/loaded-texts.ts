// Texts as they are loaded: always all parts that were asked for, in the language that was chosen last.

import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Language } from "../state/index.ts";
import { COMMON, type loadTexts, type TextPart, type Texts } from "../text/catalogue.ts";

export class LoadedTexts {
  readonly #texts: Signal<Partial<Texts>> = signal({});
  readonly #load: typeof loadTexts;
  readonly #parts = new Set<TextPart>(COMMON);
  /** The language that was chosen last, and the one that texts are in. */
  #wanted: Language;
  #shown: Language;

  constructor(language: Language, load: typeof loadTexts) {
    this.#load = load;
    this.#wanted = language;
    this.#shown = language;
  }

  get texts(): ReadonlySignal<Partial<Texts>> {
    return this.#texts;
  }

  get wanted(): Language {
    return this.#wanted;
  }

  /** More parts. @returns when they are there */
  async need(parts: readonly TextPart[]): Promise<void> {
    for (const part of parts) this.#parts.add(part);
    await this.#settled();
  }

  /** Another language. @returns the one that all parts are in now: of several that were chosen quickly the last */
  async speak(language: Language): Promise<Language> {
    this.#wanted = language;
    try {
      await this.#settled();
    } catch (error) {
      // What could not be loaded may be chosen again.
      if (this.#wanted === language) this.#wanted = this.#shown;
      throw error;
    }
    return this.#shown;
  }

  /**
   * Two may load at once, and the first to ask may be the last to get: what lacks a part, or is in another language
   * than was chosen meanwhile, would leave what is drawn without its words.
   */
  async #settled(): Promise<void> {
    for (;;) {
      const language = this.#wanted;
      const parts = [...this.#parts];
      const loaded = await this.#load(language, parts);
      if (language !== this.#wanted || parts.length !== this.#parts.size) continue;
      this.#shown = language;
      this.#texts.value = loaded;
      return;
    }
  }
}
