// The memory plan as bars: from the kernel that first needs an array to the last one, at the place where it lies.

import type { Light, Stage } from "./stage.ts";

interface Bar {
  readonly name: string;
  readonly offset: number;
  readonly first: number;
  readonly last: number;
  readonly values: readonly string[];
}

/** An array with its name, or memory that kernels have for themselves. */
const LINE = /^\s*(\d+) (?:of|(\w+): .*?)\s+kernels? (\d+)(?:-(\d+))?(?: alone)?$/;

/** What the lines of the stage say; those that are no array are left out. */
export function barsOf({ text, values }: Pick<Stage, "text" | "values">): Bar[] {
  return text.split("\n").flatMap((line, i) => {
    const found = LINE.exec(line);
    if (!found) return [];
    const [, offset, name, first, last = first] = found;
    const own = values[i] ?? [];
    return [
      {
        name: name ?? "",
        offset: Number(offset),
        first: Number(first),
        last: Number(last),
        values: own,
      },
    ];
  });
}

export function MemoryBars(props: { stage: Stage; light: Light; label: string }) {
  const bars = barsOf(props.stage);
  const kernels = Math.max(0, ...bars.map(({ last }) => last)) + 1;
  if (bars.length === 0) return null;
  const row = 22;
  const width = 460;
  const left = 92;
  const unit = (width - left - 6) / kernels;
  return (
    <section class="memory-scroll" tabIndex={0} aria-label={props.label}>
      <svg
        class="memory-bars"
        role="img"
        aria-label={props.label}
        viewBox={`0 0 ${width} ${bars.length * row + 22}`}
      >
        {Array.from({ length: kernels }, (_, k) => (
          <text key={`kernel ${k + 1}`} x={left + (k + 0.5) * unit} y={10}>
            {k}
          </text>
        ))}
        {bars.map(({ name, offset, first, last, values }, i) => (
          <g
            key={`${name} ${offset}`}
            data-values={values.join(" ")}
            onPointerEnter={() => props.light(values)}
          >
            <text class="memory-name" x={left - 6} y={i * row + 32}>
              {name === "" ? "·" : name}
            </text>
            <rect
              x={left + first * unit}
              y={i * row + 23}
              width={(last - first + 1) * unit - 2}
              height={row - 5}
              rx={4}
            />
            <text class="memory-offset" x={left + first * unit + 5} y={i * row + 32}>
              {offset}
            </text>
          </g>
        ))}
      </svg>
    </section>
  );
}
