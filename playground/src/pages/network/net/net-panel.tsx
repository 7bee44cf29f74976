// The middle column: the network as a drawing, the unit that is selected, and all weights as a table.

import { useComputed } from "@preact/signals";
import { useMemo, useState } from "preact/hooks";
import { useSlice, useText, useViews } from "../../../app/index.ts";
import type { Training } from "../../../client/index.ts";
import { formula } from "../../../formulas/unit.tex";
import type { ViewRequest } from "../../../protocol/index.ts";
import { walkOps } from "../../../state/index.ts";
import { Choice, NumberField } from "../../../widgets/index.ts";
import {
  NET_VIEWS,
  NetDiagram,
  OVERLAYS,
  type Overlay,
  WeightTable,
} from "../../../widgets/net-diagram/index.ts";
import { UnitCard } from "../../../widgets/unit-card/unit-card.tsx";
import { type Net, useExample, useNet, useSelected } from "../use-net.ts";
import { useOwn } from "../use-own.ts";
import { ShownExample } from "./shown-example.tsx";

interface NetPanelProps {
  readonly training: Training;
  /** A unit that is pointed at, by pointer or focus. */
  readonly onPoint: (unit: string | null) => void;
}

export function NetPanel({ training, onPoint }: NetPanelProps) {
  const net = useNet(training);
  const { data } = useSlice((state) => state.settings);
  const key = data.features.join("\n");
  if (!net) return <div class="net-loading" />;
  return <Loaded key={key} training={training} net={net} onPoint={onPoint} />;
}

function Loaded({ training, net, onPoint }: NetPanelProps & { readonly net: Net }) {
  const text = useText("network");
  const [overlay, setOverlay] = useOwn<string>("overlay", "weight");
  const shown = OVERLAYS.find((one) => one === overlay) ?? "weight";
  const selected = useSelected(net);
  const [row, setRow] = useExample();
  const [edited, setEdited] = useState<{ field: number | "b" } | null>(null);
  const isUnit = selected.id !== null && selected.layer > 0;
  const isExample = isUnit || shown === "value" || shown === "contribution";
  const views = useMemo(
    () => viewsFor(row, isExample, shown === "gradient"),
    [row, isExample, shown],
  );
  useViews(training, views);
  const lit = useLit(training, net);
  const count = training.frames.info.value?.data.train.count ?? 1;

  return (
    <>
      <div class="net-controls">
        <Choice<Overlay>
          label={text.overlay}
          what="overlay"
          value={shown}
          options={OVERLAYS.map((one) => [one, text.overlays[one]] as const)}
          onChange={setOverlay}
        />
        {isExample && (
          <>
            <NumberField
              label={text.example(count)}
              what="example"
              value={Math.min(row, count - 1) + 1}
              min={1}
              max={count}
              digits={1}
              onChange={(next) => setRow(Math.round(next) - 1)}
            />
            <ShownExample training={training} row={Math.min(row, count - 1)} />
          </>
        )}
      </div>
      <NetDiagram
        frames={training.frames}
        layers={net.layers}
        features={net.features}
        overlay={shown}
        selected={selected.id}
        lit={lit}
        onPoint={onPoint}
        onSelect={(unit) => {
          setEdited(null);
          selected.select(unit);
        }}
        onEdit={(unit, from) => {
          selected.select(unit);
          setEdited({ field: from ?? "b" });
        }}
      />
      {isUnit && (
        <UnitCard
          key={selected.id}
          training={training}
          layers={net.layers}
          features={net.features}
          layer={selected.layer}
          unit={selected.unit}
          edited={edited}
          formula={formula}
          onClose={() => selected.select(null)}
        />
      )}
      <WeightTable training={training} layers={net.layers} features={net.features} />
    </>
  );
}

/** The layer whose op was done last, where one steps op by op. */
function useLit({ frames }: Training, { layers }: Net): number | null {
  const lit = useComputed(() => {
    frames.frameId.value;
    const inside = frames.current?.inside;
    const op = inside ? walkOps(layers.length - 1)[inside.op - 1] : undefined;
    return op ? op.layer + 1 : null;
  });
  return lit.value;
}

function viewsFor(row: number, isExample: boolean, isFlow: boolean): Record<string, ViewRequest> {
  return {
    [NET_VIEWS.numbers]: { view: "parameters" },
    [NET_VIEWS.maps]: { view: "plane", layer: "all", cells: 24 },
    ...(isExample && { [NET_VIEWS.example]: { view: "example", part: "train", row } }),
    ...(isFlow && { [NET_VIEWS.flow]: { view: "flow" } }),
  };
}
