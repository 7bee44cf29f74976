// How the rate changes over the epochs, and what it is now.

import { useFrame, useText } from "../../../../app/index.ts";
import {
  effectOf,
  nameOf,
  optionsOf,
  rateOf,
  SCHEDULES,
  withSchedule,
} from "../../../../state/index.ts";
import { formatNumber, formatSetting } from "../../../../text/numbers.ts";
import { Choice, NumberField } from "../../../../widgets/index.ts";
import { TrainingFormula } from "../formulas/training-formula.tsx";
import type { PanelProps } from "../panel.ts";
import { useSettings } from "../use-settings.ts";
import { Card } from "./card.tsx";

export function ScheduleCard({ training }: PanelProps) {
  const text = useText("controls");
  const { settings, setRun } = useSettings();
  const { run } = settings;
  const frame = useFrame(training.frames, 4);
  const name = run.schedule === undefined ? "constant" : nameOf(run.schedule, "constant");
  const names = text.schedules as Readonly<Record<string, string>>;
  const options = optionsOf(run.schedule, SCHEDULES[name] ?? {});
  const known = Object.keys(SCHEDULES);
  const own = typeof run.schedule === "object" ? run.schedule["rate"] : undefined;
  const first = typeof own === "number" ? own : rateOf(run);
  const slots = Object.fromEntries(
    Object.entries(options).map(([option, value]) => [option, formatSetting(value)]),
  );
  return (
    <Card what="schedule" title={text.scheduleTitle}>
      <div class="field-row">
        <Choice
          label={text.schedule}
          what="schedule"
          value={name}
          options={(known.includes(name) ? known : [...known, name]).map(
            (one) => [one, names[one] ?? one] as const,
          )}
          effect={effectOf("run.schedule")}
          onChange={(next) => setRun(withSchedule(run, next))}
        />
        {Object.entries(options).map(([option, value]) => (
          <NumberField
            isSetting
            key={option}
            label={text.options[option as keyof typeof text.options]}
            value={value}
            {...LIMITS[option]!}
            effect={effectOf("run.schedule")}
            onChange={(next, gesture) =>
              setRun(withSchedule(run, name, { [option]: next }), gesture)
            }
          />
        ))}
      </div>
      <TrainingFormula
        family="schedules"
        name={name}
        slots={{
          ...slots,
          first: formatSetting(first),
          now: formatNumber(frame?.stats.learningRate),
        }}
        what="schedule"
      />
      <p class="hint">{name === "constant" ? text.constantSays : text.scheduleSays}</p>
    </Card>
  );
}

const LIMITS: Readonly<Record<string, { min: number; max: number; step: number }>> = {
  factor: { min: 0.01, max: 1, step: 0.1 },
  every: { min: 1, max: 10_000, step: 10 },
  decay: { min: 0, max: 1, step: 0.01 },
  final: { min: 0, max: 10, step: 0.001 },
  epochs: { min: 1, max: 100_000, step: 50 },
  power: { min: 0, max: 10, step: 0.5 },
  rise: { min: 0.05, max: 0.95, step: 0.05 },
};
