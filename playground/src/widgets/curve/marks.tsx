// What stands on curves: a point, its tangent, corners, and shaded stretches.

import type { Scale } from "../plot/scales.ts";
import type { CurveBand, CurveMark, CurvePoint } from "./curve-point.ts";

interface BandProps {
  readonly band: CurveBand;
  readonly sx: Scale;
  readonly top: number;
  readonly bottom: number;
}

const STRIP = 5;

export function Band({ band: { from, to, look, isShaded }, sx, top, bottom }: BandProps) {
  const at = { x: sx(from), width: Math.max(sx(to) - sx(from), 0) };
  // The strips of several lines stand above each other.
  const row = Number(look.at(-1)) || 0;
  return (
    <g class={look}>
      {isShaded && <rect class="band" {...at} y={top} height={bottom - top} />}
      <rect class="strip" {...at} y={bottom - STRIP * (row + 1)} height={STRIP - 1} />
    </g>
  );
}

interface Scales {
  readonly sx: Scale;
  readonly sy: Scale;
}

/** A line of the slope, as long on the screen wherever it stands. */
export function Tangent({ point, at, sx, sy }: Scales & { point: CurvePoint; at: number }) {
  const { y, slope, look } = point;
  if (slope === null || slope === undefined || !Number.isFinite(slope * y)) return null;
  const [px, py] = [sx(at), sy(y)];
  const steep = (sy(y + slope) - py) / (sx(at + 1) - sx(at));
  const half = 62 / Math.hypot(1, steep);
  return (
    <line
      class={`tangent ${look}`}
      x1={px - half}
      x2={px + half}
      y1={py - half * steep}
      y2={py + half * steep}
    />
  );
}

export function Dot({ point, at, sx, sy }: Scales & { point: CurvePoint; at: number }) {
  const [px, py] = [sx(at), sy(point.y)];
  const [left, right] = sx.range() as [number, number];
  const [bottom, top] = sy.range() as [number, number];
  const isInside = px >= left - 1 && px <= right + 1 && py >= top - 1 && py <= bottom + 1;
  return isInside ? <circle class={`handle ${point.look}`} cx={px} cy={py} r={7} /> : null;
}

/** A ring where there is no derivative. */
export function Corner({ mark, sx, sy }: Scales & { mark: CurveMark }) {
  return (
    <g class="corner">
      <title>{mark.says}</title>
      <circle cx={sx(mark.x)} cy={sy(mark.y)} r={6} />
    </g>
  );
}
