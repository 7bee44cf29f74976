// What is minimised.

import { useText } from "../../../../app/index.ts";
import { effectOf, LOSSES, nameOf, taskOf, withLoss } from "../../../../state/index.ts";
import { Choice } from "../../../../widgets/index.ts";
import { ConflictNotes } from "../conflict-notes.tsx";
import { TrainingFormula } from "../formulas/training-formula.tsx";
import type { PanelProps } from "../panel.ts";
import { useSettings } from "../use-settings.ts";
import { Card } from "./card.tsx";

export function LossCard({ training }: PanelProps) {
  const text = useText("controls");
  const { settings, set } = useSettings();
  const loss = nameOf(settings.run.loss, "");
  const names = text.losses as Readonly<Record<string, string>>;
  const known = Object.keys(LOSSES[taskOf(settings)]);
  const options = known.includes(loss) ? known : [...known, loss];
  return (
    <Card what="loss" title={text.lossTitle}>
      <Choice
        label={text.loss}
        what="loss"
        value={loss}
        options={options.map((name) => [name, names[name] ?? name] as const)}
        effect={effectOf("run.loss")}
        onChange={(name) => set(withLoss(settings, name))}
      />
      <TrainingFormula family="losses" name={loss} what="loss" />
      <p class="hint">{text.lossSays[taskOf(settings)]}</p>
      <ConflictNotes training={training} places={["output"]} />
    </Card>
  );
}
