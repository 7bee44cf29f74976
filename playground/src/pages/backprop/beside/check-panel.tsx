// The chain rule's derivatives beside difference quotients.

import { useState } from "preact/hooks";
import { useText } from "../../../app/index.ts";
import { formatNumber } from "../../../text/numbers.ts";
import { NumberField } from "../../../widgets/index.ts";
import { useJob } from "../use-job.ts";
import type { Graph } from "../walk/walk.ts";
import { Table } from "./table.tsx";

export function CheckPanel({ graph }: { graph: Graph }) {
  const text = useText("backprop");
  const [stepSize, setStepSize] = useState(1e-5);
  const at = Object.fromEntries(graph.inputs.map(({ name, value }) => [name, value]));
  const { gives } = useJob("slopeCheck", { text: graph.text, at, stepSize });
  const { what, exact, central, error } = text.checkColumns;
  return (
    <>
      <p>{text.checkSay}</p>
      <NumberField
        label={text.stepSize}
        value={stepSize}
        min={1e-15}
        max={1}
        digits={3}
        step={(value, direction) => value * 10 ** direction}
        onChange={setStepSize}
      />
      {gives && (
        <Table
          caption={text.check}
          columns={[what, exact, central, error]}
          rows={gives.rows.map((row) => [
            `∂${row.output}/∂${row.input}`,
            formatNumber(row.exact, 9),
            formatNumber(row.central, 9),
            formatNumber(row.error, 2),
          ])}
        />
      )}
    </>
  );
}
