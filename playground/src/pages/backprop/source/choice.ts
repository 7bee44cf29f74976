// Which graph the page shows, kept in the view, so that a link and a return to the page bring it back.

import { useApp, useSlice } from "../../../app/index.ts";
import type { Jobs } from "../../../protocol/index.ts";

export type Point = Readonly<Record<string, number>>;
export type UnfoldSource = Jobs["unfold"]["asks"]["source"];

export const PRESETS = [
  "fig48",
  "neuron",
  "chain",
  "mazur",
  "micrograd",
  "softmax",
  "paths",
  "layer",
] as const;
export const SOURCES = [...PRESETS, "network", "written"] as const;
export type SourceName = (typeof SOURCES)[number];

export interface SourceChoice {
  readonly name: SourceName;
  readonly text: string;
  readonly at: Point;
  readonly example: number;
}

const FIRST: SourceChoice = { name: "fig48", text: "x*y + sin(x)", at: {}, example: 0 };
const KEY = "backprop";

export function useSourceChoice(): readonly [
  SourceChoice,
  (change: Partial<SourceChoice>) => void,
] {
  const { dispatch } = useApp();
  const own = useSlice((state) => state.view.own);
  const choice = readChoice(own[KEY]);
  const change = (by: Partial<SourceChoice>) => {
    const kept = JSON.stringify({ ...choice, ...by });
    dispatch({ kind: "view", change: { own: { ...own, [KEY]: kept } } });
  };
  return [choice, change];
}

/** What a link says is not to be relied on. */
export function readChoice(kept: unknown): SourceChoice {
  if (typeof kept !== "string") return FIRST;
  try {
    const { name, text, at, example } = JSON.parse(kept) as Record<string, unknown>;
    const numbers = Object.entries((at ?? {}) as Record<string, unknown>).filter(
      (entry): entry is [string, number] => Number.isFinite(entry[1]),
    );
    return {
      name: SOURCES.find((known) => known === name) ?? FIRST.name,
      text: typeof text === "string" ? text.slice(0, 4000) : FIRST.text,
      at: Object.fromEntries(numbers),
      example: Number.isInteger(example) ? Math.max(example as number, 0) : 0,
    };
  } catch {
    return FIRST;
  }
}

export function sourceOf({ name, text, at, example }: SourceChoice): UnfoldSource {
  if (name === "network") return { kind: "network", example, at };
  return name === "written" ? { kind: "written", text, at } : { kind: "preset", name, at };
}
