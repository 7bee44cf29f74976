/** Do the peers do the same work? Their loss curves tell. */

import { median } from "./stats.mjs";

/** Rounding differs, and training magnifies it: strict at the start, lenient later. */
const STRICT = { steps: 5, tolerance: 1e-3 };
const LENIENT = 5e-2;

/**
 * Marks each result whose curve leaves the median of all, so that no peer is the judge of itself.
 * @param {Record<string, any>} results by peer
 */
export function compareCurves(results) {
  const present = Object.values(results).filter(({ losses }) => losses);
  for (const result of present) {
    const step = result.losses.findIndex((loss, i) => {
      const others = present.flatMap(({ losses }) => losses[i] ?? []); // slow peers stop early
      const middle = median(others);
      const tolerance = i < STRICT.steps ? STRICT.tolerance : LENIENT;
      return !(Math.abs(loss - middle) <= tolerance * Math.max(Math.abs(middle), 1e-2));
    });
    result.differsAtStep = step === -1 ? null : step + 1;
  }
}
