// Mazur's network by both schemes: all weights updated at once, or the output layer's first.

import { useState } from "preact/hooks";
import { useText } from "../../../app/index.ts";
import { formatNumber } from "../../../text/numbers.ts";
import { NumberField } from "../../../widgets/index.ts";
import { useJob } from "../use-job.ts";
import { Table } from "./table.tsx";

const SCHEMES = ["simultaneous", "sequential"] as const;
const MOST_STEPS = 20_000;

export function MazurPanel() {
  const text = useText("backprop");
  const [steps, setSteps] = useState(10_000);
  const [rate, setRate] = useState(0.5);
  const { gives, asks } = useJob("mazur", { steps, rate });
  const { scheme, start, afterOne, afterAll, w1, w5 } = text.schemeColumns;
  const shown = (value: number | undefined) => formatNumber(value, 9);
  return (
    <>
      <p>{text.schemesSay}</p>
      <div class="row">
        <NumberField
          label={text.steps}
          value={steps}
          min={1}
          max={MOST_STEPS}
          digits={1}
          step={1000}
          onChange={(value) => setSteps(Math.round(value))}
        />
        <NumberField
          label={text.rate}
          value={rate}
          min={0}
          max={10}
          step={0.1}
          onChange={setRate}
          what="learningRate"
        />
      </div>
      {gives && asks && (
        <Table
          caption={text.schemes}
          columns={[scheme, start, afterOne, afterAll(formatNumber(asks.steps, 1)), w1, w5]}
          rows={SCHEMES.map((name) => {
            const found = gives[name];
            const numbers = [
              found.start,
              found.afterOne,
              found.afterAll,
              found.weights[0],
              found.weights[4],
            ];
            return [text[name], ...numbers.map(shown)];
          })}
        />
      )}
    </>
  );
}
