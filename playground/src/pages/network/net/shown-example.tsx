// The example that is looked at: its inputs, its target, and the loss that it costs.

import { useFrame, useText } from "../../../app/index.ts";
import type { Training } from "../../../client/index.ts";
import { formatNumber } from "../../../text/numbers.ts";
import { exampleOf } from "../../../widgets/net-diagram/index.ts";

interface ShownExampleProps {
  readonly training: Training;
  readonly row: number;
}

export function ShownExample({ training, row }: ShownExampleProps) {
  const text = useText("network");
  const frame = useFrame(training.frames);
  const data = training.frames.info.value?.data;
  if (!data) return null;
  const { names, train, classes } = data;
  const width = names.length;
  const inputs = names.map((name, i) => `${name} = ${formatNumber(train.x[row * width + i])}`);
  const example = exampleOf(frame);
  return (
    <p class="shown-example">
      {inputs.join(", ")}; {text.target}{" "}
      {classes === null ? formatNumber(train.y[row]) : String(train.y[row] ?? "–")}
      {example && `; ${text.lossOfIt} ${formatNumber(example.loss)}`}
    </p>
  );
}
