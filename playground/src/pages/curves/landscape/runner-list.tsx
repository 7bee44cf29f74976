// The optimizers that run: which, at which rate, and for how many steps.

import { useText } from "../../../app/index.ts";
import { Choice, NumberField } from "../../../widgets/index.ts";
import { OPTIMIZER_KEYS, type OptimizerKey } from "./optimizers.ts";
import type { Runner } from "./presets.ts";

interface RunnerListProps {
  readonly runners: readonly Runner[];
  readonly onRunners: (runners: readonly Runner[]) => void;
  readonly steps: number;
  readonly onSteps: (steps: number) => void;
}

export function RunnerList({ runners, onRunners, steps, onSteps }: RunnerListProps) {
  const text = useText("curves");
  const change = (i: number, next: Partial<Runner>) =>
    onRunners(runners.with(i, { ...runners[i]!, ...next }));
  return (
    <section aria-labelledby="runners-title" data-what="optimizer">
      <h2 id="runners-title">{text.runners}</h2>
      <ul class="plain-list">
        {runners.map(({ optimizer, rate, isOn }, i) => (
          <li key={`${i}`} class={`runner series-${i}`}>
            <label class="check">
              <input
                type="checkbox"
                checked={isOn}
                aria-label={text.drawRunner(text.optimizers[optimizer])}
                onChange={() => change(i, { isOn: !isOn })}
              />
              <span class={`legend-item series-${i}`} aria-hidden="true" />
            </label>
            <Choice<OptimizerKey>
              label={text.optimizerNumber(i + 1)}
              value={optimizer}
              options={OPTIMIZER_KEYS.map((key) => [key, text.optimizers[key]] as const)}
              onChange={(next) => change(i, { optimizer: next })}
              isCompact
            />
            <NumberField
              label={text.rateOf(text.optimizers[optimizer])}
              what="learningRate"
              value={rate}
              min={0}
              max={1e6}
              step={nextRate}
              onChange={(next) => change(i, { rate: next })}
              isCompact
            />
          </li>
        ))}
      </ul>
      <NumberField
        label={text.steps}
        value={steps}
        min={1}
        max={5000}
        step={10}
        onChange={(next) => onSteps(Math.round(next))}
      />
    </section>
  );
}

/** A quarter more or less, in two digits. */
function nextRate(rate: number, direction: 1 | -1): number {
  if (rate === 0) return direction > 0 ? 0.01 : 0;
  return Number((direction > 0 ? rate * 1.25 : rate / 1.25).toPrecision(2));
}
