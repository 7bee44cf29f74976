// The square that a bent plane is drawn in, and its lines as paths.

import type { BentPlane } from "../../protocol/index.ts";

export interface SpaceFrame {
  readonly center: readonly [number, number];
  /** From the centre to each side. */
  readonly reach: number;
}

/** The smallest square with all of the grid and the examples. */
export function spaceFrameOf({ grid, points }: Pick<BentPlane, "grid" | "points">): SpaceFrame {
  const low = [Infinity, Infinity];
  const high = [-Infinity, -Infinity];
  for (const list of [grid, points]) {
    for (let i = 0; i < list.length; i++) {
      const [axis, value] = [i % 2, list[i]!];
      if (!Number.isFinite(value)) continue;
      low[axis] = Math.min(low[axis]!, value);
      high[axis] = Math.max(high[axis]!, value);
    }
  }
  if (low[0]! > high[0]! || low[1]! > high[1]!) return { center: [0, 0], reach: 1 };
  const reach = Math.max(high[0]! - low[0]!, high[1]! - low[1]!) / 2;
  return {
    center: [(low[0]! + high[0]!) / 2, (low[1]! + high[1]!) / 2],
    reach: reach > 0 ? 1.04 * reach : 1,
  };
}

/** Each line of the grid, in the square from -1 to 1 with the second unit upwards. */
export function pathsOf(
  { grid, steps }: Pick<BentPlane, "grid" | "steps">,
  { center, reach }: SpaceFrame,
): string[] {
  return Array.from({ length: grid.length / 2 / steps }, (_, line) => {
    const parts = Array.from({ length: steps }, (_, step) => {
      const at = 2 * (line * steps + step);
      const x = (grid[at]! - center[0]) / reach;
      const y = -(grid[at + 1]! - center[1]) / reach;
      return `${x.toFixed(4)} ${y.toFixed(4)}`;
    });
    return `M${parts.join("L")}`;
  });
}
