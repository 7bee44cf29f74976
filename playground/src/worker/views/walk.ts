// The view `walk`: the example that one stands at inside of a step, by the four equations.

import { walkedExample } from "./example.ts";
import type { View } from "./view.ts";

export const walk: View<"walk"> = async (live, _, { inside }) => {
  if (inside === null) return { walk: null };
  const rows = live.timeline.nextRows();
  const { train } = live.data.fitted;
  return { walk: await walkedExample(live, train, rows[inside.example]!, rows.length) };
};
