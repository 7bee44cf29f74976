// How much of the ways is drawn: by slider, and by playing them step by step.

import { useEffect, useId, useState } from "preact/hooks";
import { useSlice, useText } from "../../../app/index.ts";
import { Icon } from "../../../widgets/index.ts";

interface StepsBarProps {
  readonly steps: number;
  readonly shown: number;
  readonly onShown: (shown: number) => void;
}

/** A play takes so many seconds, whatever the steps. */
const SECONDS = 6;

export function StepsBar({ steps, shown, onShown }: StepsBarProps) {
  const text = useText("curves");
  const words = useText("widgets");
  const id = useId();
  const isCalm = useSlice((state) => state.reducedMotion);
  const [isPlaying, setPlaying] = useState(false);
  const perSecond = isCalm ? 4 : 20;
  useEffect(() => {
    if (!isPlaying) return;
    const by = Math.max(Math.round(steps / (SECONDS * perSecond)), 1);
    const timer = setTimeout(() => {
      const next = Math.min(shown + by, steps);
      onShown(next);
      if (next === steps) setPlaying(false);
    }, 1000 / perSecond);
    return () => clearTimeout(timer);
  }, [isPlaying, shown, steps, perSecond]);
  const play = () => {
    if (!isPlaying && shown >= steps) onShown(0);
    setPlaying(!isPlaying);
  };
  return (
    <div class="steps-bar" data-what="descentPath">
      <button type="button" class="play" onClick={play}>
        <Icon name={isPlaying ? "pause" : "play"} />
        {isPlaying ? words.pause : words.play}
      </button>
      <label for={id}>{text.stepsShown}</label>
      <input
        id={id}
        type="range"
        min={0}
        max={steps}
        value={shown}
        onInput={(event) => {
          setPlaying(false);
          onShown(Number(event.currentTarget.value));
        }}
      />
      <output for={id}>{`${shown} / ${steps}`}</output>
    </div>
  );
}
