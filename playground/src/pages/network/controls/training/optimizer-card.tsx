// How a gradient becomes a step, and the rate.

import { useText } from "../../../../app/index.ts";
import {
  effectOf,
  nameOf,
  OPTIMIZERS,
  optionsOf,
  rateOf,
  withOptimizer,
  withRate,
} from "../../../../state/index.ts";
import { formatSetting } from "../../../../text/numbers.ts";
import { Choice, EffectMark, NumberField } from "../../../../widgets/index.ts";
import { ConflictNotes } from "../conflict-notes.tsx";
import { TrainingFormula } from "../formulas/training-formula.tsx";
import type { PanelProps } from "../panel.ts";
import { useSettings } from "../use-settings.ts";
import { Card } from "./card.tsx";
import { nextRate } from "./rates.ts";

export function OptimizerCard({ training }: PanelProps) {
  const text = useText("controls");
  const { settings, setRun } = useSettings();
  const { run } = settings;
  const name = nameOf(run.optimizer, "sgd");
  const names = text.optimizers as Readonly<Record<string, string>>;
  const options = optionsOf(run.optimizer, OPTIMIZERS[name] ?? {});
  const rate = rateOf(run);
  const known = Object.keys(OPTIMIZERS);
  const isMomentum = name === "sgd" && (options["momentum"] ?? 0) > 0;
  const slots = Object.fromEntries(
    Object.entries(options).map(([option, value]) => [option, formatSetting(value)]),
  );
  const { learningRate: _, ...others } = options;
  return (
    <Card what="optimizer" title={text.optimizerTitle}>
      <div class="field-row">
        <Choice
          label={text.optimizer}
          what="optimizer"
          value={name}
          options={(known.includes(name) ? known : [...known, name]).map(
            (one) => [one, names[one] ?? one] as const,
          )}
          effect={effectOf("run.optimizer")}
          onChange={(next) => setRun(withOptimizer(run, next))}
        />
        <NumberField
          isSetting
          label={text.rate}
          what="learningRate"
          value={rate}
          min={0}
          max={100}
          step={nextRate}
          effect={effectOf(run.schedule ? "run.optimizer" : "run.optimizer.learningRate")}
          onChange={(value, gesture) => setRun(withRate(run, value), gesture)}
        />
        {Object.entries(others).map(([option, value]) => (
          <NumberField
            isSetting
            key={option}
            label={text.options[option as keyof typeof text.options]}
            value={value}
            min={0}
            max={option === "weightDecay" ? 10 : 0.9999}
            step={option === "weightDecay" ? 0.01 : nextShare}
            effect={effectOf("run.optimizer")}
            onChange={(next, gesture) =>
              setRun(withOptimizer(run, name, { [option]: next }), gesture)
            }
          />
        ))}
      </div>
      {name === "sgd" && (
        <label class="check">
          <input
            type="checkbox"
            disabled={!isMomentum}
            checked={typeof run.optimizer === "object" && run.optimizer["nesterov"] === true}
            onChange={(event) => {
              const base = typeof run.optimizer === "object" ? run.optimizer : { name };
              const { nesterov: _, ...plain } = base;
              const optimizer = event.currentTarget.checked ? { ...plain, nesterov: true } : plain;
              setRun({ ...run, optimizer: optimizer as typeof base });
            }}
          />
          {isMomentum ? text.nesterov : text.nesterovNeeds}
          <EffectMark effect={effectOf("run.optimizer.nesterov")} />
        </label>
      )}
      <TrainingFormula
        family="optimizers"
        name={isMomentum ? "momentum" : name}
        slots={{ ...slots, rate: formatSetting(rate) }}
        what="optimizer"
      />
      <p class="hint">{text.optimizerSays}</p>
      <p class="hint">{text.lbfgsSays}</p>
      <ConflictNotes training={training} places={["optimizer"]} />
    </Card>
  );
}

/** 0, 0.5, 0.9, 0.95, 0.99, 0.995, 0.999: shares that remember for longer and longer. */
const SHARES = [0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 0.9995, 0.9999];

function nextShare(value: number, direction: 1 | -1): number {
  const next =
    direction === 1
      ? SHARES.find((share) => share > value + 1e-9)
      : SHARES.findLast((share) => share < value - 1e-9);
  return next ?? value;
}
