// The output layer: what it ends with, and for two classes whether it has one unit or two.

import type { LayerSpec } from "neurite/spec";
import { useText } from "../../../../app/index.ts";
import {
  activationOf,
  classesOf,
  effectOf,
  LOSSES,
  nameOf,
  taskOf,
  withOutput,
  withOutputs,
} from "../../../../state/index.ts";
import { Choice } from "../../../../widgets/index.ts";
import { TrainingFormula } from "../formulas/training-formula.tsx";
import { useSettings } from "../use-settings.ts";

export function OutputCard({ output }: { readonly output: LayerSpec }) {
  const text = useText("controls");
  const { settings, set, setRun } = useSettings();
  const loss = nameOf(settings.run.loss, "");
  const activation = activationOf(output);
  const allowed = LOSSES[taskOf(settings)][loss] ?? [activation];
  const options = allowed.includes(activation) ? allowed : [...allowed, activation];
  const names = text.activations as Readonly<Record<string, string>>;
  const losses = text.losses as Readonly<Record<string, string>>;
  const effect = effectOf("run.model");
  return (
    <li class="layer-card">
      <h3>{text.outputLayer}</h3>
      {classesOf(settings) === 2 ? (
        <Choice
          label={text.outputUnits}
          value={String(output["units"])}
          options={[
            ["1", text.oneOutput],
            ["2", text.outputEach],
          ]}
          effect={effect}
          onChange={(units) => set(withOutputs(settings, units === "2" ? 2 : 1))}
        />
      ) : (
        <p class="hint">{text.outputsSay(output["units"] as number)}</p>
      )}
      <Choice
        label={text.activation}
        what="activation"
        value={activation}
        options={options.map((name) => [name, names[name] ?? name] as const)}
        effect={effect}
        onChange={(name) => setRun(withOutput(settings.run, { activation: name }))}
      />
      <TrainingFormula family="activations" name={activation} />
      {allowed.length === 1 && (
        <p class="hint">{text.onlyOutput(losses[loss] ?? loss, names[activation] ?? activation)}</p>
      )}
    </li>
  );
}
