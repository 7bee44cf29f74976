// What a named set is drawn with: how many points, how much noise, which seed.

import { useText } from "../../../../app/index.ts";
import { effectOf, SETS, withData } from "../../../../state/index.ts";
import { NumberField } from "../../../../widgets/index.ts";
import { useSettings } from "../use-settings.ts";

const MOST_SAMPLES = 5000;
const LAST_SEED = 2 ** 32 - 1;

export function NamedData() {
  const text = useText("controls");
  const { settings, set } = useSettings();
  const { data } = settings.run;
  if (data.name === "xor" || !Object.hasOwn(SETS, data.name)) {
    return <p class="hint">{data.name === "xor" ? text.xorSays : ""}</p>;
  }
  const put = (change: Partial<typeof data>, gesture: string) =>
    set(withData(settings, { run: { ...data, ...change } }), gesture);
  const effect = effectOf("run.data");
  return (
    <div class="field-row">
      <NumberField
        isSetting
        label={text.samples}
        value={data.samples ?? 400}
        min={10}
        max={MOST_SAMPLES}
        step={50}
        effect={effect}
        onChange={(value, gesture) => put({ samples: Math.round(value) }, gesture)}
      />
      <NumberField
        isSetting
        label={text.noise}
        what="noise"
        value={data.noise ?? 0}
        min={0}
        max={1}
        step={0.05}
        effect={effect}
        onChange={(noise, gesture) => put({ noise }, gesture)}
      />
      {SETS[data.name] === "any" && (
        <NumberField
          isSetting
          label={text.classes}
          value={data.classes ?? 3}
          min={2}
          max={8}
          effect={effect}
          onChange={(value, gesture) => put({ classes: Math.round(value) }, gesture)}
        />
      )}
      <NumberField
        isSetting
        label={text.dataSeed}
        what="seed"
        value={data.seed ?? 0}
        min={0}
        max={LAST_SEED}
        effect={effect}
        onChange={(value, gesture) => put({ seed: Math.round(value) }, gesture)}
      />
    </div>
  );
}
