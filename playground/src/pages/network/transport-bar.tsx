// Play, step, the timeline: above the columns, and at the bottom of a phone's screen.

import { useState } from "preact/hooks";
import { useApp, useSlice } from "../../app/index.ts";
import type { Training } from "../../client/index.ts";
import type { StepUnit } from "../../protocol/index.ts";
import { type PaceName, StopNote, Timeline, Transport } from "../../widgets/index.ts";

const UNITS: readonly StepUnit[] = ["op", "example", "minibatch", "epoch"];

export function TransportBar({ training }: { readonly training: Training }) {
  const { dispatch } = useApp();
  const settings = useSlice((state) => state.settings);
  const [pace, setPace] = useState<PaceName>("epoch");
  const [unit, setUnit] = useState<StepUnit>("epoch");
  const newWeights = () => {
    const run = { ...settings.run, seed: settings.run.seed + 1 };
    dispatch({ kind: "set", settings: { ...settings, run } });
  };
  return (
    <div class="network-bar">
      <Transport
        training={training}
        pace={pace}
        onPace={setPace}
        unit={unit}
        onUnit={setUnit}
        units={UNITS}
        onResetSame={() => training.load(settings)}
        onResetNew={newWeights}
        isGlobal
      />
      <Timeline training={training} />
      <StopNote frames={training.frames} />
    </div>
  );
}
