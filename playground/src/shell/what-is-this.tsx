// "What is this?": explains what has the focus, by its `data-what`, with the other language's name beside it.

import { useEffect, useRef, useState } from "preact/hooks";
import { useApp, useSlice, useText } from "../app/index.ts";
import type { Language } from "../state/index.ts";
import { loadTexts, type Texts } from "../text/catalogue.ts";

type TermName = keyof Texts["terms"];

interface Told {
  readonly name: string;
  readonly other: string;
  readonly says: string;
  readonly book?: string;
}

export function WhatIsThis() {
  const text = useText("shell");
  const terms = useText("terms");
  const { announcer, isHelping } = useApp();
  const language = useSlice((state) => state.language);
  const dialog = useRef<HTMLDialogElement>(null);
  const [told, setTold] = useState<Told | null>(null);

  useEffect(() => {
    const explain = async (element: Element | null) => {
      isHelping.value = false;
      const name = termAt(element);
      const term = name
        ? (terms as Readonly<Record<string, Omit<Told, "other">>>)[name]
        : undefined;
      if (!name || !term) {
        announcer.show(text.nothingToExplain);
        announcer.say(text.nothingToExplain);
        return;
      }
      const other = await otherTerms(language);
      setTold({ ...term, other: other[name as TermName].name });
      dialog.current?.showModal();
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "?" || isTyping(event.target)) return;
      event.preventDefault();
      void explain(document.activeElement);
    };
    // Before anything else hears of the tap: it is to explain, not to act.
    const onTap = (event: MouseEvent) => {
      const target = event.target as Element;
      if (!isHelping.peek() || target.closest(".help, .notes, .menu > summary")) return;
      event.preventDefault();
      event.stopPropagation();
      void explain(target);
    };
    document.addEventListener("keydown", onKeyDown);
    document.addEventListener("click", onTap, true);
    return () => {
      document.removeEventListener("keydown", onKeyDown);
      document.removeEventListener("click", onTap, true);
    };
  }, [terms, text, language, announcer, isHelping]);

  return (
    <dialog ref={dialog} class="what-is-this" aria-label={text.whatIsThis}>
      <p class="term">
        <strong>{told?.name}</strong>{" "}
        <span lang={language === "en" ? "zh" : "en"}>{told?.other}</span>
      </p>
      <p>{told?.says}</p>
      {told?.book && <p class="book">{told.book}</p>}
      <form method="dialog">
        <button type="submit">{text.close}</button>
      </form>
    </dialog>
  );
}

function termAt(element: Element | null): string | undefined {
  return element?.closest<HTMLElement>("[data-what]")?.dataset["what"];
}

function isTyping(target: EventTarget | null): boolean {
  const field = target as HTMLElement | null;
  return field?.closest("textarea, select, input:not([type=range]):not([type=checkbox])") != null;
}

async function otherTerms(language: Language): Promise<Texts["terms"]> {
  const { terms } = await loadTexts(language === "en" ? "zh" : "en", ["terms"]);
  return terms!;
}
