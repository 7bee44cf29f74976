// What the lines of a plot are.

import type { Series } from "../plot/scales.ts";

export function Legend({ lines }: { readonly lines: readonly Series[] }) {
  if (lines.length < 2) return null;
  return (
    <figcaption>
      <span class="legend">
        {lines.map(({ name, look, isGhost }, i) => (
          <span
            key={name}
            class={`legend-item ${look ?? `series-${i}`} ${isGhost ? "is-ghost" : ""}`}
          >
            {name}
          </span>
        ))}
      </span>
    </figcaption>
  );
}
