// The question whether a path leads from one kernel to another.

import { expect, test } from "vitest";
import { leadsTo, MOST_WALKED } from "./paths.ts";

interface Point {
  readonly before: Set<Point>;
  readonly after: Set<Point>;
}

function points(count: number, ...edges: readonly (readonly [number, number])[]): Point[] {
  const made = Array.from({ length: count }, () => ({
    before: new Set<Point>(),
    after: new Set<Point>(),
  }));
  for (const [from, to] of edges) {
    made[from]!.after.add(made[to]!);
    made[to]!.before.add(made[from]!);
  }
  return made;
}

const chain = (count: number) =>
  points(count, ...Array.from({ length: count - 1 }, (_, i) => [i, i + 1] as const));

test("paths of any shape are found, and lead one way", () => {
  // 0 -> 1 -> 3 -> 4, 0 -> 2 -> 3, and 5 apart
  const all = points(6, [0, 1], [0, 2], [1, 3], [2, 3], [3, 4]);
  const reached = all.map((from, i) =>
    all.flatMap((to, j) => (i !== j && leadsTo(from, to) ? [j] : [])),
  );
  expect(reached).toEqual([[1, 2, 3, 4], [3, 4], [3, 4], [4], [], []]);
});

test("as far as anybody looks", () => {
  const far = chain(MOST_WALKED);
  expect(leadsTo(far[0]!, far.at(-1)!)).toBe(true);
  expect(leadsTo(far.at(-1)!, far[0]!)).toBe(false);
});

test("what nobody has looked through counts as a path", () => {
  const far = chain(5 * MOST_WALKED);
  expect(leadsTo(far[3 * MOST_WALKED]!, far[MOST_WALKED]!)).toBe(true);
  expect(leadsTo(far[3]!, far[1]!)).toBe(false);
});

test("a question at the end of a long program takes a step or two", () => {
  const far = chain(5000);
  let asked = 0;
  const counted = (point: Point): Point => ({
    get before() {
      asked += 1;
      return point.before;
    },
    get after() {
      asked += 1;
      return point.after;
    },
  });
  const start = counted({ before: new Set([far.at(-1)!]), after: new Set() });
  expect(leadsTo(start, counted(far.at(-1)!))).toBe(false);
  expect(asked).toBeLessThan(4);
});
