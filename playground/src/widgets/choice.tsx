// One of several: a native menu with a label.

import { useId } from "preact/hooks";
import type { Effect } from "../state/index.ts";
import { EffectMark } from "./effect-mark.tsx";

export interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly (readonly [value: T, name: string])[];
  readonly onChange: (value: T) => void;
  readonly effect?: Effect;
  readonly what?: string;
  readonly isCompact?: boolean;
}

export function Choice<T extends string>(props: ChoiceProps<T>) {
  const { label, value, options, onChange, effect, what, isCompact } = props;
  const id = useId();
  return (
    <div class="choice" data-what={what}>
      <label for={id} class={isCompact ? "visually-hidden" : ""}>
        {label}
        {effect && <EffectMark effect={effect} />}
      </label>
      <select id={id} value={value} onChange={(event) => onChange(event.currentTarget.value as T)}>
        {options.map(([option, name]) => (
          <option key={option} value={option}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}
