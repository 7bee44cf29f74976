// Sets of addresses, against a set of single ones.

import fc from "fast-check";
import { expect, test } from "vitest";
import { Extents } from "./extents.ts";

const extent = fc
  .tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 6 }))
  .map(([from, length]) => ({ from, to: from + length }));

test("an extent meets the set where they have an address in common", () => {
  fc.assert(
    fc.property(fc.array(extent, { maxLength: 12 }), extent, (added, asked) => {
      const set = new Extents();
      const addresses = new Set<number>();
      for (const one of added) {
        set.add(one);
        for (let at = one.from; at < one.to; at++) addresses.add(at);
      }
      let isIn = false;
      for (let at = asked.from; at < asked.to; at++) isIn ||= addresses.has(at);
      expect(set.meets(asked)).toBe(isIn);
    }),
    { numRuns: 500 },
  );
});
