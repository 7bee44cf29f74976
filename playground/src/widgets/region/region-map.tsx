// A map of the plane: what a network or a unit answers everywhere, the points on it, and a crosshair to read it.

import { useEffect, useRef, useState } from "preact/hooks";
import { useFrames, useSlice, useText } from "../../app/index.ts";
import type { Frames } from "../../client/index.ts";
import type { PlaneWindow, PointsInfo } from "../../protocol/index.ts";
import { formatFixed, formatNumber } from "../../text/numbers.ts";
import { TableAlternative } from "../table-alternative.tsx";
import { MapCaption } from "./map-caption.tsx";
import { type MapValues, paintMap } from "./paint.ts";
import { type Palette, paletteOf } from "./palette.ts";
import { placeOf } from "./place.ts";
import { Points } from "./points.tsx";

export interface RegionMapProps {
  readonly label: string;
  readonly frames: Frames;
  /** What is shown now: read at every frame. Null shows nothing. */
  readonly map: () => MapValues | null;
  readonly window: PlaneWindow;
  /** Of the inputs; x1 and x2 if not given. */
  readonly names?: readonly string[] | undefined;
  readonly train?: PointsInfo | undefined;
  readonly test?: PointsInfo | undefined;
  /** Null where targets are values. */
  readonly classes: number | null;
  /** Enter, or a tap, at a place of the plane. */
  readonly onPick?: (x: number, y: number) => void;
  /** A place with a ring around it: the example that is looked at. */
  readonly marked?: readonly [x: number, y: number] | null;
  readonly what?: string;
  /** One unit is shown, and not what the classes are told by. */
  readonly isUnit?: boolean;
}

export function RegionMap(props: RegionMapProps) {
  const { label, frames, map, window: area, classes, names = NAMES } = props;
  const text = useText("widgets");
  const theme = useSlice((state) => state.theme);
  const canvas = useRef<HTMLCanvasElement>(null);
  const palette = useRef<Palette | null>(null);
  const [cross, setCross] = useState<readonly [column: number, row: number] | null>(null);
  const cells = map()?.cells ?? 50;

  const paint = () => {
    const values = map();
    if (!canvas.current || !values) return;
    palette.current ??= paletteOf(canvas.current);
    paintMap(canvas.current, values, palette.current);
  };
  const latest = useRef(paint);
  latest.current = paint;
  useFrames(frames, () => latest.current());
  // Another unit of the same layer comes with no frame of its own.
  useEffect(() => latest.current(), [map]);
  useEffect(() => {
    palette.current = null;
    paint();
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const onChange = () => {
      palette.current = null;
      paint();
    };
    dark.addEventListener("change", onChange);
    return () => dark.removeEventListener("change", onChange);
  }, [theme]);

  const onKeyDown = (event: KeyboardEvent) => {
    const move = MOVES[event.key];
    const by = event.shiftKey ? 10 : 1;
    const [column, row] = cross ?? [cells >> 1, cells >> 1];
    if (move) setCross([within(column + by * move[0], cells), within(row + by * move[1], cells)]);
    else if (event.key === "Escape") setCross(null);
    else if (event.key === "Enter" && props.onPick)
      props.onPick(...placeOf(area, cells, column, row));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const cellAt = (event: PointerEvent): readonly [number, number] => {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    const at = (share: number) => within(Math.floor(share * cells), cells);
    return [at((event.clientX - box.left) / box.width), at((event.clientY - box.top) / box.height)];
  };

  return (
    <figure class="region-map" data-what={props.what}>
      <div
        class="region-frame"
        role="img"
        tabIndex={0}
        data-own-keys
        aria-label={`${label}. ${text.regionKeys}`}
        onKeyDown={onKeyDown}
        onPointerMove={(event) => setCross(cellAt(event))}
        onPointerLeave={() => setCross(null)}
        onPointerDown={(event) => props.onPick?.(...placeOf(area, cells, ...cellAt(event)))}
      >
        <canvas ref={canvas} aria-hidden="true" />
        <svg class="region-points" viewBox="-1 -1 2 2" aria-hidden="true">
          {props.test && <Points points={props.test} window={area} classes={classes} isTest />}
          {props.train && <Points points={props.train} window={area} classes={classes} />}
          {props.marked && <Ring at={props.marked} area={area} />}
          {cross && <Crosshair cells={cells} cross={cross} />}
        </svg>
      </div>
      <MapCaption
        frames={frames}
        map={map}
        area={area}
        cross={cross}
        names={names}
        classes={props.isUnit ? null : classes}
      />
      <TableAlternative
        caption={label}
        columns={[...names, text.regionValue]}
        rows={() => tableRows(map(), area)}
        frames={frames}
      />
    </figure>
  );
}

const NAMES = ["x1", "x2"];

const MOVES: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

function within(cell: number, cells: number): number {
  return Math.min(Math.max(cell, 0), cells - 1);
}

function Crosshair({ cells, cross }: { cells: number; cross: readonly [number, number] }) {
  const [x, y] = cross.map((cell) => (2 * (cell + 0.5)) / cells - 1) as [number, number];
  return (
    <g class="crosshair">
      <line x1={-1} x2={1} y1={y} y2={y} />
      <line x1={x} x2={x} y1={-1} y2={1} />
    </g>
  );
}

function Ring({ at, area }: { at: readonly [number, number]; area: PlaneWindow }) {
  const [x, y] = [(at[0] - area.center[0]) / area.reach, -(at[1] - area.center[1]) / area.reach];
  return <circle class="region-ring" cx={x} cy={y} r={0.09} />;
}

/** Nine by nine places, as the picture has them. */
function tableRows(map: MapValues | null, area: PlaneWindow): string[][] {
  if (!map) return [];
  const { cells, values, kind } = map;
  const count = cells * cells;
  const at = (i: number) => Math.min(Math.round(((i + 0.5) / 9) * cells - 0.5), cells - 1);
  return Array.from({ length: 81 }, (_, i) => {
    const [column, row] = [at(i % 9), at(Math.floor(i / 9))];
    const cell = row * cells + column;
    const shown = Array.from(
      { length: kind === "classes" ? values.length / count : 1 },
      (_, unit) => formatNumber(values[unit * count + cell]!),
    );
    const [x, y] = placeOf(area, cells, column, row);
    return [formatFixed(x), formatFixed(y), shown.join(", ")];
  });
}
