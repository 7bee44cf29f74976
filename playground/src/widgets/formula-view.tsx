// A formula that the build has rendered, with live numbers in its slots.

import "katex/dist/katex.min.css";
import { type ReadonlySignal, useSignalEffect } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { useSlice } from "../app/index.ts";
import type { Notation } from "../state/index.ts";
import { useWidth } from "./use-width.ts";

export interface FormulaViewProps {
  /** From `import { formula } from "../formulas/….tex"`. */
  readonly formula: Readonly<Record<Notation, string>>;
  /** The formula in words, numbers included: what a screen reader says. */
  readonly spoken: string;
  /** Numbers by slot, as they are to be read. A signal changes the text alone, fifty times a second if need be. */
  readonly slots?:
    | Readonly<Record<string, string>>
    | ReadonlySignal<Readonly<Record<string, string>>>;
  /** The names of the terms that are marked. */
  readonly marked?: readonly string[];
  readonly what?: string;
}

export function FormulaView({ formula, spoken, slots = {}, marked = [], what }: FormulaViewProps) {
  const notation = useSlice((state) => state.notation);
  const ref = useRef<HTMLDivElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const html = formula[notation];
  const isScrolled = useIsScrolled(frame, html);
  return (
    <div
      class={isScrolled ? "formula is-scrolled" : "formula"}
      ref={frame}
      role="img"
      aria-label={spoken}
      data-what={what}
      tabIndex={isScrolled ? 0 : undefined}
    >
      <div key={html} ref={ref} aria-hidden="true" dangerouslySetInnerHTML={{ __html: html }} />
      <Slots into={ref} slots={slots} marked={marked} html={html} />
    </div>
  );
}

/** Whether a formula is wider than its place: then it is scrolled, by keys too. */
function useIsScrolled(ref: { readonly current: HTMLElement | null }, html: string): boolean {
  const width = useWidth(ref, 0);
  const [isScrolled, setScrolled] = useState(false);
  useEffect(() => {
    let isCurrent = true;
    const measure = () => {
      const { scrollWidth = 0, clientWidth = 0 } = ref.current ?? {};
      if (isCurrent) setScrolled(scrollWidth > clientWidth);
    };
    measure();
    // Its letters are wider or narrower than those that stand in for them.
    void document.fonts.ready.then(measure);
    return () => {
      isCurrent = false;
    };
  }, [ref, html, width]);
  return isScrolled;
}

interface SlotsProps extends Required<Pick<FormulaViewProps, "slots" | "marked">> {
  readonly into: { readonly current: HTMLDivElement | null };
  readonly html: string;
}

/** Writes into the places of a formula; draws nothing itself. */
function Slots({ into, slots, marked, html }: SlotsProps) {
  const last = useRef("");
  const write = () => {
    const texts = "value" in slots && typeof slots.value === "object" ? slots.value : slots;
    for (const place of into.current?.querySelectorAll<HTMLElement>("[data-slot]") ?? []) {
      const text = (texts as Readonly<Record<string, string>>)[place.dataset["slot"]!];
      if (text !== undefined && place.textContent !== text) place.textContent = text;
    }
  };
  useSignalEffect(write);
  // Slots that are no signal change with the drawing.
  useLayoutEffect(write, [slots, html]);
  const key = `${html} ${marked.join(" ")}`;
  if (key !== last.current && into.current) {
    last.current = key;
    for (const term of into.current.querySelectorAll<HTMLElement>("[data-term]")) {
      term.classList.toggle("is-marked", marked.includes(term.dataset["term"]!));
    }
  }
  return null;
}
