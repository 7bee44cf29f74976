// What is drawn over contours: ways with their steps, the pointer with slope and axes of curvature, critical points.

import type { Scale } from "../plot/scales.ts";
import { type DrawnWay, pointsOf } from "./way.ts";

interface Scales {
  readonly sx: Scale;
  readonly sy: Scale;
}

/** What the surface does at the pointer. */
export interface Slope {
  readonly gradient: readonly number[];
  readonly eigenvalues: readonly number[];
  readonly directions: readonly (readonly number[])[];
}

const MOST_DOTS = 60;

export function WayLine({ way, sx, sy }: Scales & { way: DrawnWay }) {
  const places = pointsOf(way).map(([u, v]) => [sx(u), sy(v)] as const);
  const d = places
    .map(([x, y], i) => `${i === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`)
    .join("");
  const dots = places.slice(0, MOST_DOTS);
  const end = places.at(-1);
  return (
    <g class={`way ${way.look}`}>
      <path class="way-edge" d={d} />
      <path class="plot-line" d={d} />
      {dots.map(([x, y], i) => (
        <circle key={`${i}`} cx={x} cy={y} r={1.8} />
      ))}
      {end && <rect x={end[0] - 4} y={end[1] - 4} width={8} height={8} />}
    </g>
  );
}

const ARROW = 46;
const AXIS = 26;

/** A cross; the way down as an arrow; the axes of curvature, dashed where it bends down. */
export function PointerMark({
  at,
  slope,
  sx,
  sy,
}: Scales & { at: readonly [number, number]; slope: Slope | null }) {
  const [x, y] = [sx(at[0]), sy(at[1])];
  const [du = 0, dv = 0] = slope?.gradient ?? [];
  const length = Math.hypot(du, dv);
  return (
    <g class="map-pointer">
      {slope?.directions.map(([a = 0, b = 0], i) => (
        <line
          key={`${i}`}
          class={`bend ${slope.eigenvalues[i]! < 0 ? "is-negative" : ""}`}
          x1={x - a * AXIS}
          y1={y + b * AXIS}
          x2={x + a * AXIS}
          y2={y - b * AXIS}
        />
      ))}
      {length > 0 && (
        <line
          class="downhill"
          x1={x}
          y1={y}
          x2={x - (du / length) * ARROW}
          y2={y + (dv / length) * ARROW}
        />
      )}
      {length > 0 && (
        <circle
          class="downhill-end"
          cx={x - (du / length) * ARROW}
          cy={y + (dv / length) * ARROW}
          r={4}
        />
      )}
      <circle class="cross" cx={x} cy={y} r={7} />
      <circle class="cross-middle" cx={x} cy={y} r={1.5} />
    </g>
  );
}

const SIGNS: Readonly<Record<string, string>> = { minimum: "▼", maximum: "▲", saddle: "✕" };

export function CriticalMark({
  place,
  sx,
  sy,
}: Scales & { place: { readonly u: number; readonly v: number; readonly bend: string } }) {
  return (
    <text class="critical" x={sx(place.u)} y={sy(place.v)} dy="0.35em" text-anchor="middle">
      {SIGNS[place.bend] ?? "◇"}
    </text>
  );
}
