// The controls of training: play, pause, step, back, begin anew, how far a step goes and how fast.

import { useEffect, useRef } from "preact/hooks";
import { useApp, useFrames, useText } from "../app/index.ts";
import type { Training } from "../client/index.ts";
import type { Pace, StepUnit, Until } from "../protocol/index.ts";
import { formatNumber, formatPercent } from "../text/numbers.ts";
import { Choice } from "./choice.tsx";
import { Icon, type IconName } from "./icon.tsx";

export const PACES = {
  one: { per: "second", unit: "minibatch", n: 1 },
  ten: { per: "second", unit: "minibatch", n: 10 },
  hundred: { per: "second", unit: "minibatch", n: 100 },
  epoch: { per: "frame", unit: "epoch", n: 1 },
  fast: "fast",
} as const satisfies Readonly<Record<string, Pace>>;

export type PaceName = keyof typeof PACES;

export interface TransportProps {
  readonly training: Training;
  readonly pace: PaceName;
  readonly onPace: (pace: PaceName) => void;
  readonly unit: StepUnit;
  readonly onUnit: (unit: StepUnit) => void;
  /** When playing ends by itself. */
  readonly until?: Until;
  /** Which units can be chosen. */
  readonly units?: readonly StepUnit[];
  readonly onResetSame: () => void;
  /** Left out where the weights are fixed. */
  readonly onResetNew?: () => void;
  /** Keys are heard in the whole page, not only inside of the bar. */
  readonly isGlobal?: boolean;
}

export function Transport(props: TransportProps) {
  const { training, pace, unit } = props;
  const { units = ["minibatch", "epoch"], until = {} } = props;
  const text = useText("widgets");
  const isPlaying = training.frames.isPlaying.value;
  const bar = useRef<HTMLDivElement>(null);
  useProgressSpoken(training);

  const toggle = () => (isPlaying ? training.pause() : training.play(PACES[pace], until));
  const back = (by: StepUnit) => {
    const { current } = training.frames;
    if (!current) return;
    // Inside of a step the worker knows the way back.
    if (by === "op" || by === "example") {
      training.step(by, -1);
      return;
    }
    const perEpoch = training.frames.info.value?.stepsPerEpoch ?? 1;
    const steps = by === "epoch" ? (current.step - current.first) % perEpoch || perEpoch : 1;
    training.seek(Math.max(current.step - steps, current.first));
  };
  const keys: Readonly<Record<string, (isShift: boolean) => void>> = {
    " ": toggle,
    ArrowRight: (isShift) => training.step(isShift ? "epoch" : unit),
    ArrowLeft: (isShift) => back(isShift ? "epoch" : unit),
    PageDown: () => training.step(unit),
    PageUp: () => back(unit),
    Home: props.onResetSame,
  };
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const action = latest.current[event.key];
      const target = event.target as HTMLElement;
      const isInside = bar.current?.contains(target) ?? false;
      if (!action || event.ctrlKey || event.metaKey || event.altKey) return;
      if (!(isInside || props.isGlobal) || ownsKeys(target, event.key)) return;
      event.preventDefault();
      action(event.shiftKey);
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [props.isGlobal]);

  return (
    <div class="transport" role="toolbar" aria-label={text.transport} ref={bar}>
      <Button
        icon="restart"
        what="restartSame"
        label={text.resetSame}
        onClick={props.onResetSame}
      />
      {props.onResetNew && (
        <span data-control="seed">
          <Button icon="dice" what="restartNew" label={text.resetNew} onClick={props.onResetNew} />
        </span>
      )}
      <Button icon="back" what="stepBack" label={text.stepBack} onClick={() => back(unit)} />
      <button type="button" class="play" onClick={toggle} data-what="play">
        <Icon name={isPlaying ? "pause" : "play"} />
        {isPlaying ? text.pause : text.play}
      </button>
      <Button icon="step" what="stepOn" label={text.step} onClick={() => training.step(unit)} />
      <Choice
        label={text.unit}
        what="stepUnit"
        value={unit}
        isCompact
        options={units.map((name) => [name, text.units[name]] as const)}
        onChange={props.onUnit}
      />
      <Choice
        label={text.speed}
        what="speed"
        value={pace}
        isCompact
        options={(Object.keys(PACES) as PaceName[]).map(
          (name) => [name, text.speeds[name]] as const,
        )}
        onChange={(name) => {
          props.onPace(name);
          if (isPlaying) training.play(PACES[name], until);
        }}
      />
      <p class="visually-hidden">{text.transportKeys}</p>
    </div>
  );
}

function Button(props: { icon: IconName; what: string; label: string; onClick: () => void }) {
  return (
    <button
      type="button"
      class="icon"
      data-what={props.what}
      aria-label={props.label}
      title={props.label}
      onClick={props.onClick}
    >
      <Icon name={props.icon} />
    </button>
  );
}

/** Whether an element has a use of its own for a key. */
function ownsKeys(target: HTMLElement, key: string): boolean {
  if (target.closest("input, select, textarea, [contenteditable], dialog, [data-own-keys]"))
    return true;
  return key === " " && target.closest("button, summary, a") !== null;
}

/** The live region follows the run. */
function useProgressSpoken(training: Training): void {
  const text = useText("widgets");
  const { announcer } = useApp();
  useFrames(training.frames, () => {
    const { current, isPlaying } = training.frames;
    if (!current || !isPlaying.peek()) return;
    const { trainLoss, train } = current.metrics;
    const accuracy = "accuracy" in train ? formatPercent(train["accuracy"]) : null;
    const epoch = formatNumber(Math.floor(current.epoch), 6);
    announcer.say(text.progress(epoch, formatNumber(trainLoss), accuracy));
  });
}
