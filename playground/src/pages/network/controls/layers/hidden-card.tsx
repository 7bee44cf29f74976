// One hidden layer: its units, its activation, its dropout.

import { useText } from "../../../../app/index.ts";
import {
  ACTIVATIONS,
  activationOf,
  effectOf,
  type HiddenLayer,
  MOST_UNITS,
  withDropout,
  withLayer,
  withLayerRemoved,
} from "../../../../state/index.ts";
import { formatSetting } from "../../../../text/numbers.ts";
import { Choice, NumberField } from "../../../../widgets/index.ts";
import { TrainingFormula } from "../formulas/training-formula.tsx";
import { useSettings } from "../use-settings.ts";

export function HiddenCard({ layer, at }: { readonly layer: HiddenLayer; readonly at: number }) {
  const text = useText("controls");
  const { settings, setRun } = useSettings();
  const { run } = settings;
  const activation = activationOf(layer.dense);
  const names = text.activations as Readonly<Record<string, string>>;
  const options: readonly string[] = (ACTIVATIONS as readonly string[]).includes(activation)
    ? ACTIVATIONS
    : [...ACTIVATIONS, activation];
  const restarts = effectOf("run.model");
  return (
    <li class="layer-card">
      <h3>
        {text.hiddenLayer(at + 1)}
        <button
          type="button"
          class="icon"
          aria-label={text.removeLayer(at + 1)}
          onClick={() => setRun(withLayerRemoved(run, at))}
        >
          ×
        </button>
      </h3>
      <NumberField
        isSetting
        label={text.units}
        what="units"
        value={layer.dense["units"] as number}
        min={1}
        max={MOST_UNITS}
        effect={restarts}
        onChange={(units, gesture) =>
          setRun(withLayer(run, at, { units: Math.round(units) }), gesture)
        }
      />
      <Choice
        label={text.activation}
        what="activation"
        value={activation}
        options={options.map((name) => [name, names[name] ?? name] as const)}
        effect={restarts}
        onChange={(name) => setRun(withLayer(run, at, { activation: name }))}
      />
      <TrainingFormula family="activations" name={activation} />
      <NumberField
        isSetting
        label={text.dropout}
        what="dropout"
        value={layer.dropout}
        min={0}
        max={0.9}
        step={0.1}
        effect={effectOf("run.model.dropout")}
        onChange={(share, gesture) => setRun(withDropout(run, at, share), gesture)}
      />
      {layer.dropout > 0 && (
        <TrainingFormula
          family="parts"
          name="dropout"
          slots={{ p: formatSetting(layer.dropout) }}
          what="dropout"
        />
      )}
    </li>
  );
}
