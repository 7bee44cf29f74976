// Forward mode beside reverse mode: the tangents of every input and the adjoints of every output, op by op.

import { useText } from "../../../app/index.ts";
import { plain } from "../numbers.ts";
import { useJob } from "../use-job.ts";
import { type Graph, knownAt, lengthOf } from "../walk/walk.ts";
import { Table } from "./table.tsx";

/** The network of the first chapters: Nielsen's digits. */
const DIGITS_NET = [784, 30, 10];
const MOST_COLUMNS = 12;

export function ModesPanel({ graph }: { graph: Graph }) {
  const text = useText("backprop");
  const { gives } = useJob("passCount", { sizes: DIGITS_NET });
  const passes = [...graph.forward.slice(0, MOST_COLUMNS), ...graph.reverse];
  const known = passes.map((pass) => {
    const walk = { graph, pass };
    return knownAt(walk, lengthOf(walk)).derivatives;
  });
  const columns = [
    text.operation,
    text.value,
    ...passes.map(({ mode, of }) =>
      mode === "forward" ? text.forwardColumn(of) : text.reverseColumn(of),
    ),
  ];
  const all = [
    ...graph.inputs.map(({ name, value }) => ({ name, label: name, value })),
    ...graph.operations.map(({ name, formula, value }) => {
      return { name, label: `${name} = ${formula}`, value };
    }),
  ];
  const rows = all.map(({ name, label, value }) => [
    label,
    plain(value),
    ...known.map((derivatives) => plain(derivatives.get(name))),
  ]);
  return (
    <div data-what="reverseMode">
      <p>{text.modesSay(graph.forward.length, graph.reverse.length)}</p>
      {gives && (
        <p>
          {text.passes(
            DIGITS_NET.join("-"),
            gives.forward.toLocaleString("en-US"),
            gives.reverse.toLocaleString("en-US"),
          )}
        </p>
      )}
      {graph.forward.length > MOST_COLUMNS && (
        <p class="note">{text.modesShown(MOST_COLUMNS, graph.forward.length)}</p>
      )}
      <Table caption={text.modes} columns={columns} rows={rows} />
    </div>
  );
}
