// A number by slider, by steppers and typed.

import { useId } from "preact/hooks";
import { NumberField } from "../number-field.tsx";

export interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly from: number;
  readonly to: number;
  readonly step: number;
  readonly onChange: (value: number) => void;
  /** What may be typed, where that is more than the slider has. */
  readonly min?: number;
  readonly max?: number;
  readonly digits?: number;
  readonly what?: string;
}

export function Slider(props: SliderProps) {
  const { label, value, from, to, step, onChange, min = from, max = to, digits = 6 } = props;
  const id = useId();
  return (
    <div class="slider" data-what={props.what}>
      <label for={id}>{label}</label>
      <input
        id={id}
        type="range"
        min={from}
        max={to}
        step={step}
        value={value}
        onInput={(event) => onChange(Number(event.currentTarget.value))}
      />
      <NumberField
        label={label}
        value={value}
        min={min}
        max={max}
        step={step}
        digits={digits}
        onChange={(next) => onChange(next)}
        isCompact
      />
    </div>
  );
}
