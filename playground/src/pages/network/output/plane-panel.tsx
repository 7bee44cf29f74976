// The plane: the output or one unit, as a map, as heights, or as a hidden layer sees it.

import type { ReadonlySignal } from "@preact/signals";
import { useCallback, useMemo } from "preact/hooks";
import { useApp, useSlice, useText, useViews } from "../../../app/index.ts";
import type { Training } from "../../../client/index.ts";
import type { Frame, ViewRequest } from "../../../protocol/index.ts";
import { Choice, type MapValues, RegionMap } from "../../../widgets/index.ts";
import { unitMapOf, unitName } from "../../../widgets/net-diagram/index.ts";
import { SurfaceView } from "../../../widgets/region/surface-view.tsx";
import { type Net, useExample, useNet, useSelected } from "../use-net.ts";
import { useOwn } from "../use-own.ts";
import { nearestExample, outputScale } from "./examples.ts";
import { SpacePanel } from "./space-panel.tsx";

const LOOKS = ["map", "heights", "space"] as const;
type Look = (typeof LOOKS)[number];

interface PlanePanelProps {
  readonly training: Training;
  /** The unit that is pointed at in the drawing: its map is shown meanwhile. */
  readonly pointed: ReadonlySignal<string | null>;
}

export function PlanePanel({ training, pointed }: PlanePanelProps) {
  const text = useText("network");
  const net = useNet(training);
  const [pinned, setPinned] = useOwn<string>("pinned", "output");
  const [look, setLook] = useOwn<string>("look", "map");
  const info = training.frames.info.value;
  if (!net || !info) return null;
  if (!info.window) return <p class="note">{text.noPlane}</p>;
  const isDeep = net.layers.length > 2;
  const shown = LOOKS.find((one) => one === look && (one !== "space" || isDeep)) ?? "map";
  const units = unitsOf(net, text);
  const unit = [pointed.value, pinned].find((id) => id !== null && units.has(id)) ?? "output";
  return (
    <>
      <div class="plane-controls" data-what="decisionRegion">
        <Choice<Look>
          label={text.look}
          value={shown}
          options={LOOKS.filter((one) => one !== "space" || isDeep).map(
            (one) => [one, text.looks[one]] as const,
          )}
          onChange={setLook}
        />
        {shown !== "space" && (
          <Choice
            label={text.shownUnit}
            value={unit}
            options={[["output", text.wholeOutput], ...units]}
            onChange={setPinned}
          />
        )}
      </div>
      {shown === "space" ? (
        <SpacePanel training={training} net={net} />
      ) : (
        <Plane
          training={training}
          net={net}
          unit={unit}
          label={unit === "output" ? text.region : text.regionOf(units.get(unit)!)}
          isHeights={shown === "heights"}
        />
      )}
    </>
  );
}

/** The names of all units by what they are, as "dense1/0". */
function unitsOf(net: Net, text: Parameters<typeof unitName>[0]): ReadonlyMap<string, string> {
  const { layers, features } = net;
  return new Map(
    layers.flatMap(({ name, units }, layer) =>
      Array.from(
        { length: units },
        (_, unit) => [`${name}/${unit}`, unitName(text, layers, features, layer, unit)] as const,
      ),
    ),
  );
}

interface PlaneProps {
  readonly training: Training;
  readonly net: Net;
  /** As in "dense1/0", or "output" for all of it. */
  readonly unit: string;
  readonly label: string;
  readonly isHeights: boolean;
}

function Plane({ training, net, unit, label, isHeights }: PlaneProps) {
  const text = useText("network");
  const { dispatch } = useApp();
  const showTest = useSlice((state) => state.view.showTest);
  const selected = useSelected(net);
  const [row, setRow] = useExample();
  const layer = unit.split("/")[0]!;
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
    () => mapOf(frames.current, net, unit, classes, scale),
    [frames, net, unit, classes, scale],
  );
  const isChosen = selected.id !== null;
  const marked = [train.x[2 * row] ?? NaN, train.x[2 * row + 1] ?? NaN] as const;
  // Of several outputs one can be shown as heights, not all.
  if (isHeights && (unit !== "output" || classes === null || classes === 2)) {
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
        names={info.data.names}
        train={train}
        test={showTest && test.count > 0 ? test : undefined}
        classes={classes}
        isUnit={unit !== "output"}
        marked={isChosen ? marked : null}
        onPick={(x, y) => setRow(nearestExample(train, x, y))}
      />
      {test.count > 0 && (
        <label class="check" data-what="split">
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
  net: Net,
  unit: string,
  classes: number | null,
  scale: number,
): MapValues | null {
  const view = frame?.views["region"];
  if (view?.view !== "plane") return null;
  if (unit !== "output") return unitMapOf(view, net.layers, unit);
  const { cells, layers } = view;
  const values = layers["output"];
  if (!values) return null;
  if (values.length > cells * cells) return { cells, values, kind: "classes" };
  return classes === null
    ? { cells, values, kind: "signed", scale }
    : { cells, values, kind: "probability" };
}
