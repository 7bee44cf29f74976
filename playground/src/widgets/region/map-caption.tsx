// What stands under a map: the number under the crosshair or the ends of the axes, and what the colours mean.

import { useText } from "../../app/index.ts";
import type { Frames } from "../../client/index.ts";
import type { PlaneWindow } from "../../protocol/index.ts";
import { formatFixed, formatNumber, formatSetting } from "../../text/numbers.ts";
import type { MapValues } from "./paint.ts";
import { placeOf } from "./place.ts";
import { PointMark } from "./points.tsx";

interface MapCaptionProps {
  readonly frames: Frames;
  readonly map: () => MapValues | null;
  readonly area: PlaneWindow;
  readonly cross: readonly [number, number] | null;
  readonly names: readonly string[];
  /** That the map tells apart; null of values. */
  readonly classes: number | null;
}

export function MapCaption(props: MapCaptionProps) {
  const { frames, map, area, cross, names, classes } = props;
  const text = useText("widgets");
  frames.frameId.value;
  const values = map();
  return (
    <figcaption class="map-caption">
      <output class="reading">
        {cross && values ? readingOf(values, area, cross, text) : axesOf(area, names, text)}
      </output>
      {values && <Colours map={values} classes={classes} />}
    </figcaption>
  );
}

type WidgetTexts = ReturnType<typeof useText<"widgets">>;

function readingOf(
  values: MapValues,
  area: PlaneWindow,
  cross: readonly [number, number],
  text: WidgetTexts,
): string {
  const [x, y] = placeOf(area, values.cells, ...cross);
  const said = cellText(values, cross[1] * values.cells + cross[0], text);
  return text.regionAt(formatFixed(x), formatFixed(y), said);
}

function axesOf({ center, reach }: PlaneWindow, names: readonly string[], text: WidgetTexts) {
  const end = (value: number) => formatSetting(Number(value.toPrecision(3)));
  const axis = (i: 0 | 1) =>
    text.axis(names[i] ?? "", end(center[i] - reach), end(center[i] + reach));
  return `${axis(0)}${text.axisComma}${axis(1)}`;
}

/** The classes by colour and shape, or the ends of the scale. */
function Colours({ map, classes }: { readonly map: MapValues; readonly classes: number | null }) {
  const text = useText("widgets");
  const mark = (target: number) => <PointMark target={target} classes={classes} />;
  if (map.kind === "classes") {
    return (
      <span class="map-colours">
        <span>{text.classes}</span>
        {Array.from({ length: classes ?? 0 }, (_, target) => (
          <span key={target}>
            {mark(target)} {target}
          </span>
        ))}
      </span>
    );
  }
  const size = formatSetting(Number((map.scale ?? 1).toPrecision(2)));
  return (
    <span class="map-colours">
      {classes === 2 && mark(0)}
      <span>{map.kind === "probability" ? "0" : `−${size}`}</span>
      <span class="map-scale" role="img" aria-label={text.colourScale} />
      <span>{map.kind === "probability" ? "1" : size}</span>
      {classes === 2 && mark(1)}
    </span>
  );
}

function cellText({ values, cells, kind }: MapValues, cell: number, text: WidgetTexts): string {
  const count = cells * cells;
  if (kind !== "classes") return formatNumber(values[cell]!);
  const all = Array.from(
    { length: values.length / count },
    (_, unit) => values[unit * count + cell]!,
  );
  const best = all.indexOf(Math.max(...all));
  return text.regionClass(String(best), formatNumber(all[best]!));
}
