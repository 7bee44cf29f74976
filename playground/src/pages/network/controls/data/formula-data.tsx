// Targets by a formula of x1 and x2, over a square of points.

import { useText } from "../../../../app/index.ts";
import type { Training } from "../../../../client/index.ts";
import { type DataSource, effectOf, withData } from "../../../../state/index.ts";
import { Choice, NumberField } from "../../../../widgets/index.ts";
import { FormulaField } from "../../../../widgets/settings/formula-field.tsx";
import { useSettings } from "../use-settings.ts";
import { TargetKind } from "./target-kind.tsx";

type Source = Extract<DataSource, { readonly kind: "formula" }>;

const EXAMPLES = [
  "step(x1*x2)",
  "step(x1^2 + x2^2 - 9)",
  "step(x1) + 2*step(x2)",
  "sin(x1)",
  "x1*x2/10",
] as const;

export function FormulaData(props: { readonly source: Source; readonly training: Training }) {
  const { source, training } = props;
  const text = useText("controls");
  const { settings, set } = useSettings();
  const put = (change: Partial<Source>, gesture?: string) =>
    set(withData(settings, { data: { source: { ...source, ...change } } }), gesture);
  const effect = effectOf("data");
  return (
    <div class="formula-data" data-what="ownFormula">
      <FormulaField
        label="y ="
        what="ownFormula"
        value={source.text}
        effect={effect}
        check={async (formula) =>
          (await training.ask("checkFormula", { text: formula, names: ["x1", "x2"], source }))
            .problem
        }
        onChange={(formula) => put({ text: formula })}
      />
      <p class="hint">{text.formulaSays}</p>
      <Choice
        label={text.formulaExamples}
        value={EXAMPLES.find((example) => example === source.text) ?? ""}
        options={[["", "…"], ...EXAMPLES.map((example) => [example, example] as const)]}
        onChange={(example) => {
          if (example === "") return;
          const classes = { "step(x1) + 2*step(x2)": 4, "sin(x1)": null, "x1*x2/10": null };
          put({
            text: example,
            classes: example in classes ? classes[example as keyof typeof classes] : 2,
          });
        }}
      />
      <TargetKind classes={source.classes} onChange={(classes) => put({ classes })} />
      <div class="field-row">
        <NumberField
          isSetting
          label={text.samples}
          value={source.samples}
          min={10}
          max={5000}
          step={50}
          effect={effect}
          onChange={(value, gesture) => put({ samples: Math.round(value) }, gesture)}
        />
        <NumberField
          isSetting
          label={text.noise}
          what="noise"
          value={source.noise}
          min={0}
          max={1}
          step={0.05}
          effect={effect}
          onChange={(noise, gesture) => put({ noise }, gesture)}
        />
        <NumberField
          isSetting
          label={text.dataSeed}
          what="seed"
          value={source.seed}
          min={0}
          max={2 ** 32 - 1}
          effect={effect}
          onChange={(value, gesture) => put({ seed: Math.round(value) }, gesture)}
        />
      </div>
    </div>
  );
}
