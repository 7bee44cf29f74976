// What the network is given of the inputs: some usual functions of them, and one's own.

import { useText } from "../../../../app/index.ts";
import type { Training } from "../../../../client/index.ts";
import { effectOf, namesOf, withData } from "../../../../state/index.ts";
import { EffectMark } from "../../../../widgets/index.ts";
import { FormulaField } from "../../../../widgets/settings/formula-field.tsx";
import { useSettings } from "../use-settings.ts";

const MOST_FEATURES = 16;

/** Of two inputs, TF Playground's; of others the inputs alone. */
function usual(names: readonly string[]): readonly string[] {
  const [a, b] = names;
  if (names.length !== 2 || a === undefined || b === undefined) return names;
  return [a, b, `${a}^2`, `${b}^2`, `${a}*${b}`, `sin(${a})`, `sin(${b})`];
}

/** As one writes it: x₁², x₁x₂. */
function shownAs(feature: string): string {
  return feature
    .replaceAll(/x(\d)(?!\d)/g, (_, digit: string) => `x${"₀₁₂₃₄₅₆₇₈₉"[Number(digit)]}`)
    .replaceAll("^2", "²")
    .replaceAll("*", "·");
}

export function Features({ training }: { readonly training: Training }) {
  const text = useText("controls");
  const { settings, set } = useSettings();
  const { features, source } = settings.data;
  const names = namesOf(source);
  const offered = usual(names);
  const own = features.filter((feature) => !offered.includes(feature));
  const put = (next: readonly string[]) => set(withData(settings, { data: { features: next } }));
  const toggle = (feature: string, isIn: boolean) => {
    if (!isIn) put(features.filter((other) => other !== feature));
    else put([...offered.filter((f) => f === feature || features.includes(f)), ...own]);
  };
  return (
    <fieldset class="features" data-what="features">
      <legend>
        {text.features(features.length)}
        <EffectMark effect={effectOf("data.features")} />
      </legend>
      <div class="feature-list">
        {[...offered, ...own].map((feature) => (
          <label key={feature} class="check">
            <input
              type="checkbox"
              checked={features.includes(feature)}
              disabled={features.length === 1 && features.includes(feature)}
              onChange={(event) => toggle(feature, event.currentTarget.checked)}
            />
            <span>{shownAs(feature)}</span>
          </label>
        ))}
      </div>
      {features.length === 1 && <p class="hint">{text.oneFeature}</p>}
      {features.length < MOST_FEATURES ? (
        <FormulaField
          label={text.ownFeature}
          value=""
          placeholder="sin(2*x1)"
          button={text.add}
          check={async (formula) =>
            (await training.ask("checkFormula", { text: formula, names })).problem
          }
          onChange={(formula) => {
            if (!features.includes(formula)) put([...features, formula]);
          }}
        />
      ) : (
        <p class="hint">{text.manyFeatures(MOST_FEATURES)}</p>
      )}
    </fieldset>
  );
}
