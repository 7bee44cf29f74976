// The timeline: a native range over all steps of the run, backwards too.

import { useFrame, useText } from "../app/index.ts";
import type { Training } from "../client/index.ts";

export function Timeline({ training }: { readonly training: Training }) {
  const text = useText("widgets");
  const { frames } = training;
  const { first = 0, step = 0, furthest = 0 } = useFrame(frames, 15) ?? {};
  return (
    <div class="timeline" data-what="timeline">
      <input
        type="range"
        aria-label={text.timeline}
        aria-valuetext={text.timelineValue(String(step), String(furthest))}
        min={first}
        max={Math.max(furthest, first + 1)}
        value={step}
        onInput={(event) => training.seek(event.currentTarget.valueAsNumber)}
      />
      <output>{text.timelineValue(String(step), String(furthest))}</output>
    </div>
  );
}
