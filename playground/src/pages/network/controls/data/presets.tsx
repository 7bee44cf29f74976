// Whole settings to begin with.

import { useId } from "preact/hooks";
import { useApp, useText } from "../../../../app/index.ts";
import { effectOf, isSame, PRESET_GROUPS, type Settings } from "../../../../state/index.ts";
import { EffectMark } from "../../../../widgets/index.ts";

export function Presets() {
  const text = useText("controls");
  const { state, dispatch } = useApp();
  const id = useId();
  const { settings } = state.value;
  const groups = Object.entries(PRESET_GROUPS) as [
    keyof typeof PRESET_GROUPS,
    Readonly<Record<string, Settings>>,
  ][];
  const all = groups.flatMap(([, group]) => Object.entries(group));
  const current = all.find(([, preset]) => isSame(preset, settings))?.[0] ?? "";
  const names = text.presets as Readonly<Record<string, string>>;
  return (
    <div class="choice" data-what="preset">
      <label for={id}>
        {text.preset}
        <EffectMark effect={effectOf("data")} />
      </label>
      <select
        id={id}
        value={current}
        onChange={(event) => {
          const chosen = all.find(([name]) => name === event.currentTarget.value)?.[1];
          if (chosen) dispatch({ kind: "set", settings: chosen });
        }}
      >
        <option value="">{text.presetNone}</option>
        {groups.map(([group, presets]) => (
          <optgroup key={group} label={text.presetGroups[group]}>
            {Object.keys(presets).map((name) => (
              <option key={name} value={name}>
                {names[name]}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </div>
  );
}
