// A number with steppers: typed, with a comma, a point or as a fraction, or tapped up and down.

import { useId, useRef, useState } from "preact/hooks";
import { useApp, useText } from "../app/index.ts";
import type { Effect } from "../state/index.ts";
import { formatGiven, formatNumber, formatSetting, parseNumber } from "../text/numbers.ts";
import { EffectMark } from "./effect-mark.tsx";

export interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly onChange: (value: number, gesture: string) => void;
  readonly min?: number;
  readonly max?: number;
  /** What the buttons add. A function gives the next value instead, as for rates that go by thirds. */
  readonly step?: number | ((value: number, direction: 1 | -1) => number);
  readonly digits?: number;
  /** Shows all digits of the number: for what is chosen, not measured. */
  readonly isSetting?: boolean;
  readonly effect?: Effect;
  /** Only the accessible name is the label. */
  readonly isCompact?: boolean;
  /** The term that "what is this?" explains. */
  readonly what?: string;
}

export function NumberField(props: NumberFieldProps) {
  const { label, value, onChange, min = -Infinity, max = Infinity, step = 1, digits = 4 } = props;
  const text = useText("widgets");
  const { announcer } = useApp();
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const gestures = useRef(0);
  const sent = useSent(label, value);

  const stepBy = (direction: 1 | -1) => {
    const from = sent.at(-1) ?? value;
    const next = typeof step === "function" ? step(from, direction) : from + direction * step;
    // 0.1 + 0.2 is to be read as 0.3.
    const to = Number(clamp(next, min, max).toPrecision(12));
    if (to !== from) sent.push(to);
    onChange(to, `${id} ${gestures.current}`);
  };
  const commit = () => {
    if (typed === null) return;
    setTyped(null);
    gestures.current += 1;
    const next = parseNumber(typed);
    if (next === null) announcer.say(text.notANumber);
    else if (next < min || next > max) {
      announcer.say(text.between(formatNumber(min), formatNumber(max)));
      onChange(clamp(next, min, max), `${id} ${gestures.current}`);
    } else onChange(next, `${id} ${gestures.current}`);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter") commit();
    else if (event.key === "Escape") setTyped(null);
    else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      event.preventDefault();
      stepBy(event.key === "ArrowUp" ? 1 : -1);
    } else return;
    event.stopPropagation();
  };

  return (
    <div class={`number-field ${props.isCompact ? "is-compact" : ""}`} data-what={props.what}>
      <label for={id} class={props.isCompact ? "visually-hidden" : ""}>
        {label}
        {props.effect && <EffectMark effect={props.effect} />}
      </label>
      <span class="stepper">
        <button type="button" aria-label={text.less(label)} onClick={() => stepBy(-1)}>
          −
        </button>
        <input
          id={id}
          type="text"
          inputMode="decimal"
          autoComplete="off"
          value={typed ?? (props.isSetting ? formatSetting(value) : formatGiven(value, digits))}
          onFocus={(event) => event.currentTarget.select()}
          onInput={(event) => setTyped(event.currentTarget.value)}
          onBlur={commit}
          onKeyDown={onKeyDown}
        />
        <button type="button" aria-label={text.more(label)} onClick={() => stepBy(1)}>
          +
        </button>
      </span>
    </div>
  );
}

/** What was set and has not come back yet: of two quick steps the second begins where the first has led. */
function useSent(label: string, value: number): number[] {
  const sent = useRef({ label, value, to: [] as number[] });
  const before = sent.current;
  if (before.label !== label || !Object.is(before.value, value)) {
    const i = before.to.findIndex((one) => Math.fround(one) === Math.fround(value));
    // Where it is none of them, something else has set it.
    const isOwn = i >= 0 && before.label === label;
    sent.current = { label, value, to: isOwn ? before.to.slice(i + 1) : [] };
  }
  return sent.current.to;
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(Math.max(value, min), max);
}
