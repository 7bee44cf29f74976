// Play, step, the timeline: above the columns, and at the bottom of a phone's screen.

import { useMemo } from "preact/hooks";
import { useApp, useSlice } from "../../../app/index.ts";
import type { Training } from "../../../client/index.ts";
import type { StepUnit, Until } from "../../../protocol/index.ts";
import { PACES, type PaceName, StopNote, Transport } from "../../../widgets/index.ts";
import { useOwn } from "../use-own.ts";
import { MarkedTimeline } from "./marked-timeline.tsx";
import { StopConditions } from "./stop-conditions.tsx";

const UNITS: readonly StepUnit[] = ["op", "example", "minibatch", "epoch"];

export function TransportBar({ training }: { readonly training: Training }) {
  const { dispatch } = useApp();
  const settings = useSlice((state) => state.settings);
  const [pace, setPace] = useOwn<string>("pace", "epoch");
  const [unit, setUnit] = useOwn<string>("unit", "epoch");
  const [epoch] = useOwn<number>("untilEpoch", 0);
  const [loss] = useOwn<number>("untilLoss", 0);
  const [accuracy] = useOwn<number>("untilAccuracy", 0);
  const until = useMemo(() => untilOf(epoch, loss, accuracy), [epoch, loss, accuracy]);
  const newWeights = () => {
    const run = { ...settings.run, seed: settings.run.seed + 1 };
    dispatch({ kind: "set", settings: { ...settings, run } });
  };
  return (
    <div class="network-bar">
      <Transport
        training={training}
        pace={pace in PACES ? (pace as PaceName) : "epoch"}
        onPace={setPace}
        unit={UNITS.find((one) => one === unit) ?? "epoch"}
        onUnit={setUnit}
        units={UNITS}
        until={until}
        onResetSame={() => training.load(settings)}
        onResetNew={newWeights}
        isGlobal
      />
      <MarkedTimeline training={training} />
      <StopConditions />
      <StopNote frames={training.frames} />
    </div>
  );
}

/** Zero stands for no condition. */
function untilOf(epoch: number, loss: number, accuracy: number): Until {
  return {
    ...(epoch > 0 && { epoch }),
    ...(loss > 0 && { loss }),
    ...(accuracy > 0 && { accuracy: accuracy / 100 }),
  };
}
