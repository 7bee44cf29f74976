// How many examples make a step, their order, and where chance begins.

import { useText } from "../../../../app/index.ts";
import { effectOf } from "../../../../state/index.ts";
import { EffectMark, NumberField } from "../../../../widgets/index.ts";
import { ConflictNotes } from "../conflict-notes.tsx";
import { TrainingFormula } from "../formulas/training-formula.tsx";
import type { PanelProps } from "../panel.ts";
import { useSettings } from "../use-settings.ts";
import { Card } from "./card.tsx";

export function BatchCard({ training }: PanelProps) {
  const text = useText("controls");
  const { settings, setRun } = useSettings();
  const { run } = settings;
  const { batchSize, shuffle = true } = run.training;
  const examples = training.frames.info.value?.data.train.count;
  const put = (change: Partial<typeof run.training>, gesture?: string) =>
    setRun({ ...run, training: { ...run.training, ...change } }, gesture);
  return (
    <Card what="minibatch" title={text.batchTitle}>
      <div class="field-row">
        <NumberField
          isSetting
          label={text.batchSize}
          what="minibatch"
          value={batchSize}
          min={1}
          max={5000}
          effect={effectOf("run.training.batchSize")}
          onChange={(size, gesture) => put({ batchSize: Math.round(size) }, gesture)}
        />
        <NumberField
          isSetting
          label={text.seed}
          what="seed"
          value={run.seed}
          min={0}
          max={2 ** 32 - 1}
          effect={effectOf("run.seed")}
          onChange={(seed, gesture) => setRun({ ...run, seed: Math.round(seed) }, gesture)}
        />
      </div>
      {examples !== undefined && (
        <div class="button-row">
          <button type="button" onClick={() => put({ batchSize: 1 })}>
            {text.batchOne}
          </button>
          <button type="button" onClick={() => put({ batchSize: examples })}>
            {text.batchAll(examples)}
          </button>
        </div>
      )}
      <label class="check" data-what="shuffle">
        <input
          type="checkbox"
          checked={shuffle}
          onChange={(event) => put({ shuffle: event.currentTarget.checked })}
        />
        {text.shuffle}
        <EffectMark effect={effectOf("run.training.shuffle")} />
      </label>
      <TrainingFormula
        family="parts"
        name="minibatch"
        slots={{ batch: String(batchSize) }}
        what="minibatch"
      />
      <p class="hint">{text.seedSays}</p>
      <ConflictNotes training={training} places={["batch"]} />
    </Card>
  );
}
