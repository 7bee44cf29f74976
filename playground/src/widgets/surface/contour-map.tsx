// A surface from above: levels, ways over it, a pointer with what the surface does there, and starts to be moved.

import { useMemo, useRef } from "preact/hooks";
import { useText } from "../../app/index.ts";
import { Axes, MARGIN } from "../plot/axes.tsx";
import { type Scale, scaleOf } from "../plot/scales.ts";
import { useWidth } from "../use-width.ts";
import { contourPaths, type Heights, levelsOf } from "./contours.ts";
import { CriticalMark, PointerMark, type Slope, WayLine } from "./map-marks.tsx";
import { MoveButton } from "./move-button.tsx";
import { MOVES } from "./moves.ts";
import { type DrawnWay, type MovablePlace, placeText } from "./way.ts";

export interface ContourMapProps {
  readonly label: string;
  readonly heights: Heights;
  readonly names: readonly [u: string, v: string];
  readonly ways: readonly DrawnWay[];
  readonly pointer: readonly [u: number, v: number];
  readonly onPointer: (u: number, v: number) => void;
  /** The gradient and the axes of curvature at the pointer. */
  readonly slope: Slope | null;
  readonly starts: readonly MovablePlace[];
  readonly onStart: (index: number, u: number, v: number) => void;
  /** What a tap moves: the pointer, or a start. */
  readonly tapMoves: number | "pointer";
  readonly critical?: readonly { readonly u: number; readonly v: number; readonly bend: string }[];
  readonly what?: string;
}

const LEVELS = 15;

export function ContourMap(props: ContourMapProps) {
  const { label, heights, names, ways, pointer, onPointer, starts, onStart, tapMoves } = props;
  const text = useText("widgets");
  const figure = useRef<HTMLDivElement>(null);
  const width = Math.max(useWidth(figure, 420), 220);
  // As wide as it is high within its margins.
  const height = width - MARGIN.left - MARGIN.right + MARGIN.top + MARGIN.bottom;
  const { sx, sy, paths } = useMemo(
    () => levelPaths(heights, width, height),
    [heights, width, height],
  );
  const step = (heights.u[1] - heights.u[0]) / 40;
  const within = (x: number, [low, high]: readonly [number, number]) =>
    Number(Math.min(Math.max(x, low), high).toPrecision(6));
  const move = (of: number | "pointer", u: number, v: number) => {
    const place = [within(u, heights.u), within(v, heights.v)] as const;
    if (of === "pointer") onPointer(...place);
    else onStart(of, ...place);
  };
  const placeAt = (event: PointerEvent, box: DOMRect) =>
    [
      sx.invert(((event.clientX - box.left) / box.width) * width),
      sy.invert(((event.clientY - box.top) / box.height) * height),
    ] as const;
  const onKeyDown = (event: KeyboardEvent) => {
    const by = MOVES[event.key];
    if (!by) return;
    const far = step * (event.shiftKey ? 5 : 1);
    move("pointer", pointer[0] + by[0] * far, pointer[1] + by[1] * far);
    event.preventDefault();
    event.stopPropagation();
  };
  const onTap = (event: PointerEvent) => {
    const svg = event.currentTarget as SVGElement;
    if (event.type === "pointerdown") svg.setPointerCapture(event.pointerId);
    else if (event.buttons === 0) return;
    move(tapMoves, ...placeAt(event, svg.getBoundingClientRect()));
  };

  return (
    <div class="plot contour-map" ref={figure} data-what={props.what}>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        tabindex={0}
        data-own-keys
        aria-label={`${label}. ${text.contourKeys}`}
        onKeyDown={onKeyDown}
        onPointerDown={onTap}
        onPointerMove={onTap}
      >
        <rect class="level" style="--t: 0" {...areaOf(sx, sy)} />
        {paths.map((d, i) => (
          <path key={`${i}`} class="level" style={`--t: ${(i + 1) / LEVELS}`} d={d} />
        ))}
        <Axes
          sx={sx}
          sy={sy}
          xLog={false}
          yLog={false}
          height={height}
          width={width}
          xLabel={names[0]}
          yLabel={names[1]}
        />
        <svg {...areaOf(sx, sy)} viewBox={viewOf(sx, sy)} aria-hidden="true">
          {ways.map((way) => (
            <WayLine key={`${way.name} ${way.look}`} way={way} sx={sx} sy={sy} />
          ))}
          {props.critical?.map((place) => (
            <CriticalMark key={placeText(place.u, place.v)} place={place} sx={sx} sy={sy} />
          ))}
          <PointerMark at={pointer} slope={props.slope} sx={sx} sy={sy} />
        </svg>
      </svg>
      {starts.map((start, i) => (
        <MoveButton
          key={start.name}
          place={start}
          left={sx(start.u) / width}
          top={sy(start.v) / height}
          step={step}
          onMove={(u, v) => move(i, u, v)}
          placeAt={placeAt}
        />
      ))}
    </div>
  );
}

function levelPaths(heights: Heights, width: number, height: number) {
  const { u, v, count } = heights;
  const sx = scaleOf([], { isLog: false, domain: u }, [MARGIN.left, width - MARGIN.right]);
  const sy = scaleOf([], { isLog: false, domain: v }, [height - MARGIN.bottom, MARGIN.top]);
  const share = (i: number, [from, to]: readonly [number, number]) =>
    from + ((to - from) * i) / (count - 1);
  const place = (i: number, j: number) => [sx(share(i, u)), sy(share(j, v))] as const;
  return { sx, sy, paths: contourPaths(heights, levelsOf(heights, LEVELS), place) };
}

function areaOf(sx: Scale, sy: Scale) {
  const [left, right] = sx.range() as [number, number];
  const [bottom, top] = sy.range() as [number, number];
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Within it, the coordinates are those around it: what is drawn beyond is cut off. */
function viewOf(sx: Scale, sy: Scale): string {
  const { x, y, width, height } = areaOf(sx, sy);
  return `${x} ${y} ${width} ${height}`;
}
