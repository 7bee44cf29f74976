// The timeline: a native range over all steps of the run, backwards too, with marks where something happened.

import { useFrame, useText } from "../app/index.ts";
import type { Training } from "../client/index.ts";

/** What happened at a step, in words; the sign tells kinds apart without colour. */
export interface TimelineMark {
  readonly step: number;
  readonly sign: string;
  readonly isBad: boolean;
  readonly label: string;
}

interface Props {
  readonly training: Training;
  readonly marks?: readonly TimelineMark[];
  /** The name of the list of marks. */
  readonly marksLabel?: string;
}

export function Timeline({ training, marks = [], marksLabel }: Props) {
  const text = useText("widgets");
  const { frames } = training;
  const { first = 0, step = 0, furthest = 0 } = useFrame(frames, 15) ?? {};
  const last = Math.max(furthest, first + 1);
  const within = (at: number) => Math.min(Math.max(at, first), last);
  return (
    <div class="timeline" data-what="timeline">
      <div class="timeline-track">
        <input
          type="range"
          aria-label={text.timeline}
          aria-valuetext={text.timelineValue(String(step), String(furthest))}
          min={first}
          max={last}
          value={step}
          onInput={(event) => training.seek(event.currentTarget.valueAsNumber)}
        />
        {marks.map((mark) => (
          <span
            key={mark.label}
            class={`timeline-tick ${mark.isBad ? "is-bad" : ""}`}
            style={{ "--at": (within(mark.step) - first) / (last - first) }}
            aria-hidden="true"
          />
        ))}
      </div>
      <output>{text.timelineValue(String(step), String(furthest))}</output>
      {marks.length > 0 && (
        <ul class="timeline-marks" aria-label={marksLabel}>
          {marks.map(({ step: at, sign, isBad, label }) => (
            <li key={label}>
              <button
                type="button"
                class={isBad ? "is-bad" : ""}
                onClick={() => training.seek(Math.min(within(at), furthest))}
              >
                <span aria-hidden="true">{sign} </span>
                {label}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
