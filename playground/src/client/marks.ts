// Marks of a run: what happened at which of its steps, for the timeline.

import type { Jobs } from "../protocol/index.ts";
import type { Settings } from "../state/index.ts";

export type Mark = { readonly step: number } & (
  | { readonly kind: "change"; readonly from: Settings; readonly to: Settings }
  /** One weight or bias was set by hand: its variable, and its place in it. */
  | { readonly kind: "hand"; readonly name: string; readonly index: number }
  /** The first number that was not finite. */
  | { readonly kind: "fault"; readonly layer: string | null }
  | {
      readonly kind: "finding";
      readonly id: Jobs["remedies"]["gives"]["findings"][number]["id"];
      readonly layers: readonly string[];
    }
);

const MOST_MARKS = 40;
/** Changes as near as this share of the timeline look like one: a slider that is dragged makes many. */
const NEAR = 0.01;

/** The marks with another one, in the order of steps; what says the same again takes the place of what was said. */
export function withMark(marks: readonly Mark[], mark: Mark, furthest: number): readonly Mark[] {
  const isNear = (other: Mark) => Math.abs(other.step - mark.step) <= NEAR * furthest;
  const same = marks.find((other) => isAlike(other, mark) && isNear(other));
  const joined =
    same?.kind === "change" && mark.kind === "change" ? { ...mark, from: same.from } : mark;
  const others = marks.filter((other) => other !== same);
  return [...others, joined].sort((a, b) => a.step - b.step).slice(-MOST_MARKS);
}

function isAlike(a: Mark, b: Mark): boolean {
  if (a.kind === "finding" && b.kind === "finding") return a.id === b.id;
  if (a.kind === "hand" && b.kind === "hand") return a.name === b.name && a.index === b.index;
  return a.kind === b.kind;
}
