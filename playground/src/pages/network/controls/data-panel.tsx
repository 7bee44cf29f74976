// Examples and features: the left column.

import { useText } from "../../../app/index.ts";
import { type DataSource, effectOf, SETS, type Settings, withData } from "../../../state/index.ts";
import { Choice } from "../../../widgets/index.ts";
import { Features } from "./data/features.tsx";
import { FormulaData } from "./data/formula-data.tsx";
import { NamedData } from "./data/named-data.tsx";
import { OwnData, pointsNow } from "./data/own-data.tsx";
import { Presets } from "./data/presets.tsx";
import { Split } from "./data/split.tsx";
import type { PanelProps } from "./panel.ts";
import { useSettings } from "./use-settings.ts";
import "./controls.css";

export function DataPanel({ training }: PanelProps) {
  const text = useText("controls");
  const { settings, set } = useSettings();
  const { source } = settings.data;
  const kind = source.kind === "named" ? settings.run.data.name : source.kind;
  const choose = (next: string) => {
    if (next === "points") set(withData(settings, { data: { source: ownSource() } }));
    else if (next === "formula") set(withData(settings, { data: { source: FORMULA } }));
    else set(named(settings, next));
  };
  const ownSource = (): DataSource => pointsNow(training.frames.info.value?.data ?? null);
  const names = Object.keys(SETS).map((name) => [name, text.sets[name as SetName]] as const);
  const isKnown = Object.hasOwn(SETS, kind) || kind === "points" || kind === "formula";
  return (
    <div class="controls data-panel" data-what="dataSet">
      <Presets />
      <Choice
        label={text.dataSet}
        what="dataSet"
        value={kind}
        options={[
          ...names,
          ["points", text.ownPoints],
          ["formula", text.byFormula],
          ...(isKnown ? [] : [[kind, kind] as const]),
        ]}
        onChange={choose}
        effect={effectOf("data")}
      />
      {source.kind === "named" && <NamedData />}
      {source.kind === "points" && <OwnData source={source} />}
      {source.kind === "formula" && <FormulaData source={source} training={training} />}
      <Split training={training} />
      <Features training={training} />
    </div>
  );
}

type SetName = keyof ReturnType<typeof useText<"controls">>["sets"];

const FORMULA: DataSource = {
  kind: "formula",
  text: "step(x1*x2)",
  classes: 2,
  samples: 400,
  noise: 0,
  seed: 1,
};

/** A named set with as much of everything as there was. */
function named(settings: Settings, name: string): Settings {
  const { samples = 400, noise = 0, seed = 1, testFraction } = settings.run.data;
  const data =
    name === "xor"
      ? { name }
      : { name, samples, noise, seed, ...(testFraction !== undefined && { testFraction }) };
  return withData(settings, { data: { source: { kind: "named" } }, run: data });
}
