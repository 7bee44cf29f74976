// Where the ways begin: as numbers, with a new start and one less.

import { useText } from "../../../app/index.ts";
import { NumberField } from "../../../widgets/index.ts";
import type { Point } from "./presets.ts";
import { START_NAMES } from "./use-landscape.ts";

interface StartListProps {
  readonly names: readonly [string, string];
  readonly starts: readonly Point[];
  readonly onStarts: (starts: readonly Point[]) => void;
}

export function StartList({ names, starts, onStarts }: StartListProps) {
  const text = useText("curves");
  const last = starts.at(-1)!;
  return (
    <section aria-labelledby="starts-title" data-what="startPoint">
      <h2 id="starts-title">{text.starts}</h2>
      <ul class="plain-list">
        {starts.map(([u, v], i) => (
          <li key={START_NAMES[i]} class="pair">
            <b>{START_NAMES[i]}</b>
            <NumberField
              label={text.startCoordinate(START_NAMES[i]!, names[0])}
              value={u}
              step={0.1}
              onChange={(next) => onStarts(starts.with(i, [next, v]))}
              isCompact
            />
            <NumberField
              label={text.startCoordinate(START_NAMES[i]!, names[1])}
              value={v}
              step={0.1}
              onChange={(next) => onStarts(starts.with(i, [u, next]))}
              isCompact
            />
          </li>
        ))}
      </ul>
      <span class="buttons">
        <button
          type="button"
          disabled={starts.length === START_NAMES.length}
          onClick={() => onStarts([...starts, [-last[0], -last[1]]])}
        >
          {text.addStart}
        </button>
        <button
          type="button"
          disabled={starts.length === 1}
          onClick={() => onStarts(starts.slice(0, -1))}
        >
          {text.removeStart}
        </button>
      </span>
    </section>
  );
}
