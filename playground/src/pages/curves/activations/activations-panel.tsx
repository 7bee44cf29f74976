// Activation functions with their slopes: one, or two to compare, a point that is moved along them, and what to know.

import { useJob, useText } from "../../../app/index.ts";
import { Slider } from "../../../widgets/curve/index.ts";
import { Choice } from "../../../widgets/index.ts";
import { fields, isNumber, oneOf, orNull } from "../read.ts";
import { useKept } from "../use-kept.ts";
import { ActivationPlots, type Shown } from "./activation-plots.tsx";
import {
  ACTIVATION_KEYS,
  type ActivationKey,
  type Chosen,
  chosenOf,
  entryOf,
  functionOf,
} from "./entries.ts";
import { Facts } from "./facts.tsx";

interface Given {
  readonly one: Chosen;
  readonly other: Chosen | null;
  readonly z: number;
}

const FIRST: Given = { one: chosenOf("sigmoid"), other: chosenOf("tanh"), z: 1 };

const isChosen = (value: unknown) => {
  const { key, value: at } = (value ?? {}) as Partial<Chosen>;
  return oneOf(ACTIVATION_KEYS)(key) && isNumber(at);
};

export function readGiven(found: unknown): Given {
  return fields(found, FIRST, { one: isChosen, other: orNull(isChosen), z: isNumber });
}

/** What is drawn. */
const WINDOW = { from: -8, to: 8, count: 641 };

export function ActivationsPanel() {
  const text = useText("curves");
  const [given, setGiven] = useKept<Given>("activations", readGiven);
  const { one, other, z } = given;
  const setOne = (next: Chosen) => setGiven({ ...given, one: next });
  const setOther = (next: Chosen | null) => setGiven({ ...given, other: next });
  const setZ = (next: number) => setGiven({ ...given, z: next });
  const shown = [useShown(one, z), useShown(other, z)];
  return (
    <section class="curves-panel" aria-labelledby="curves-tab-activations">
      <div class="curves-controls">
        <FunctionChoice
          label={text.function}
          chosen={one}
          onChange={(next) => next && setOne(next)}
        />
        <FunctionChoice label={text.compareWith} chosen={other} onChange={setOther} canBeNone />
        <Slider
          label={text.netInputZ}
          what="netInput"
          value={z}
          from={WINDOW.from}
          to={WINDOW.to}
          min={-1000}
          max={1000}
          step={0.05}
          onChange={setZ}
        />
      </div>
      <ActivationPlots shown={shown.filter((s) => s !== null)} z={z} onMove={setZ} />
      <div class="curves-facts">
        {shown.map(
          (each, i) =>
            each && <Facts key={`${each.chosen.key} ${i}`} shown={each} z={z} look={i} />,
        )}
      </div>
    </section>
  );
}

/** The curve over the window, and the point: two questions, since the point moves and the curve does not. */
function useShown(chosen: Chosen | null, z: number): Shown | null {
  const text = useText("curves");
  const of = chosen && functionOf(chosen);
  const { answer: curve } = useJob("activation", of && { of, z: WINDOW, marks: true }, chosen);
  const { answer: point } = useJob("activation", of && { of, z: [z] }, chosen);
  if (!chosen || !curve?.about) return null;
  // Under the name that it was asked by: another function's comes with its own.
  const { key } = curve.about;
  const isOfCurve = point?.about?.key === key;
  return {
    chosen: curve.about,
    name: text.activations[key],
    curve: curve.gives,
    point: isOfCurve ? { a: point.gives.a[0]!, slope: point.gives.slope[0]! } : null,
  };
}

interface FunctionChoiceProps {
  readonly label: string;
  readonly chosen: Chosen | null;
  readonly onChange: (chosen: Chosen | null) => void;
  readonly canBeNone?: boolean;
}

function FunctionChoice({ label, chosen, onChange, canBeNone }: FunctionChoiceProps) {
  const text = useText("curves");
  const option = chosen ? entryOf(chosen.key).option : undefined;
  const names = ACTIVATION_KEYS.map((key) => [key, text.activations[key]] as const);
  return (
    <div class="function-choice">
      <Choice<ActivationKey | "none">
        label={label}
        value={chosen?.key ?? "none"}
        options={canBeNone ? [["none", text.nothing], ...names] : names}
        onChange={(key) => onChange(key === "none" ? null : chosenOf(key))}
      />
      {chosen && option && (
        <Slider
          label={text.options[option.name as keyof typeof text.options]}
          value={chosen.value}
          from={option.from}
          to={option.to}
          step={option.step}
          onChange={(value) => onChange({ ...chosen, value })}
        />
      )}
    </div>
  );
}
