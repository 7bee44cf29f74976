// Inside of the layers: how long their gradients are, over the whole run, and which units are saturated or dead.

import { useMemo, useState } from "preact/hooks";
import { useFrame, useText, useViews } from "../../../app/index.ts";
import type { Training } from "../../../client/index.ts";
import type { ViewRequest } from "../../../protocol/index.ts";
import { formatNumber, formatPercent } from "../../../text/numbers.ts";
import { Plot } from "../../../widgets/index.ts";
import { useNet } from "../use-net.ts";
import { useFlowHistory } from "./use-flow-history.ts";

const VIEWS: Readonly<Record<string, ViewRequest>> = { flow: { view: "flow" } };

export function Inside({ training }: { readonly training: Training }) {
  const text = useText("network");
  const [isOpen, setOpen] = useState(false);
  const rows = useFlowHistory(training.frames);
  return (
    <details class="inside" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary data-what="vanishingGradient">{text.inside}</summary>
      {isOpen && <Flow training={training} rows={rows} />}
    </details>
  );
}

interface FlowProps {
  readonly training: Training;
  readonly rows: ReturnType<typeof useFlowHistory>;
}

function Flow({ training, rows }: FlowProps) {
  const text = useText("network");
  const words = useText("widgets");
  useViews(training, VIEWS);
  const net = useNet(training);
  const [isLog, setLog] = useState(true);
  const frame = useFrame(training.frames, 7);
  const view = frame?.views["flow"];
  const nameOf = (name: string) => {
    const layer = net?.layers.findIndex((one) => one.name === name) ?? -1;
    return net && layer > 0 ? text.layerName(layer, net.layers.length - 1) : name;
  };
  const series = useMemo(() => {
    const names = view?.view === "flow" ? view.layers.map(({ name }) => name) : [];
    return names.map((name) => ({
      name: nameOf(name),
      x: rows.current.map(({ epoch }) => epoch),
      y: rows.current.map(({ norms }) => norms[name] ?? Number.NaN),
    }));
  }, [view, rows, net, text]);
  if (view?.view !== "flow") return null;
  return (
    <>
      <table class="flow-table">
        <caption>{text.flowCaption(view.examples)}</caption>
        <thead>
          <tr>
            <th scope="col">{text.layer}</th>
            <th scope="col">{text.gradientNorm}</th>
            <th scope="col">{text.saturated}</th>
            <th scope="col">{text.dead}</th>
          </tr>
        </thead>
        <tbody>
          {view.layers.map(({ name, norm, saturated, dead }) => (
            <tr key={name}>
              <th scope="row">{nameOf(name)}</th>
              <td>{formatNumber(norm)}</td>
              <td>{formatPercent(saturated)}</td>
              <td>{dead.length === 0 ? text.none : dead.map((unit) => unit + 1).join(", ")}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Plot
        label={text.flowCurve}
        what="vanishingGradient"
        series={series}
        xLabel={words.epoch}
        yLabel={text.gradientNorm}
        yLog={isLog}
        onYLog={setLog}
        mark={frame?.epoch ?? null}
        height={190}
      />
    </>
  );
}
