// In which order a pass is carried out. An instruction that waits for another's result keeps its place in the processor,
// and few such places are needed to fill it: what does not wait must stand near by, without filling the registers.

import type { PassCheck } from "./trace.ts";
import type { PassValue } from "./values.ts";

export type Step = PassValue | PassCheck;

/** So many of the steps that are left are looked at. */
const WINDOW = 64;
/** With so many floats and vectors at hand what takes them off it comes first: some can wait in memory. */
const MOST_AT_HAND = 32;
/** Instructions that begin in a cycle. */
const WIDTH = 4;

const ARITHMETIC = /^f.*\.(add|sub|mul|relaxed|nearest|floor|convert|promote|demote)/;

/** After about how many cycles what a step gives can be used. */
function cyclesOf(step: Step): number {
  if (!("id" in step)) return 1;
  const { kind } = step.what;
  if (kind === "load") return 6;
  if (kind === "call") return 40;
  if (kind !== "op") return 2;
  if (/\.(div|sqrt)/.test(step.what.op)) return 12;
  return ARITHMETIC.test(step.what.op) ? 4 : 2;
}

const isFloat = (step: Step): boolean => "id" in step && /^[fv]/.test(step.type);

interface Place {
  readonly step: Step;
  readonly isFloat: boolean;
  readonly cycles: number;
  readonly before: readonly Place[];
  /** Cycles from its beginning to the end of all that needs it. */
  height: number;
  /** Places that need it and have not been given. */
  needed: number;
  /** The cycle in which its result is there. */
  done: number;
}

/** Each step with those that it needs. What is loaded by an index comes behind the checks that were before it. */
function placesOf(steps: readonly Step[]): Place[] {
  const known = new Map<Step, Place>();
  let check: Place | null = null;
  for (const step of steps) {
    const isValue = "id" in step;
    const read: readonly Step[] = isValue ? step.args : [step.condition, ...step.args];
    const before = new Set(read.flatMap((one) => known.get(one) ?? []));
    if (check && (!isValue || step.what.kind === "load")) before.add(check);
    const place: Place = {
      step,
      isFloat: isFloat(step),
      cycles: cyclesOf(step),
      before: [...before],
      height: 0,
      needed: 0,
      done: Number.POSITIVE_INFINITY,
    };
    for (const one of before) one.needed += 1;
    known.set(step, place);
    if (!isValue) check = place;
  }
  const places = [...known.values()];
  for (const place of [...places].reverse()) {
    place.height += place.cycles;
    for (const one of place.before) one.height = Math.max(one.height, place.height);
  }
  return places;
}

/** By how many the floats at hand grow. */
function growthOf({ isFloat: isOne, needed, before }: Place): number {
  const gone = before.filter((one) => one.isFloat && one.needed === 1).length;
  return Number(isOne && needed > 0) - gone;
}

/** The cycle in which a step could begin. */
function startOf({ before }: Place, now: number): number {
  return before.reduce((latest, { done }) => Math.max(latest, done), now);
}

/**
 * The same steps in an order in which fewer wait: of those near by the one that can begin first, and of several the
 * one from which the way to the end is longest.
 * @param steps in an order in which they can be carried out
 */
export function inTurns(steps: readonly Step[]): Step[] {
  const left = placesOf(steps);
  const near = left.splice(0, WINDOW);
  const order: Step[] = [];
  let [now, atHand] = [0, 0];
  while (near.length > 0) {
    const isFull = atHand >= MOST_AT_HAND;
    const offers = near.map((place) => {
      const start = startOf(place, now);
      // What needs a step that has no place yet has none itself.
      const growth = isFull && start < Number.POSITIVE_INFINITY ? growthOf(place) : 0;
      return { place, start, growth };
    });
    const { place, start } = offers.reduce((a, b) => {
      if (a.start === Number.POSITIVE_INFINITY || b.start === Number.POSITIVE_INFINITY)
        return b.start < a.start ? b : a;
      const by = b.growth - a.growth || b.start - a.start || a.place.height - b.place.height;
      return by < 0 ? b : a;
    });
    atHand += growthOf(place);
    for (const one of place.before) one.needed -= 1;
    place.done = start + place.cycles;
    now = Math.max(now, start) + 1 / WIDTH;
    order.push(place.step);
    near.splice(near.indexOf(place), 1, ...left.splice(0, 1));
  }
  return order;
}
