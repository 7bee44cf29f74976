// How the network is trained: below the three columns.

import { useText } from "../../../app/index.ts";
import type { PanelProps } from "./panel.ts";
import { BatchCard } from "./training/batch-card.tsx";
import { InitializerCard } from "./training/initializer-card.tsx";
import { LossCard } from "./training/loss-card.tsx";
import { OptimizerCard } from "./training/optimizer-card.tsx";
import { PenaltyCard } from "./training/penalty-card.tsx";
import { ScheduleCard } from "./training/schedule-card.tsx";

export function TrainingPanel({ training }: PanelProps) {
  const text = useText("controls");
  return (
    <div class="controls training-panel">
      <p class="hint effect-legend">{text.effectLegend}</p>
      <div class="training-cards">
        <LossCard training={training} />
        <OptimizerCard training={training} />
        <ScheduleCard training={training} />
        <PenaltyCard training={training} />
        <InitializerCard />
        <BatchCard training={training} />
      </div>
    </div>
  );
}
