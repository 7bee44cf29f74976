// Points of one's own: drawn or tapped on a square of the plane, or set by keys, and taken away again.

import { useRef, useState } from "preact/hooks";
import { useApp, useText } from "../../app/index.ts";
import type { PointsInfo } from "../../protocol/index.ts";
import type { OwnPoint } from "../../state/index.ts";
import { formatFixed } from "../../text/numbers.ts";
import { Points } from "../region/points.tsx";
import {
  moved,
  nearestPoint,
  type Place,
  placeAt,
  REACH,
  withoutNearest,
  withPoint,
} from "./pad.ts";

export interface PointPadProps {
  readonly points: readonly OwnPoint[];
  /** Null where targets are values. */
  readonly classes: number | null;
  /** The class or value of new points; null takes points away. */
  readonly brush: number | null;
  readonly onBrush: (brush: number | null) => void;
  /** Changes of one stroke have one name. */
  readonly onChange: (points: readonly OwnPoint[], gesture: string) => void;
}

const WINDOW = { center: [0, 0], reach: REACH } as const;
/** A stroke sets another point where it is this far from the last. */
const APART = 0.45;

export function PointPad({ points, classes, brush, onBrush, onChange }: PointPadProps) {
  const text = useText("controls").pad;
  const { announcer } = useApp();
  const [cross, setCross] = useState<Place | null>(null);
  const last = useRef<Place | null>(null);
  const strokes = useRef(0);
  const gesture = () => `pad ${strokes.current}`;

  const setAt = (place: Place) => {
    const next = brush === null ? withoutNearest(points, place) : withPoint(points, place, brush);
    if (next !== points) onChange(next, gesture());
  };
  const placeOf = (event: PointerEvent): Place => {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    return placeAt((event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
  };
  const begin = (event: PointerEvent) => {
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    strokes.current += 1;
    last.current = placeOf(event);
    setAt(last.current);
  };
  const go = (event: PointerEvent) => {
    const place = placeOf(event);
    setCross(place);
    if (!last.current) return;
    const isFar = Math.hypot(place[0] - last.current[0], place[1] - last.current[1]) >= APART;
    if (!isFar) return;
    last.current = place;
    setAt(place);
  };
  const end = () => {
    last.current = null;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const move = MOVES[event.key];
    const at = cross ?? [0, 0];
    if (move) {
      const next = moved(at, move, event.shiftKey ? 4 : 1);
      setCross(next);
      announcer.say(text.at(formatFixed(next[0]), formatFixed(next[1])));
    } else if (event.key === "Enter" || event.key === " ") {
      strokes.current += 1;
      setAt(at);
      announcer.say(text.count(points.length + (brush === null ? -1 : 1)));
    } else if (event.key === "Delete" || event.key === "Backspace") {
      strokes.current += 1;
      if (nearestPoint(points, at) >= 0) onChange(withoutNearest(points, at), gesture());
    } else if (classes !== null && /^\d$/.test(event.key) && Number(event.key) < classes) {
      onBrush(Number(event.key));
    } else if (event.key === "Escape") setCross(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div
      class={`point-pad ${brush === null ? "is-erasing" : ""}`}
      role="application"
      aria-roledescription={text.kind}
      aria-label={`${text.label}. ${text.keys}`}
      tabIndex={0}
      data-own-keys
      data-what="ownPoints"
      onKeyDown={onKeyDown}
      onPointerDown={begin}
      onPointerMove={go}
      onPointerUp={end}
      onPointerCancel={end}
      onPointerLeave={() => setCross(null)}
    >
      <svg viewBox="-1 -1 2 2" aria-hidden="true">
        <path class="pad-axes" d="M-1 0H1M0 -1V1" />
        <Points points={infoOf(points)} window={WINDOW} classes={classes} />
        {cross && <PadCross place={cross} />}
      </svg>
    </div>
  );
}

const MOVES: Readonly<Record<string, Place>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

function PadCross({ place: [x, y] }: { readonly place: Place }) {
  const [cx, cy] = [x / REACH, -y / REACH];
  return (
    <g class="crosshair">
      <line x1={-1} x2={1} y1={cy} y2={cy} />
      <line x1={cx} x2={cx} y1={-1} y2={1} />
    </g>
  );
}

function infoOf(points: readonly OwnPoint[]): PointsInfo {
  return {
    count: points.length,
    x: Float32Array.from(points.flatMap(({ x }) => [x[0]!, x[1]!])),
    y: Float32Array.from(points.map(({ y }) => y)),
  };
}
