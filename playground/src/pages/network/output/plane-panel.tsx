// The plane: the output or one unit, as a map, as heights, or as a hidden layer sees it.

import { useCallback, useMemo } from "preact/hooks";
import { useApp, useSlice, useText, useViews } from "../../../app/index.ts";
import type { Training } from "../../../client/index.ts";
import type { Frame, ViewRequest } from "../../../protocol/index.ts";
import { Choice, type MapValues, RegionMap } from "../../../widgets/index.ts";
import { unitMapOf } from "../../../widgets/net-diagram/index.ts";
import { SurfaceView } from "../../../widgets/region/surface-view.tsx";
import { type Net, useExample, useNet, useSelected } from "../use-net.ts";
import { useOwn } from "../use-own.ts";
import { nearestExample, outputScale } from "./examples.ts";
import { SpacePanel } from "./space-panel.tsx";

const LOOKS = ["map", "heights", "space"] as const;
type Look = (typeof LOOKS)[number];

export function PlanePanel({ training }: { readonly training: Training }) {
  const text = useText("network");
  const net = useNet(training);
  const [look, setLook] = useOwn<string>("look", "map");
  const info = training.frames.info.value;
  if (!net || !info) return null;
  if (!info.window) return <p class="note">{text.noPlane}</p>;
  const isDeep = net.layers.length > 2;
  const shown = LOOKS.find((one) => one === look && (one !== "space" || isDeep)) ?? "map";
  return (
    <>
      <div class="plane-controls">
        <Choice<Look>
          label={text.look}
          value={shown}
          options={LOOKS.filter((one) => one !== "space" || isDeep).map(
            (one) => [one, text.looks[one]] as const,
          )}
          onChange={setLook}
        />
        {shown !== "space" && <PinChoice net={net} />}
      </div>
      {shown === "space" ? (
        <SpacePanel training={training} net={net} />
      ) : (
        <Plane training={training} net={net} isHeights={shown === "heights"} />
      )}
    </>
  );
}

/** Which unit is shown: the output, or one that is pinned. */
function PinChoice({ net }: { readonly net: Net }) {
  const text = useText("network");
  const [pinned, setPinned] = useOwn<string>("pinned", "output");
  const units = net.layers.flatMap(({ name, units: many }, layer) =>
    Array.from({ length: many }, (_, unit) => {
      const place = layer === 0 ? (net.features[unit] ?? "") : text.unitShort(unit + 1);
      const of = layer === 0 ? "" : `${text.layerName(layer, net.layers.length - 1)} · `;
      return [`${name}/${unit}`, `${of}${place}`] as const;
    }),
  );
  const options = [["output", text.wholeOutput] as const, ...units];
  const value = options.some(([id]) => id === pinned) ? pinned : "output";
  return <Choice label={text.shownUnit} value={value} options={options} onChange={setPinned} />;
}

interface PlaneProps {
  readonly training: Training;
  readonly net: Net;
  readonly isHeights: boolean;
}

function Plane({ training, net, isHeights }: PlaneProps) {
  const text = useText("network");
  const { dispatch } = useApp();
  const showTest = useSlice((state) => state.view.showTest);
  const selected = useSelected(net);
  const [pinned] = useOwn<string>("pinned", "output");
  const [row, setRow] = useExample();
  const layer = pinned.split("/")[0]!;
  const views = useMemo<Record<string, ViewRequest>>(
    () => ({ region: { view: "plane", layer, cells: 60 } }),
    [layer],
  );
  useViews(training, views);
  const { frames } = training;
  const info = frames.info.value!;
  const { classes, train, test } = info.data;
  const scale = useMemo(() => outputScale(info.data), [info]);
  const map = useCallback(
    () => mapOf(frames.current, pinned, classes, scale),
    [frames, pinned, classes, scale],
  );
  const isChosen = selected.id !== null;
  const marked = [train.x[2 * row] ?? NaN, train.x[2 * row + 1] ?? NaN] as const;
  const label = pinned === "output" ? text.region : text.regionOf(pinned);
  // Of several outputs one can be shown as heights, not all.
  if (isHeights && (pinned !== "output" || classes === null || classes === 2)) {
    return <SurfaceView label={label} what="decisionRegion" frames={frames} map={map} />;
  }
  return (
    <>
      {isHeights && <p class="note">{text.pinForHeights}</p>}
      <RegionMap
        label={label}
        what="decisionRegion"
        frames={frames}
        map={map}
        window={info.window!}
        train={train}
        test={showTest && test.count > 0 ? test : undefined}
        classes={classes}
        marked={isChosen ? marked : null}
        onPick={(x, y) => setRow(nearestExample(train, x, y))}
      />
      {test.count > 0 && (
        <label class="check">
          <input
            type="checkbox"
            checked={showTest}
            onChange={() => dispatch({ kind: "view", change: { showTest: !showTest } })}
          />{" "}
          {text.showTest}
        </label>
      )}
    </>
  );
}

function mapOf(
  frame: Frame | null,
  pinned: string,
  classes: number | null,
  scale: number,
): MapValues | null {
  const view = frame?.views["region"];
  if (view?.view !== "plane") return null;
  if (pinned !== "output") {
    const map = unitMapOf(view, pinned);
    return map && { ...map, kind: "signed" };
  }
  const { cells, layers } = view;
  const values = layers["output"];
  if (!values) return null;
  if (values.length > cells * cells) return { cells, values, kind: "classes" };
  return classes === null
    ? { cells, values, kind: "signed", scale }
    : { cells, values, kind: "probability" };
}
