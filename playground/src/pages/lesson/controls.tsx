// What the reader may move: a slider beside a number field, or a menu.

import { useId } from "preact/hooks";
import type { Control, LessonText } from "../../lessons/index.ts";
import type { Values } from "../../protocol/index.ts";
import { digitsOf } from "../../text/numbers.ts";
import { Choice, NumberField } from "../../widgets/index.ts";

interface ControlsProps {
  readonly controls: readonly Control[];
  readonly values: Values;
  readonly onChange: (values: Values) => void;
  readonly words: LessonText;
  readonly isLocked: boolean;
  readonly target?: string | undefined;
  readonly legend: string;
}

export function Controls(props: ControlsProps) {
  const { controls, values, onChange, words, isLocked, target, legend } = props;
  if (controls.length === 0) return null;
  return (
    <fieldset class="lesson-controls" disabled={isLocked} data-what="lessonControls">
      <legend>{legend}</legend>
      {controls.map((control) => (
        <div
          key={control.name}
          class={`lesson-control ${control.name === target ? "is-target" : ""}`}
        >
          {control.kind === "choice" ? (
            <Choice
              label={words.names[control.name]!}
              value={String(values[control.name])}
              options={control.options.map((name) => [name, words.names[name] ?? name] as const)}
              onChange={(option) => onChange({ ...values, [control.name]: option })}
            />
          ) : (
            <Slider
              control={control}
              label={words.names[control.name]!}
              value={Number(values[control.name])}
              onChange={(value) => onChange({ ...values, [control.name]: value })}
            />
          )}
        </div>
      ))}
    </fieldset>
  );
}

interface SliderProps {
  readonly control: Extract<Control, { kind: "number" }>;
  readonly label: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
}

function Slider({ control, label, value, onChange }: SliderProps) {
  const { min, max, step, isWhole } = control;
  const id = useId();
  const take = (next: number) => onChange(isWhole ? Math.round(next) : next);
  return (
    <>
      <NumberField
        label={label}
        value={value}
        digits={digitsOf(value)}
        min={min}
        max={max}
        step={step}
        onChange={take}
      />
      <input
        id={id}
        type="range"
        aria-label={label}
        min={min}
        max={max}
        step={step}
        value={value}
        onInput={(event) => take(Number(event.currentTarget.value))}
      />
    </>
  );
}
