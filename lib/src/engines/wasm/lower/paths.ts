// Whether a path leads from one kernel to another, found out in a time that does not grow with the
// program: a program has as many questions as kernels, and a walk for each would take their square.

/** A thing in an order that is still being made. */
export interface Ordered<T> {
  /** What must come right before it, and what right after. */
  readonly before: ReadonlySet<T>;
  readonly after: ReadonlySet<T>;
}

/** Programs of fewer connections than this get an exact answer. */
export const MOST_WALKED = 1000;

/**
 * False where no path leads from `start` forwards to `end`, however long. True where one does, and where
 * none was found within `MOST_WALKED` steps.
 */
export function leadsTo<T extends Ordered<T>>(start: T, end: T): boolean {
  // One walk from each end, a step of each in turn. The shorter one decides: what was made last has
  // hardly anything after it.
  const ahead = new Set([start]);
  const behind = new Set([end]);
  const forwards = neighbours(ahead, "after");
  const backwards = neighbours(behind, "before");
  for (let steps = 0; steps < MOST_WALKED; steps++) {
    const next = forwards.next();
    if (next.done) return false;
    if (behind.has(next.value)) return true;
    ahead.add(next.value);
    const last = backwards.next();
    if (last.done) return false;
    if (ahead.has(last.value)) return true;
    behind.add(last.value);
  }
  return true;
}

/** What is next to any member of a set that grows meanwhile. */
function* neighbours<T extends Ordered<T>>(
  reached: ReadonlySet<T>,
  side: keyof Ordered<T>,
): Generator<T, void> {
  for (const one of reached) yield* one[side];
}
