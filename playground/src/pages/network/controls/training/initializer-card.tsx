// How weights start, in all layers.

import { useText } from "../../../../app/index.ts";
import {
  effectOf,
  INITIALIZERS,
  initializerOf,
  stackOf,
  withInitializer,
} from "../../../../state/index.ts";
import { Choice } from "../../../../widgets/index.ts";
import { TrainingFormula } from "../formulas/training-formula.tsx";
import { useSettings } from "../use-settings.ts";
import { Card } from "./card.tsx";

export function InitializerCard() {
  const text = useText("controls");
  const { settings, setRun } = useSettings();
  const stack = stackOf(settings.run);
  const used = stack
    ? [...new Set([...stack.hidden.map(({ dense }) => dense), stack.output].map(initializerOf))]
    : [];
  const [only = "mixed"] = used.length === 1 ? used : [];
  const names = text.initializers as Readonly<Record<string, string>>;
  const known: readonly string[] = INITIALIZERS;
  const options = known.includes(only) ? known : [only, ...known];
  return (
    <Card what="initialization" title={text.initializerTitle}>
      <Choice
        label={text.initializer}
        what="initialization"
        value={only}
        options={options.map((name) => [name, names[name] ?? name] as const)}
        effect={effectOf("run.model")}
        onChange={(name) => {
          if (name !== "mixed") setRun(withInitializer(settings.run, name));
        }}
      />
      <TrainingFormula family="initializers" name={only} what="initialization" />
      <p class="hint">{text.initializerSays}</p>
    </Card>
  );
}
